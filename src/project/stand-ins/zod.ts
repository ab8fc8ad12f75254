/**
 * What zod's types say about the shape of data, and nothing else. A method that is not named here gives the
 * schema it was called on, which is what most of them do.
 */
export const zodStandIn = `
export interface ZodType<O = any, D = any, I = O> {
  readonly _output: O;
  readonly _input: I;
  parse(data: unknown, params?: any): O;
  parseAsync(data: unknown, params?: any): Promise<O>;
  decode(data: I, params?: any): O;
  safeParse(data: unknown, params?: any): SafeParse<O>;
  safeParseAsync(data: unknown, params?: any): Promise<SafeParse<O>>;
  spa(data: unknown, params?: any): Promise<SafeParse<O>>;
  optional(): ZodType<O | undefined, any, I | undefined>;
  nullable(): ZodType<O | null, any, I | null>;
  nullish(): ZodType<O | null | undefined, any, I | null | undefined>;
  array(): ZodArray<this>;
  promise(): ZodType<Promise<O>, any, Promise<I>>;
  or<T>(other: T): ZodType<O | output<T>, any, I | input<T>>;
  and<T>(other: T): ZodType<O & output<T>, any, I & input<T>>;
  transform<U>(change: (value: O, context: any) => U): ZodType<Awaited<U>, any, I>;
  overwrite(change: (value: O) => O): this;
  default(value: any): ZodType<Exclude<O, undefined>, any, I | undefined>;
  prefault(value: any): ZodType<Exclude<O, undefined>, any, I | undefined>;
  catch(value: any): this;
  pipe<T>(next: T): ZodType<output<T>, any, I>;
  refine(check: (value: O) => unknown, message?: any): this;
  superRefine(check: (value: O, context: any) => unknown): this;
  check(...checks: any[]): this;
  [method: string]: (...rest: any[]) => this;
}
export type ZodTypeAny = ZodType;
export type ZodSchema<O = any, D = any, I = O> = ZodType<O, D, I>;
export type Schema<O = any, D = any, I = O> = ZodType<O, D, I>;
export type AnyZodObject = ZodObject<any>;
export type ZodRawShape = { [key: string]: ZodType };
export type SafeParse<O> = { success: true; data: O; error?: undefined } | { success: false; error: any; data?: undefined };

export type output<T> = T extends { readonly _output: infer O } ? O : any;
export type input<T> = T extends { readonly _input: infer I } ? I : any;
export type { output as infer, output as TypeOf };
type Outputs<S> = { [K in keyof S]: output<S[K]> };
type Inputs<S> = { [K in keyof S]: input<S[K]> };
type Merged<A, B> = Omit<A, keyof B> & B;

export interface ZodObject<S = any> extends ZodType<Outputs<S>, any, Inputs<S>> {
  readonly shape: S;
  extend<B>(shape: B): ZodObject<Merged<S, B>>;
  safeExtend<B>(shape: B): ZodObject<Merged<S, B>>;
  augment<B>(shape: B): ZodObject<Merged<S, B>>;
  merge<B>(other: ZodObject<B>): ZodObject<Merged<S, B>>;
  setKey<K extends string, T>(key: K, schema: T): ZodObject<Merged<S, { [P in K]: T }>>;
  pick<M>(mask: M): ZodObject<Pick<S, Extract<keyof S, keyof M>>>;
  omit<M>(mask: M): ZodObject<Omit<S, keyof M>>;
  partial(mask?: any): ZodObject<S>;
  deepPartial(): ZodObject<S>;
  required(mask?: any): ZodObject<S>;
  keyof(): ZodType<keyof S>;
}
export interface ZodArray<T = any> extends ZodType<output<T>[], any, input<T>[]> {
  readonly element: T;
}
export interface ZodString extends ZodType<string> {}
export interface ZodNumber extends ZodType<number> {}
export interface ZodBoolean extends ZodType<boolean> {}
export interface ZodDate extends ZodType<Date> {}
export interface ZodBigInt extends ZodType<bigint> {}
export interface ZodAny extends ZodType<any> {}
export interface ZodUnknown extends ZodType<unknown> {}
export interface ZodOptional<T = any> extends ZodType<output<T> | undefined, any, input<T> | undefined> {}
export interface ZodNullable<T = any> extends ZodType<output<T> | null, any, input<T> | null> {}
export interface ZodEffects<T = any, O = output<T>, I = input<T>> extends ZodType<O, any, I> {}
export interface ZodUnion<T = any> extends ZodType<T extends readonly any[] ? output<T[number]> : any> {}

export function object<S = {}>(shape?: S, params?: any): ZodObject<S>;
export function strictObject<S>(shape: S, params?: any): ZodObject<S>;
export function looseObject<S>(shape: S, params?: any): ZodObject<S>;
export function interface_<S>(shape: S): ZodObject<S>;
export { interface_ as interface };
export function array<T>(element: T, params?: any): ZodArray<T>;
export function set<T>(element: T, params?: any): ZodType<Set<output<T>>, any, Set<input<T>>>;
export function map<K, V>(key: K, value: V, params?: any): ZodType<Map<output<K>, output<V>>, any, Map<input<K>, input<V>>>;
export function record<V>(value: V): ZodType<Record<string, output<V>>, any, Record<string, input<V>>>;
export function record<K, V>(key: K, value: V, params?: any): ZodType<Record<string, output<V>>, any, Record<string, input<V>>>;
export function partialRecord<K, V>(key: K, value: V, params?: any): ZodType<Record<string, output<V>>, any, Record<string, input<V>>>;
export function tuple<const T extends readonly any[]>(items: T, rest?: any): ZodType<{ -readonly [K in keyof T]: output<T[K]> }, any, { -readonly [K in keyof T]: input<T[K]> }>;
export function union<const T extends readonly any[]>(options: T, params?: any): ZodType<output<T[number]>, any, input<T[number]>>;
export function discriminatedUnion<const T extends readonly any[]>(key: string, options: T, params?: any): ZodType<output<T[number]>, any, input<T[number]>>;
export function intersection<A, B>(left: A, right: B): ZodType<output<A> & output<B>, any, input<A> & input<B>>;
export function optional<T>(inner: T): ZodOptional<T>;
export function nullable<T>(inner: T): ZodNullable<T>;
export function nullish<T>(inner: T): ZodType<output<T> | null | undefined>;
export function lazy<T>(get: () => T): ZodType<output<T>, any, input<T>>;
export function promise<T>(inner: T): ZodType<Promise<output<T>>, any, Promise<input<T>>>;
export function preprocess<T>(change: any, schema: T): ZodType<output<T>, any, unknown>;
export function pipeline<A, B>(first: A, second: B): ZodType<output<B>, any, input<A>>;
export function pipe<A, B>(first: A, second: B): ZodType<output<B>, any, input<A>>;
export function transform<I, O>(change: (value: I, context: any) => O): ZodType<Awaited<O>, any, I>;
export function custom<T>(check?: any, params?: any): ZodType<T>;
declare function instanceOf<T extends abstract new (...args: any[]) => any>(type: T, params?: any): ZodType<InstanceType<T>>;
export { instanceOf as instanceof };
declare function enum_<const T extends readonly string[]>(values: T, params?: any): ZodType<T[number]> & { readonly enum: { [K in T[number]]: K }; readonly options: T };
declare function enum_<T extends { [key: string]: string | number }>(values: T, params?: any): ZodType<T[keyof T]> & { readonly enum: T };
export { enum_ as enum };
export function nativeEnum<T extends object>(values: T, params?: any): ZodType<T[keyof T]> & { readonly enum: T };
export function literal<const T>(value: T, params?: any): ZodType<T extends readonly (infer E)[] ? E : T>;
export function keyof<S>(schema: ZodObject<S>): ZodType<keyof S>;
export function string(params?: any): ZodString;
export function number(params?: any): ZodNumber;
export function boolean(params?: any): ZodBoolean;
export function stringbool(params?: any): ZodBoolean;
export function bigint(params?: any): ZodBigInt;
export function date(params?: any): ZodDate;
export function any(): ZodAny;
export function unknown(): ZodUnknown;
export function json(): ZodAny;
export function file(): ZodType<any>;
export function templateLiteral(parts: any): ZodString;
declare function null_(params?: any): ZodType<null>;
declare function undefined_(params?: any): ZodType<undefined>;
declare function void_(params?: any): ZodType<void>;
export { null_ as null, undefined_ as undefined, void_ as void };
export function never(params?: any): ZodType<never>;
export function symbol(params?: any): ZodType<symbol>;
export function int(params?: any): ZodNumber;
export function int32(params?: any): ZodNumber;
export function uint32(params?: any): ZodNumber;
export function float32(params?: any): ZodNumber;
export function float64(params?: any): ZodNumber;
export function int64(params?: any): ZodBigInt;
export function uint64(params?: any): ZodBigInt;
type Text = (...params: any[]) => ZodString;
export const email: Text, url: Text, httpUrl: Text, hostname: Text, uuid: Text, uuidv4: Text, uuidv6: Text, uuidv7: Text, guid: Text, nanoid: Text;
export const cuid: Text, cuid2: Text, ulid: Text, xid: Text, ksuid: Text, ipv4: Text, ipv6: Text, cidrv4: Text, cidrv6: Text;
export const base64: Text, base64url: Text, jwt: Text, e164: Text, emoji: Text, hex: Text, hash: Text, stringFormat: Text;
export const iso: { date: Text; time: Text; datetime: Text; duration: Text };
export const coerce: { string(params?: any): ZodString; number(params?: any): ZodNumber; boolean(params?: any): ZodBoolean; bigint(params?: any): ZodBigInt; date(params?: any): ZodDate };
export function extend<S, B>(schema: ZodObject<S>, shape: B): ZodObject<Merged<S, B>>;
export function merge<S, B>(schema: ZodObject<S>, other: ZodObject<B>): ZodObject<Merged<S, B>>;
export function pick<S, M>(schema: ZodObject<S>, mask: M): ZodObject<Pick<S, Extract<keyof S, keyof M>>>;
export function omit<S, M>(schema: ZodObject<S>, mask: M): ZodObject<Omit<S, keyof M>>;
export function partial<S>(schema: ZodObject<S>, mask?: any): ZodObject<S>;
export function required<S>(schema: ZodObject<S>, mask?: any): ZodObject<S>;
export function parse<T>(schema: T, data: unknown): output<T>;
export function parseAsync<T>(schema: T, data: unknown): Promise<output<T>>;
export function safeParse<T>(schema: T, data: unknown): SafeParse<output<T>>;
export function safeParseAsync<T>(schema: T, data: unknown): Promise<SafeParse<output<T>>>;
`;
