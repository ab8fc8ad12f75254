/** What is known of a table's rows. */
import type { FieldId } from "../../contracts/annotation.js";
import type { Column } from "./entity.js";

export interface Table {
  /** Names that the store may go by. */
  readonly names: readonly string[];
  /** Marked columns. */
  readonly fields: ReadonlyMap<string, FieldId>;
  /** Columns that the schema declares to be encrypted. */
  readonly encrypted: ReadonlySet<string>;
  /** What is known of columns beside that: their names in the table, functions that their values go through. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Properties that are objects of their own, in every row. */
  readonly parts: readonly string[];
  /** Properties that lead to other tables' rows, if a read asks for them. */
  readonly relations: readonly string[];
  /** What a property that is no column leads to: related rows, or such an object. */
  readonly related: (
    name: string,
  ) => { readonly table: Table; readonly isList: boolean; readonly isSaved?: boolean } | null;
}
