/**
 * What drizzle's types say about the rows of a table. A table's columns are left out on purpose: `users.email`
 * names a column and holds nobody's data.
 */
const columns = `
export interface Column<T = any> {
  readonly $row: T;
  notNull(): this;
  $type<U>(): Column<U>;
  array(size?: number): Column<T[]>;
  [method: string]: (...rest: any[]) => this;
}
export interface Table<C = any> {
  readonly $inferSelect: Rows<C>;
  readonly $inferInsert: Rows<C>;
  readonly _: any;
  enableRLS(): this;
}
export type RowOf<T> = T extends { readonly $row: infer R } ? R : any;
export type Rows<C> = { [K in keyof C]: RowOf<C[K]> };
export type InferSelectModel<T, O = any> = T extends { readonly $inferSelect: infer R } ? R : any;
export type InferInsertModel<T, O = any> = T extends { readonly $inferInsert: infer R } ? R : any;
export type InferModel<T, M = any> = InferSelectModel<T>;
type Columns<C> = C extends (...args: any[]) => infer R ? R : C;
type TextColumn = (...options: any[]) => Column<string>;
type NumberColumn = (...options: any[]) => Column<number>;
type DateColumn = (...options: any[]) => Column<Date>;
type AnyColumn = (...options: any[]) => Column<any>;
type TableBuilder = <C>(name: any, columns: C, more?: any) => Table<Columns<C>>;
`;

export const drizzleStandIn = `${columns}
export type AnyTable = Table;
`;

export const drizzleCoreStandIn = `${columns}
export const pgTable: TableBuilder, mysqlTable: TableBuilder, sqliteTable: TableBuilder, singlestoreTable: TableBuilder, cockroachTable: TableBuilder, mssqlTable: TableBuilder;
export const pgView: any, mysqlView: any, sqliteView: any;
export function pgTableCreator(name: any): TableBuilder;
export function mysqlTableCreator(name: any): TableBuilder;
export function sqliteTableCreator(name: any): TableBuilder;
export function pgSchema(name: string): { table: TableBuilder; enum: any; view: any };
export function mysqlSchema(name: string): { table: TableBuilder; view: any };
export function pgEnum<const T extends readonly string[]>(name: string, values: T): (...options: any[]) => Column<T[number]>;
export function mysqlEnum<const T extends readonly string[]>(name: string, values: T): Column<T[number]>;
export const text: TextColumn, varchar: TextColumn, char: TextColumn, uuid: TextColumn, citext: TextColumn, inet: TextColumn, cidr: TextColumn, macaddr: TextColumn, numeric: TextColumn, decimal: TextColumn, time: TextColumn, interval: TextColumn, tinytext: TextColumn, mediumtext: TextColumn, longtext: TextColumn;
export const integer: NumberColumn, int: NumberColumn, serial: NumberColumn, smallint: NumberColumn, smallserial: NumberColumn, bigserial: NumberColumn, tinyint: NumberColumn, mediumint: NumberColumn, real: NumberColumn, doublePrecision: NumberColumn, double: NumberColumn, float: NumberColumn, year: NumberColumn;
export const timestamp: DateColumn, datetime: DateColumn, date: (...options: any[]) => Column<string>;
export const boolean: (...options: any[]) => Column<boolean>;
export const bigint: AnyColumn, json: AnyColumn, jsonb: AnyColumn, blob: AnyColumn, binary: AnyColumn, varbinary: AnyColumn, bytea: AnyColumn, point: AnyColumn, line: AnyColumn, geometry: AnyColumn, vector: AnyColumn;
export function customType<T extends { data: unknown }>(options: any): (...options: any[]) => Column<T["data"]>;
`;
