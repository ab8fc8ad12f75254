/** What the types of smaller packages say about the shape of data that their schemas let through. */
export const superstructStandIn = `
export interface Struct<T = any, S = any> {
  readonly TYPE: T;
  readonly schema: S;
  create(value: unknown, message?: string): T;
  mask(value: unknown, message?: string): T;
  is(value: unknown): value is T;
  validate(value: unknown, options?: any): [any, undefined] | [undefined, T];
  [method: string]: any;
}
export type Infer<T> = T extends { readonly TYPE: infer O } ? O : any;
type Types<S> = { [K in keyof S]: Infer<S[K]> };
export function object<S>(schema: S): Struct<Types<S>, S>;
export function type<S>(schema: S): Struct<Types<S>, S>;
export function assign<A, B>(a: Struct<any, A>, b: Struct<any, B>): Struct<Types<Omit<A, keyof B> & B>, Omit<A, keyof B> & B>;
export function pick<S, const K extends readonly any[]>(struct: Struct<any, S>, keys: K): Struct<Types<Pick<S, Extract<keyof S, K[number]>>>>;
export function omit<S, const K extends readonly any[]>(struct: Struct<any, S>, keys: K): Struct<Types<Omit<S, K[number]>>>;
export function partial<S>(struct: Struct<any, S>): Struct<Partial<Types<S>>, S>;
export function array<T>(item?: T): Struct<Infer<T>[]>;
export function record<K, V>(key: K, value: V): Struct<Record<string, Infer<V>>>;
export function optional<T>(struct: T): Struct<Infer<T> | undefined>;
export function nullable<T>(struct: T): Struct<Infer<T> | null>;
export function union<const T extends readonly any[]>(structs: T): Struct<Infer<T[number]>>;
export function intersection<A, B>(structs: readonly [A, B]): Struct<Infer<A> & Infer<B>>;
export function defaulted<T>(struct: T, value: any, options?: any): T;
export function trimmed<T>(struct: T): T;
export function nonempty<T>(struct: T): T;
export function pattern<T>(struct: T, expression: RegExp): T;
export function size<T>(struct: T, least: number, most?: number): T;
export function min<T>(struct: T, limit: any, options?: any): T;
export function max<T>(struct: T, limit: any, options?: any): T;
export function refine<T>(struct: T, name: string, check: (value: Infer<T>) => any): T;
export function coerce<T>(struct: T, from: any, change: any): T;
export function string(): Struct<string>;
export function number(): Struct<number>;
export function integer(): Struct<number>;
export function boolean(): Struct<boolean>;
export function date(): Struct<Date>;
export function any(): Struct<any>;
export function unknown(): Struct<unknown>;
export function enums<const T extends readonly any[]>(values: T): Struct<T[number]>;
export function literal<const T>(value: T): Struct<T>;
export function define<T>(name: string, check: any): Struct<T>;
export function create<T>(value: unknown, struct: T, message?: string): Infer<T>;
export function mask<T>(value: unknown, struct: T, message?: string): Infer<T>;
export function is<T>(value: unknown, struct: T): value is Infer<T>;
export function assert<T>(value: unknown, struct: T, message?: string): asserts value is Infer<T>;
export function validate<T>(value: unknown, struct: T, options?: any): [any, undefined] | [undefined, Infer<T>];
`;

