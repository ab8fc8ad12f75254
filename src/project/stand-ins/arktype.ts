/** What ArkType's types say about the shape of data: definitions are objects of texts, and of other schemas. */
export const arktypeStandIn = `
export interface ArkErrors extends ReadonlyArray<{ message: string }> { readonly summary: string; throw(): never }
export interface Type<T = any> {
  (data: unknown): T | ArkErrors;
  readonly infer: T;
  readonly inferIn: T;
  readonly "~out": T;
  assert(data: unknown): T;
  from(data: any): T;
  allows(data: unknown): data is T;
  array(): Type<T[]>;
  partial(): Type<Partial<T>>;
  required(): Type<Required<T>>;
  pick<const K extends readonly any[]>(...keys: K): Type<Pick<T, Extract<keyof T, K[number]>>>;
  omit<const K extends readonly any[]>(...keys: K): Type<Omit<T, K[number]>>;
  merge<const D>(definition: D): Type<Omit<T, keyof Out<D>> & Out<D>>;
  and<const D>(definition: D): Type<T & Out<D>>;
  or<const D>(definition: D): Type<T | Out<D>>;
  describe(text: string): this;
  configure(options: any): this;
  onUndeclaredKey(what: string): this;
  onDeepUndeclaredKey(what: string): this;
  narrow(check: any): this;
  readonly(): this;
  [member: string]: any;
}
type Word<D extends string> =
  D extends \`\${infer Item}[]\` ? Word<Item>[]
  : D extends "boolean" ? boolean
  : D extends "Date" ? Date
  : D extends "bigint" ? bigint
  : D extends \`\${string}string\${string}\` ? string
  : D extends \`\${string}number\${string}\` ? number
  : any;
export type Out<D> =
  D extends Type<infer T> ? T
  : D extends string ? Word<D>
  : D extends readonly any[] ? any
  : D extends object ? { -readonly [K in keyof D]: Out<D[K]> }
  : any;
export interface TypeParser {
  <const D>(definition: D): Type<Out<D>>;
  readonly errors: { new (): ArkErrors };
}
export const type: TypeParser;
`;
