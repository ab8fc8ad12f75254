/** Classes made of other classes: `class Change extends PartialType(SignUp)` has the properties of `SignUp`. */
export const nestMappedTypesStandIn = `
export interface MappedClass<T> { new (...args: any[]): T }
type Base<T> = abstract new (...args: any[]) => T;
export function PartialType<T>(base: Base<T>, ...rest: any[]): MappedClass<Partial<T>>;
export function PickType<T, K extends keyof T>(base: Base<T>, keys: readonly K[], ...rest: any[]): MappedClass<Pick<T, K>>;
export function OmitType<T, K extends keyof T>(base: Base<T>, keys: readonly K[], ...rest: any[]): MappedClass<Omit<T, K>>;
export function IntersectionType<A, B = {}, C = {}, D = {}>(a: Base<A>, b?: Base<B>, c?: Base<C>, d?: Base<D>): MappedClass<A & B & C & D>;
`;

/** Classes made of schemas: `class Move extends createZodDto(schema)`. */
export const nestZodStandIn = `
export function createZodDto<T>(schema: T, options?: any): { new (...args: any[]): T extends { readonly _output: infer O } ? O : any; readonly schema: T; create(data: unknown): T extends { readonly _output: infer O } ? O : any };
`;
