/** What TypeBox's types say about the shape of data. */
export const typeboxStandIn = `
export interface TSchema<T = any> { static: T; [option: string]: any }
export interface TObject<S = any> extends TSchema<Statics<S>> { properties: S }
export type Static<T, P = any> = T extends { static: infer S } ? S : any;
export type StaticDecode<T> = Static<T>;
export type StaticEncode<T> = Static<T>;
type Statics<S> = { [K in keyof S]: Static<S[K]> };
type Merged<A, B> = Omit<A, keyof B> & B;
type Keys<K> = K extends readonly any[] ? K[number] : K extends { static: infer S } ? S : never;
type All<T> = T extends readonly [infer First, ...infer Rest] ? Static<First> & All<Rest> : {};

interface Builder {
  Object<S>(properties: S, options?: any): TObject<S>;
  Array<T>(items: T, options?: any): TSchema<Static<T>[]>;
  Tuple<const T extends readonly any[]>(items: T, options?: any): TSchema<{ -readonly [K in keyof T]: Static<T[K]> }>;
  Record<K, V>(key: K, value: V, options?: any): TSchema<Record<string, Static<V>>>;
  Union<const T extends readonly any[]>(options: T, more?: any): TSchema<Static<T[number]>>;
  Intersect<const T extends readonly any[]>(parts: T, options?: any): TSchema<All<T>>;
  Composite<const T extends readonly any[]>(parts: T, options?: any): TSchema<All<T>>;
  Interface<const T extends readonly any[], S>(parts: T, properties: S): TSchema<All<T> & Statics<S>>;
  Evaluate<T>(schema: T): T;
  Pick<S, const K>(schema: TObject<S>, keys: K, options?: any): TObject<Pick<S, Extract<keyof S, Keys<K>>>>;
  Omit<S, const K>(schema: TObject<S>, keys: K, options?: any): TObject<Omit<S, Keys<K>>>;
  Partial<T>(schema: T, options?: any): T;
  Required<T>(schema: T, options?: any): T;
  Optional<T>(schema: T, enable?: any): TSchema<Static<T> | undefined>;
  Readonly<T>(schema: T): T;
  ReadonlyOptional<T>(schema: T): TSchema<Static<T> | undefined>;
  Recursive<T>(build: (self: any) => T, options?: any): T;
  Transform<T>(schema: T): any;
  Unsafe<T>(options?: any): TSchema<T>;
  Enum<T extends object>(values: T, options?: any): TSchema<T[keyof T]>;
  Literal<const T>(value: T, options?: any): TSchema<T>;
  String(options?: any): TSchema<string>;
  Number(options?: any): TSchema<number>;
  Integer(options?: any): TSchema<number>;
  Boolean(options?: any): TSchema<boolean>;
  BigInt(options?: any): TSchema<bigint>;
  Date(options?: any): TSchema<Date>;
  Null(options?: any): TSchema<null>;
  Undefined(options?: any): TSchema<undefined>;
  Unknown(options?: any): TSchema<unknown>;
  Any(options?: any): TSchema<any>;
  Uint8Array(options?: any): TSchema<Uint8Array>;
}
export const Type: Builder;
export const t: Builder;
export default Type;
`;
