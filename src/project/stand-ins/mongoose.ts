/** What mongoose's types say about the shape of documents; what its queries give is said by its model. */
export const mongooseStandIn = `
export class Schema<T = any, M = any, I = any, Q = any, V = any, S = any, O = any, D = T> {
  constructor(definition?: T, options?: any);
  readonly $shape: D;
  static Types: any;
  static ObjectId: any;
  add(more: any): this;
  index(...rest: any[]): this;
  plugin(...rest: any[]): this;
  pre(...rest: any[]): this;
  post(...rest: any[]): this;
  virtual(...rest: any[]): any;
  method(...rest: any[]): this;
  static(...rest: any[]): this;
  methods: any;
  statics: any;
  set(...rest: any[]): this;
}
type Plain<T> = T extends { type: infer U } ? Plain<U>
  : T extends readonly (infer E)[] ? Plain<E>[]
  : T extends Schema<infer D> ? Documents<D>
  : T extends StringConstructor | "string" | "String" ? string
  : T extends NumberConstructor ? number
  : T extends BooleanConstructor ? boolean
  : T extends DateConstructor ? Date
  : T extends MapConstructor ? Map<string, any>
  : T extends abstract new (...args: any[]) => infer R ? R
  : T extends (...args: any[]) => any ? any
  : T extends string ? T
  : T extends object ? Documents<T>
  : any;
type Documents<S> = { [K in keyof S]: Plain<S[K]> };
export type InferSchemaType<S> = S extends Schema<infer D> ? Documents<D> : any;
export type InferRawDocType<D> = Documents<D>;
export interface Document<I = any, Q = any, D = any> { _id: any; id?: any; isNew: boolean; $isNew: boolean }
export type HydratedDocument<T, M = {}, Q = {}> = Document & T & M;
interface Part extends Document { ownerDocument(): any; parent(): any }
type PartOf<T> = T & Part;
interface ByIds<T> { id(id: any): PartOf<T> | null; create(of: T): PartOf<T> }
interface Changing<T> { addToSet(...rest: T[]): any[]; pull(...rest: any[]): this; toObject(options?: any): T[] }
export namespace Types {
  export type DocumentArray<T, H = T> = PartOf<T>[] & ByIds<T> & Changing<T>;
  export type Array<T> = T[] & Changing<T>;
  export type Map<T> = globalThis.Map<string, T>;
  export type Subdocument<I = any, Q = any, T = {}> = Part & T;
  export type ArraySubdocument<I = any, Q = any, T = {}> = Part & T;
${["ObjectId", "Decimal128", "Buffer", "UUID", "Mixed"].map((name) => `  export class ${name}<A = any> { constructor(...args: any[]); #identity: A; }`).join("\n")}
}
export type ObjectId = Types.ObjectId;
export type HydratedArraySubdocument<T, M = {}> = PartOf<T> & M;
export type HydratedSingleSubdocument<T, M = {}> = PartOf<T> & M;
export type HydratedDocumentFromSchema<S> = Document & InferSchemaType<S>;
`;
