/** What mobx's types say: what is observed is what it was, and what is computed is what its function gives. */
export const mobxStandIn = `
export interface IObservableValue<T = any> { get(): T; set(value: T): void }
export interface IComputedValue<T = any> { get(): T; set(value: T): void }
export const observable: {
  <T extends object>(value: T, overrides?: any, options?: any): T;
  (target: any, context: any): any;
  box<T>(value: T, options?: any): IObservableValue<T>;
  box<T>(): IObservableValue<T | undefined>;
  object<T extends object>(value: T, ...more: any[]): T;
  array<T = any>(values?: readonly T[], options?: any): T[];
  map<K = any, V = any>(values?: any, options?: any): Map<K, V>;
  set<T = any>(values?: any, options?: any): Set<T>;
  ref: any;
  shallow: any;
  struct: any;
  deep: any;
};
export const computed: { <T>(get: () => T, options?: any): IComputedValue<T>; (target: any, context: any): any; struct: any };
export const action: { <F extends (...given: any[]) => any>(run: F): F; <F extends (...given: any[]) => any>(name: string, run: F): F; (target: any, context: any): any; bound: any };
export function makeAutoObservable<T extends object>(target: T, overrides?: any, options?: any): T;
export function makeObservable<T extends object>(target: T, annotations?: any, options?: any): T;
export function extendObservable<T extends object, U>(target: T, more: U, ...others: any[]): T & U;
export function runInAction<T>(run: () => T): T;
export function transaction<T>(run: () => T): T;
export function untracked<T>(run: () => T): T;
export function toJS<T>(value: T, options?: any): T;
export function autorun(run: (...given: any[]) => any, options?: any): () => void;
export function reaction<T>(read: (...given: any[]) => T, run: (value: T, previous: T, ...more: any[]) => void, options?: any): () => void;
`;
