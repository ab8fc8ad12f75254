/** Rows that go along with others: relations that a schema declares to cascade, wherever it stands. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { ForeignKey } from "../../models/sql/schema-change.js";
import { plainName } from "../stores/table-names.js";
import { findForeignKeys, type SchemaSources } from "./schema-history.js";

export class Cascades {
  private readonly names: ReadonlyMap<string, readonly string[]>;
  private readonly ofDatabase: ReadonlyMap<string, readonly string[]>;
  private readonly ofClient: ReadonlyMap<string, readonly string[]>;
  private readonly nested: ReadonlyMap<string, readonly string[]>;
  /** As the schema, or the code, spells them. */
  private readonly spelling = new Map<string, string>();

  constructor(
    annotations: AnnotationTable,
    sources: SchemaSources,
    nestings: readonly Pick<ForeignKey, "table" | "parent">[],
  ) {
    this.names = namesOfTables(annotations);
    const { ofDatabase, ofClient } = findForeignKeys(sources);
    const declared = annotations.entities.flatMap(({ name, relations }) =>
      [...relations.values()].map(({ entity, onDelete = "restrict" }) => ({
        table: name,
        parent: entity,
        onDelete,
      })),
    );
    this.ofDatabase = this.childrenByParent([...declared, ...ofDatabase]);
    this.ofClient = this.childrenByParent(ofClient);
    this.nested = this.childrenByParent(nestings.map((each) => ({ ...each, onDelete: "cascade" })));
  }

  /**
   * The tables whose rows are deleted with those of a table. `rows`: the client deletes them one by one; `nested`: and
   * what lies within them.
   */
  from(
    target: string,
    { rows, nested }: { readonly rows: boolean; readonly nested?: boolean | undefined },
  ): string[] {
    const seen = new Set(this.namesOf(target));
    const found = new Set<string>();
    const queue = [...seen];
    for (let parent = queue.pop(); parent !== undefined; parent = queue.pop())
      for (const child of [
        ...(this.ofDatabase.get(parent) ?? []),
        ...(rows ? (this.ofClient.get(parent) ?? []) : []),
        ...(nested === true ? (this.nested.get(parent) ?? []) : []),
      ]) {
        if (seen.has(child)) continue;
        found.add(this.spelling.get(child) ?? child);
        for (const name of this.namesOf(child)) {
          seen.add(name);
          queue.push(name);
        }
      }
    return [...found].sort();
  }

  private childrenByParent(keys: readonly ForeignKey[]): Map<string, string[]> {
    const children = new Map<string, string[]>();
    for (const { table, parent, onDelete } of keys) {
      if (onDelete !== "cascade") continue;
      const child = plainName(table);
      if (!this.spelling.has(child)) this.spelling.set(child, table);
      for (const name of this.namesOf(parent)) children.set(name, [...(children.get(name) ?? []), child]);
    }
    return children;
  }

  private namesOf(table: string): readonly string[] {
    const name = plainName(table);
    return this.names.get(name) ?? [name];
  }
}

/** `child` and `children` where the schema says `model Child` and `@@map("children")`. */
export function namesOfTables({ entities }: AnnotationTable): Map<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const { name, table } of entities) {
    const all = [plainName(name), plainName(table)];
    for (const each of all) names.set(each, all);
  }
  return names;
}
