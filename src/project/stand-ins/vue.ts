/** What Vue's types say: which value a ref, something computed, or what is provided holds. */
export const vueStandIn = `
export interface Ref<T = any> { value: T }
export type ShallowRef<T = any> = Ref<T>;
export type WritableComputedRef<T = any> = Ref<T>;
export interface ComputedRef<T = any> { readonly value: T }
export type MaybeRef<T = any> = T | Ref<T>;
export type MaybeRefOrGetter<T = any> = T | Ref<T> | ComputedRef<T> | (() => T);
export type UnwrapRef<T> = T extends { value: infer V } ? V : T;
export type ToRefs<T = any> = { [K in keyof T]: Ref<T[K]> };
export type PropType<T = any> = { new (...args: any[]): T & {} } | { (): T } | null;
export interface InjectionKey<T> extends Symbol { provides?: T }
export function ref<T>(value: T): T extends { value: any } ? T : Ref<T>;
export function ref<T>(): Ref<T | undefined>;
export function shallowRef<T>(value: T): Ref<T>;
export function shallowRef<T>(): Ref<T | undefined>;
export function computed<T>(get: (previous?: T) => T, options?: any): ComputedRef<T>;
export function computed<T>(both: { get: (previous?: T) => T; set: (value: T) => void }, options?: any): Ref<T>;
export function unref<T>(value: T | Ref<T> | ComputedRef<T>): T;
export function toValue<T>(value: T | Ref<T> | ComputedRef<T> | (() => T)): T;
export function toRef<T extends object, K extends keyof T>(object: T, key: K, initial?: any): Ref<T[K]>;
export function toRef<T>(value: T | (() => T)): Ref<T>;
export function toRefs<T extends object>(object: T): { [K in keyof T]: Ref<T[K]> };
export function reactive<T extends object>(object: T): T;
export function shallowReactive<T extends object>(object: T): T;
export function readonly<T extends object>(object: T): T;
export function shallowReadonly<T extends object>(object: T): T;
export function toRaw<T>(value: T): T;
export function markRaw<T extends object>(value: T): T;
export function provide<T>(key: InjectionKey<T> | string | number, value: T): void;
export function inject<T>(key: InjectionKey<T> | string): T | undefined;
export function inject<T>(key: InjectionKey<T> | string, initial: T | (() => T), isFactory?: boolean): T;
`;
