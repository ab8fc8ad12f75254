/** MikroORM's types around entities, so that what is loaded, referenced or listed keeps the properties of its entity. */
export const mikroOrmStandIn = `
export type Loaded<T = any, L = any, F = any, E = any> = T;
export type Populated<T = any, L = any> = T;
export type MergeLoaded<T = any, F = any, L = any, S = any, E = any> = T;
export type Rel<T = any> = T;
export type Opt<T = any> = T;
export type Hidden<T = any> = T;
export type EntityDTO<T = any, C = any> = T;
export type EntityData<T = any, C = any> = Partial<T>;
export type RequiredEntityData<T = any, I = any, C = any> = Partial<T>;
export type RequiredNullable<T = any> = T | null;
export declare class Reference<T = any> {
  #identity: T;
  static create<E>(entity: E): Ref<E>;
  get(): T;
  getEntity(): T;
  unwrap(): T;
  load(...options: any[]): Promise<T>;
  loadOrFail(...options: any[]): Promise<T>;
  set(entity: T): void;
  isInitialized(): boolean;
  [member: string]: any;
}
export declare class ScalarReference<T = any> {
  #identity: T;
  get $(): T;
  get(): T;
  unwrap(): T | undefined;
  load(...options: any[]): Promise<T>;
  loadOrFail(...options: any[]): Promise<T>;
  set(value: T): void;
  isInitialized(): boolean;
}
export interface Ref<T = any> extends Reference<T> { readonly $: T }
export type IdentifiedReference<T = any, P = any> = Ref<T>;
export type LoadedReference<T = any, L = any> = Ref<T>;
export declare class Collection<T = any, O = any> {
  #identity: [T, O];
  constructor(owner: O, items?: T[], initialized?: boolean);
  [Symbol.iterator](): IterableIterator<T>;
  [index: number]: T;
  readonly $: Collection<T, O>;
  getItems(check?: boolean): T[];
  get(check?: boolean): Collection<T, O>;
  toArray(): T[];
  slice(start?: number, end?: number): T[];
  map<R>(mapper: (item: T, index: number) => R): R[];
  filter(test: (item: T, index: number) => any): T[];
  find(test: (item: T, index: number) => any): T | undefined;
  exists(test: (item: T) => boolean): boolean;
  reduce<R>(step: (all: R, item: T) => R, initial: R): R;
  loadItems(options?: any): Promise<T[]>;
  matching(options: any): Promise<T[]>;
  load(options?: any): Promise<Collection<T, O>>;
  init(options?: any): Promise<Collection<T, O>>;
  add(entity: any, ...entities: any[]): any;
  set(items: any): any;
  remove(entity: any, ...entities: any[]): any;
  removeAll(): any;
  contains(item: any): boolean;
  count(): number;
  loadCount(where?: any): Promise<number>;
  isEmpty(): boolean;
  isInitialized(fully?: boolean): boolean;
  getIdentifiers(field?: any): any[];
  readonly length: number;
  readonly owner: O;
}
export type LoadedCollection<T = any> = Collection<T>;
`;
