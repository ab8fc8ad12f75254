/** What valibot's types say about the shape of data. */
export const valibotStandIn = `
export interface GenericSchema<I = any, O = I> { readonly "~in": I; readonly "~out": O }
export interface BaseSchema<I = any, O = I, E = any> extends GenericSchema<I, O> {}
export interface ObjectSchema<S = any, M = any> extends GenericSchema<Inputs<S>, Outputs<S>> { readonly entries: S }
export interface Action<I = any, O = I> { readonly "~from": I; readonly "~to": O }
export type InferOutput<T> = T extends { readonly "~out": infer O } ? O : any;
export type InferInput<T> = T extends { readonly "~in": infer I } ? I : any;
export type Output<T> = InferOutput<T>;
export type Input<T> = InferInput<T>;
type Outputs<S> = { [K in keyof S]: InferOutput<S[K]> };
type Inputs<S> = { [K in keyof S]: InferInput<S[K]> };
type Merged<A, B> = Omit<A, keyof B> & B;

export function object<S>(entries: S, message?: any): ObjectSchema<S>;
export function objectAsync<S>(entries: S, message?: any): ObjectSchema<S>;
export function strictObject<S>(entries: S, message?: any): ObjectSchema<S>;
export function looseObject<S>(entries: S, message?: any): ObjectSchema<S>;
export function objectWithRest<S>(entries: S, rest: any, message?: any): ObjectSchema<S>;
export function pick<S, const K extends readonly any[]>(schema: ObjectSchema<S>, keys: K): ObjectSchema<Pick<S, Extract<keyof S, K[number]>>>;
export function omit<S, const K extends readonly any[]>(schema: ObjectSchema<S>, keys: K): ObjectSchema<Omit<S, K[number]>>;
export function partial<S>(schema: ObjectSchema<S>, keys?: any): ObjectSchema<S>;
export function required<S>(schema: ObjectSchema<S>, keys?: any): ObjectSchema<S>;
export function merge<A, B>(schemas: [ObjectSchema<A>, ObjectSchema<B>]): ObjectSchema<Merged<A, B>>;
export function array<T>(item: T, message?: any): GenericSchema<InferInput<T>[], InferOutput<T>[]>;
export function set<T>(item: T, message?: any): GenericSchema<Set<InferInput<T>>, Set<InferOutput<T>>>;
export function map<K, V>(key: K, value: V, message?: any): GenericSchema<Map<InferInput<K>, InferInput<V>>, Map<InferOutput<K>, InferOutput<V>>>;
export function record<K, V>(key: K, value: V, message?: any): GenericSchema<Record<string, InferInput<V>>, Record<string, InferOutput<V>>>;
export function tuple<const T extends readonly any[]>(items: T, message?: any): GenericSchema<{ -readonly [K in keyof T]: InferInput<T[K]> }, { -readonly [K in keyof T]: InferOutput<T[K]> }>;
export function union<const T extends readonly any[]>(options: T, message?: any): GenericSchema<InferInput<T[number]>, InferOutput<T[number]>>;
export function variant<const T extends readonly any[]>(key: string, options: T, message?: any): GenericSchema<InferInput<T[number]>, InferOutput<T[number]>>;
export function intersect<A, B>(options: readonly [A, B], message?: any): GenericSchema<InferInput<A> & InferInput<B>, InferOutput<A> & InferOutput<B>>;
export function optional<T>(inner: T, value?: any): GenericSchema<InferInput<T> | undefined, InferOutput<T> | undefined>;
export function exactOptional<T>(inner: T, value?: any): GenericSchema<InferInput<T> | undefined, InferOutput<T> | undefined>;
export function undefinedable<T>(inner: T, value?: any): GenericSchema<InferInput<T> | undefined, InferOutput<T> | undefined>;
export function nullable<T>(inner: T, value?: any): GenericSchema<InferInput<T> | null, InferOutput<T> | null>;
export function nullish<T>(inner: T, value?: any): GenericSchema<InferInput<T> | null | undefined, InferOutput<T> | null | undefined>;
export function lazy<T>(get: (input: unknown) => T): GenericSchema<InferInput<T>, InferOutput<T>>;
export function fallback<T>(schema: T, value: any): T;
export function config<T>(schema: T, options: any): T;
export function pipe<T>(schema: T, ...actions: any[]): T;
export function pipeAsync<T>(schema: T, ...actions: any[]): T;
export function forward<T>(action: T, path: any): T;
export function string(message?: any): GenericSchema<string>;
export function number(message?: any): GenericSchema<number>;
export function boolean(message?: any): GenericSchema<boolean>;
export function bigint(message?: any): GenericSchema<bigint>;
export function date(message?: any): GenericSchema<Date>;
export function any(): GenericSchema<any>;
export function unknown(): GenericSchema<unknown>;
export function picklist<const T extends readonly any[]>(options: T, message?: any): GenericSchema<T[number]>;
export function literal<const T>(value: T, message?: any): GenericSchema<T>;
export function custom<T>(check: any, message?: any): GenericSchema<T>;
export function parse<T>(schema: T, data: unknown, config?: any): InferOutput<T>;
export function parseAsync<T>(schema: T, data: unknown, config?: any): Promise<InferOutput<T>>;
export function safeParse<T>(schema: T, data: unknown, config?: any): { success: boolean; output: InferOutput<T>; issues: any };
export function safeParseAsync<T>(schema: T, data: unknown, config?: any): Promise<{ success: boolean; output: InferOutput<T>; issues: any }>;
export function parser<T>(schema: T, config?: any): (data: unknown) => InferOutput<T>;
export function is<T>(schema: T, data: unknown): data is InferOutput<T>;
export function assert<T>(schema: T, data: unknown): asserts data is InferOutput<T>;
`;
