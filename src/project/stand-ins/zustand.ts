/** What zustand's types say: which state a store has, and so what its functions are called with. */
export const zustandStandIn = `
type Set<T> = (partial: T | Partial<T> | ((state: T) => T | Partial<T> | void), replace?: any, ...more: any[]) => void;
export type StateCreator<T, A = any, B = any, U = T> = (set: Set<T>, get: () => T, api: StoreApi<T>) => U;
export interface StoreApi<T> {
  getState(): T;
  getInitialState(): T;
  setState: Set<T>;
  subscribe(listener: (state: T, previous: T) => void, ...more: any[]): () => void;
  [member: string]: any;
}
export interface UseBoundStore<T> extends StoreApi<T> {
  (): T;
  <U>(selector: (state: T) => U, equal?: any): U;
}
interface Maker<S> { <T>(): (init: StateCreator<T>) => S extends "hook" ? UseBoundStore<T> : StoreApi<T>; <T>(init: StateCreator<T>): S extends "hook" ? UseBoundStore<T> : StoreApi<T> }
export const create: Maker<"hook">;
export const createStore: Maker<"api">;
export function useStore<T>(store: StoreApi<T>): T;
export function useStore<T, U>(store: StoreApi<T>, selector: (state: T) => U): U;
export function persist<T>(init: StateCreator<T>, options: any): StateCreator<T>;
export function devtools<T>(init: StateCreator<T>, options?: any): StateCreator<T>;
export function subscribeWithSelector<T>(init: StateCreator<T>): StateCreator<T>;
export function immer<T>(init: StateCreator<T>): StateCreator<T>;
export function createJSONStorage(make: () => any, options?: any): any;
`;
