/** What the types of Redux Toolkit say of actions: that what they carry is of the type that is written. */
export const reduxToolkitStandIn = `
export interface PayloadAction<P = any, T = any, M = any, E = any> { payload: P; type: T; meta: M; error: E }
export interface Action<T = any> { type: T }
export type Draft<T> = T;
`;
