/** What yup's types say about the shape of data. A method not named here gives the schema it was called on. */
export const yupStandIn = `
export interface Schema<T = any> {
  readonly __outputType: T;
  cast(data: unknown, options?: any): T;
  validate(data: unknown, options?: any): Promise<T>;
  validateSync(data: unknown, options?: any): T;
  isValidSync(data: unknown, options?: any): data is T;
  optional(): Schema<T | undefined>;
  nullable(): Schema<T | null>;
  concat<U>(other: Schema<U>): Schema<T & U>;
  [method: string]: (...rest: any[]) => this;
}
export interface ObjectSchema<T = any> extends Schema<T> {
  readonly fields: any;
  shape<B>(fields: B): ObjectSchema<Omit<T, keyof B> & Types<B>>;
  pick<const K extends readonly any[]>(keys: K): ObjectSchema<Pick<T, Extract<keyof T, K[number]>>>;
  omit<const K extends readonly any[]>(keys: K): ObjectSchema<Omit<T, K[number]>>;
  concat<U>(other: Schema<U>): ObjectSchema<Omit<T, keyof U> & U>;
  partial(): ObjectSchema<T>;
}
export type AnySchema = Schema;
export type AnyObjectSchema = ObjectSchema;
export type InferType<T> = T extends { readonly __outputType: infer O } ? O : any;
export type Asserts<T> = InferType<T>;
type Types<S> = { [K in keyof S]: InferType<S[K]> };

export function object<S = {}>(fields?: S): ObjectSchema<Types<S>>;
export function array<T = any>(item?: T): Schema<InferType<T>[]>;
export function tuple<const T extends readonly any[]>(items: T): Schema<{ -readonly [K in keyof T]: InferType<T[K]> }>;
export function lazy<T>(build: (value: any, options: any) => T): T;
export function string(): Schema<string>;
export function number(): Schema<number>;
export function boolean(): Schema<boolean>;
export function bool(): Schema<boolean>;
export function date(): Schema<Date>;
export function mixed<T = any>(options?: any): Schema<T>;
export function ref(path: string, options?: any): any;
`;
