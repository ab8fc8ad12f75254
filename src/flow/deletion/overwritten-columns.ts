/** Columns that a write sets to a constant: `update({ data: { email: null } })` erases what was there. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { SqlStatement } from "../../models/sql/statement.js";
import type { CallSite, PointsTo } from "../points-to.js";
import type { FunctionNode } from "../program.js";
import { definitionOf } from "../value-places.js";
import type { Writers } from "../writers.js";
import { operandsWritten } from "../written-literals.js";
import { isHidingColumn } from "./deletion-names.js";
import { isFixed, isFixedAt } from "./fixed-values.js";
import { LastWrites } from "./last-writes.js";

export function overwrittenColumns(
  pointsTo: PointsTo,
  writers: Writers,
  site: CallSite,
  role: Extract<Role, { kind: "store" }>,
): string[] {
  const { instruction, caller, point } = site;
  if (instruction.kind !== "call" || !/(?:update|set|patch|save|upsert)/iu.test(instruction.name)) return [];
  const lastWrites = new LastWrites(pointsTo, writers);
  const found = new Set<string>();
  for (const address of role.data)
    for (const object of operandsWritten(site, address))
      for (const [name, standing] of lastWrites.of(caller, object, point))
        if (
          standing.length > 0 &&
          standing.every(
            (each) =>
              each !== null &&
              isFixed(pointsTo, each.node, each.value) &&
              (role.unsets === true || !isUndefined(each.node, each.value)),
          )
        )
          found.add(name);
  return [...found].sort();
}

function isUndefined(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && definition.type === "undefined";
}

/** Columns that an UPDATE sets to a constant, by table: what was there is gone, or only hidden. */
export function columnsNulled(
  pointsTo: PointsTo,
  site: CallSite,
  { values }: Extract<Role, { kind: "sql" }>,
  { verb, writes }: SqlStatement,
): ReadonlyMap<string, readonly string[]> {
  const byTable = new Map<string, string[]>();
  if (verb !== "update") return byTable;
  for (const { table, column, source } of writes) {
    if (column === null) continue;
    const isNulled =
      source.kind === "literal" ||
      (source.kind === "placeholder" && isFixedAt(pointsTo, site, values, source.placeholder));
    if (!isNulled && !isHidingColumn(column)) continue;
    const known = byTable.get(table);
    if (known === undefined) byTable.set(table, [column]);
    else known.push(column);
  }
  return byTable;
}