export const ioTsStandIn = `
export interface Type<A = any, O = A, I = unknown> {
  readonly _A: A;
  readonly props: any;
  decode(input: I): { readonly _tag: "Left"; readonly left: any } | { readonly _tag: "Right"; readonly right: A };
  encode(value: A): O;
  is(input: unknown): input is A;
  pipe(other: any, name?: string): any;
}
export type TypeOf<T> = T extends { readonly _A: infer A } ? A : any;
export type OutputOf<T> = TypeOf<T>;
type Types<P> = { [K in keyof P]: TypeOf<P[K]> };
export function type<P>(props: P, name?: string): Type<Types<P>>;
export function strict<P>(props: P, name?: string): Type<Types<P>>;
export function partial<P>(props: P, name?: string): Type<Partial<Types<P>>>;
export function exact<T>(codec: T, name?: string): T;
export function readonly<T>(codec: T, name?: string): T;
export function array<T>(item: T, name?: string): Type<TypeOf<T>[]>;
export function record<K, V>(key: K, value: V, name?: string): Type<Record<string, TypeOf<V>>>;
export function union<const T extends readonly any[]>(codecs: T, name?: string): Type<TypeOf<T[number]>>;
export function intersection<A, B>(codecs: readonly [A, B], name?: string): Type<TypeOf<A> & TypeOf<B>>;
export function brand<T>(codec: T, check: any, name: string): T;
export function literal<const T>(value: T): Type<T>;
export function keyof<K>(keys: K, name?: string): Type<keyof K>;
export const string: Type<string>;
export const number: Type<number>;
export const boolean: Type<boolean>;
export const unknown: Type<unknown>;
export const any: Type<any>;
`;

export const runtypesStandIn = `
export interface Runtype<T = any> {
  readonly "~type": T;
  check(value: unknown): T;
  parse(value: unknown): T;
  guard(value: unknown): value is T;
  validate(value: unknown): { success: true; value: T } | { success: false; message: string };
  inspect(value: unknown): { success: true; value: T } | { success: false; message: string };
  optional(): Runtype<T | undefined>;
  nullable(): Runtype<T | null>;
  or<U>(other: Runtype<U>): Runtype<T | U>;
  and<U>(other: Runtype<U>): Runtype<T & U>;
  extend<S>(fields: S): Runtype<T & Types<S>>;
  exact(): Runtype<T>;
  asPartial(): Runtype<Partial<T>>;
  [method: string]: any;
}
export type Static<T> = T extends { readonly "~type": infer O } ? O : any;
export type Parsed<T> = Static<T>;
type Types<S> = { [K in keyof S]: Static<S[K]> };
declare function object<S>(fields: S): Runtype<Types<S>>;
declare function array<T>(item: T): Runtype<Static<T>[]>;
declare function partial<S>(fields: S): Runtype<Partial<Types<S>>>;
declare function record<K, V>(key: K, value: V): Runtype<Record<string, Static<V>>>;
declare function fields<S>(fields: S): Runtype<Types<S>>;
declare const text: Runtype<string>;
declare const amount: Runtype<number>;
declare const truth: Runtype<boolean>;
declare const whatever: Runtype<unknown>;
declare const recordOrFields: typeof record & typeof fields;
export { object as Object, array as Array, partial as Partial, recordOrFields as Record, text as String, amount as Number, truth as Boolean, whatever as Unknown };
export function Optional<T>(inner: T): Runtype<Static<T> | undefined>;
export function Union<const T extends readonly any[]>(...types: T): Runtype<Static<T[number]>>;
export function Literal<const T>(value: T): Runtype<T>;
`;

export const vineStandIn = `
export interface Schema<T = any> {
  readonly "~out": T;
  optional(): Schema<T | undefined>;
  nullable(): Schema<T | null>;
  [method: string]: (...rest: any[]) => this;
}
export interface VineValidator<T = any> {
  readonly "~out": T;
  validate(data: unknown, options?: any): Promise<T>;
  tryValidate(data: unknown, options?: any): Promise<[any, null] | [null, T]>;
}
export type Infer<T> = T extends { readonly "~out": infer O } ? O : any;
type Types<S> = { [K in keyof S]: Infer<S[K]> };
export interface Vine {
  object<S>(fields: S): Schema<Types<S>>;
  array<T>(item: T): Schema<Infer<T>[]>;
  record<T>(item: T): Schema<Record<string, Infer<T>>>;
  string(): Schema<string>;
  number(): Schema<number>;
  boolean(): Schema<boolean>;
  date(): Schema<Date>;
  enum<const T extends readonly any[]>(values: T): Schema<T[number]>;
  compile<T>(schema: T): VineValidator<Infer<T>>;
  create<T>(schema: T): VineValidator<T extends Schema ? Infer<T> : Types<T>>;
  validate<T>(options: { schema: T; data: unknown }): Promise<Infer<T>>;
  [member: string]: any;
}
declare const vine: Vine;
export default vine;
`;
