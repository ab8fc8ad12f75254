/** The public entry `eslint-plugin-child-privacy/annotations`, installed or not. */
export const annotationsStandIn = `
export type ChildData<T, C extends string = "other"> = T;
export declare function ChildData(category?: string, options?: any): any;
`;
