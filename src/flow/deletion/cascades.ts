/** Rows that go along with others: relations that the schema declares to cascade. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import { plainName } from "../table-names.js";

/** The tables whose rows are deleted with those of a table, by what it or its client is called. */
export function cascadesFrom(target: string, { entities }: AnnotationTable): string[] {
  const isCalled = (entity: { readonly name: string; readonly table: string }, name: string): boolean =>
    plainName(entity.name) === plainName(name) || plainName(entity.table) === plainName(name);
  const found = new Set<string>();
  const queue = entities.filter((entity) => isCalled(entity, target));
  const seen = new Set(queue);
  for (let parent = queue.pop(); parent !== undefined; parent = queue.pop())
    for (const child of entities) {
      const cascades = [...child.relations.values()].some(
        ({ entity, onDelete }) => onDelete === "cascade" && entity === parent.name,
      );
      if (!cascades || seen.has(child)) continue;
      seen.add(child);
      found.add(child.name);
      queue.push(child);
    }
  return [...found].sort();
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
