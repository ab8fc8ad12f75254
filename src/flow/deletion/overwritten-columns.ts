/** Columns that a write sets to a constant: `update({ data: { email: null } })` erases what was there. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { SqlStatement } from "../../models/sql/statement.js";
import { valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { Writers } from "../points-to/writers.js";
import { operandsWritten } from "../heap/written-literals.js";
import { isHidingColumn } from "./deletion-names.js";
import { isFixed, isFixedAt } from "./fixed-values.js";
import { LastWrites } from "./last-writes.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly writers: Writers;
  readonly models: SiteModels;
}

type StoreRole = Extract<Role, { kind: "store" }>;

/** Calls that may change what is there already. */
const changing = /(?:update|set|patch|save|upsert|assign|persist|bulkWrite)/iu;

export function overwrittenColumns(
  asked: Asked,
  site: CallSite,
  role: StoreRole,
  names: readonly string[],
): string[] {
  const { instruction, caller, point } = site;
  if (instruction.kind === "store") return assignedColumn(asked, site, role, names);
  if (instruction.kind !== "call" || !changing.test(instruction.name)) return [];
  if (role.column != null) return columnSet(asked, site, role, role.column, names);
  const lastWrites = new LastWrites(asked.pointsTo, asked.writers, asked.models);
  const found = new Set<string>();
  for (const address of dataChanged(role))
    for (const object of operandsWritten(site, address))
      for (const [name, standing] of lastWrites.of(caller, object, point))
        if (
          standing.length > 0 &&
          standing.every((each) => each !== null && isErasing(asked, role, each.node, each.value))
        )
          found.add(name);
  return [...found].sort();
}

/** What takes the place of what was there: neither what is only written with new rows nor what is added. */
function dataChanged({ data, creates = [], adds = [] }: StoreRole): readonly Address[] {
  const others = new Set([...creates, ...adds].map(({ text }) => text));
  return data.filter(({ text }) => !others.has(text));
}

/** `update("name", null)`: the column and its value stand apart. */
function columnSet(
  asked: Asked,
  site: CallSite,
  role: StoreRole,
  column: Address,
  names: readonly string[],
): string[] {
  const written = role.data.flatMap((address) => operandsWritten(site, address));
  if (written.length === 0 || !written.every((value) => isErasing(asked, role, site.caller, value)))
    return [];
  const found = foldValues(asked.pointsTo, valuesAt(asked.pointsTo, site, column, names));
  return found.length === 1 && found[0] !== "*" ? [...found] : [];
}

/** Where a constant is assigned to a property of what a package gives and may write back. */
export function blankingAssignments(pointsTo: PointsTo): CallSite[] {
  return pointsTo.program.functions.flatMap((node) =>
    node.code.flatMap((each, point) => {
      if (each.kind !== "store" || each.initial || each.property.kind !== "name") return [];
      if (!isFixed(pointsTo, node, each.value)) return [];
      const { name } = each.property;
      const isModelled = [...pointsTo.valuesOf(node, each.object)].some(
        (value) =>
          value.kind === "foreign" &&
          pointsTo.catalogue.match(value.module, [...value.path, name], "assign").length > 0,
      );
      return isModelled ? [pointsTo.siteAt(node, point)] : [];
    }),
  );
}

/** `child.phone = null` of an object that its client writes back; what gets another value behind that is not erased. */
function assignedColumn(
  asked: Asked,
  { instruction, caller, point }: CallSite,
  role: StoreRole,
  names: readonly string[],
): string[] {
  const named = role.column?.root;
  if (instruction.kind !== "store" || named?.kind !== "name") return [];
  const object = originOf(caller, instruction.object);
  const isWrittenOver = caller.code.some(
    (each, later) =>
      later > point &&
      each.kind === "store" &&
      originOf(caller, each.object) === object &&
      each.property.kind === "name" &&
      instruction.property.kind === "name" &&
      each.property.name === instruction.property.name &&
      !isErasing(asked, role, caller, each.value),
  );
  const name = names[named.index];
  return name === undefined || isWrittenOver || !isErasing(asked, role, caller, instruction.value)
    ? []
    : [name];
}

function isErasing({ pointsTo }: Asked, role: StoreRole, node: FunctionNode, value: ValueId): boolean {
  return isFixed(pointsTo, node, value) && (role.unsets === true || !isUndefined(node, value));
}

/** Columns that a call takes out, by the keys of an object or by their names: `{ $unset: { phone: 1 } }`. */
export function unsetColumns(
  pointsTo: PointsTo,
  site: CallSite,
  role: Extract<Role, { kind: "erase" }>,
  names: readonly string[],
): string[] {
  const found = new Set<string>();
  for (const address of role.data)
    for (const value of valuesAt(pointsTo, site, address, names)) {
      if (value.kind === "object")
        for (const [key, { values }] of pointsTo.fieldsOf(value))
          for (const name of isListKey(key) ? foldValues(pointsTo, [...values]) : [key]) found.add(name);
      else for (const name of foldValues(pointsTo, [value])) found.add(name);
    }
  found.delete("*");
  return [...found].sort();
}

function isListKey(key: string): boolean {
  return key === "[]" || /^\d+$/u.test(key);
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
