/** Columns that a write sets to a constant: `update({ data: { email: null } })` erases what was there. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { SqlStatement } from "../../models/sql/statement.js";
import { operandsAt, valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { isSameName } from "../stores/table-names.js";
import type { Writers } from "../points-to/writers.js";
import { isIdentifier } from "../constants/placeholders.js";
import { operandsWritten, writtenInto } from "../heap/written-literals.js";
import { isHidingColumn } from "./deletion-names.js";
import { ErasedParts } from "./erased-parts.js";
import { givenFor, isFixed, isFixedAt, saysNobody } from "./fixed-values.js";
import { isHiding } from "./hiding-values.js";
import { LastWrites } from "./last-writes.js";
import { isMarkedName, isReadOfMarked } from "./marked-names.js";
import { OwnLists, rowsWritten } from "./own-lists.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly writers: Writers;
  readonly models: SiteModels;
}

/** Columns that a write takes the content of, and those by which it only says that the row is gone. */
export interface Overwritten {
  readonly erased: readonly string[];
  readonly hiding: readonly string[];
}

const untouched: Overwritten = { erased: [], hiding: [] };

type StoreRole = Extract<Role, { kind: "store" }>;

/** Calls that may change what is there already. */
const changing = /(?:update|set|patch|save|upsert|assign|persist|bulkWrite)/iu;

export function overwrittenColumns(
  asked: Asked,
  site: CallSite,
  role: StoreRole,
  names: readonly string[],
): Overwritten {
  const { instruction, caller, point } = site;
  if (instruction.kind === "store") return assignedColumn(asked, site, role, names);
  if (instruction.kind !== "call") return untouched;
  const lists = new OwnLists(asked, site, role, names);
  const isChanging = changing.test(instruction.name);
  if (!isChanging && !lists.isReplacing) return untouched;
  if (role.column != null) return columnSet(asked, site, role, role.column, names);
  const lastWrites = new LastWrites(asked.pointsTo, asked.writers, asked.models);
  const parts = new ErasedParts(asked.pointsTo, site, role, lists, lastWrites);
  const erased = new Set<string>();
  const hiding = new Set<string>();
  for (const address of dataChanged(role))
    for (const object of rowsWritten(asked, site, address))
      for (const [name, standing] of lastWrites.of(caller, object, point)) {
        // An operator is no column: `{ $set: { state: "gone" } }`.
        if (name.startsWith("$")) continue;
        const told = standing.filter((each) => each !== null);
        for (const { node, value } of told) parts.writtenBack(name, node, value);
        if (isChanging && told.some(({ node, value }) => isHiding(name, node, value))) hiding.add(name);
        else if (
          told.length > 0 &&
          told.length === standing.length &&
          told.every(
            ({ node, value }) =>
              (isChanging && isErasing(asked, role, node, value)) || lists.isLess(name, node, value),
          )
        )
          erased.add(name);
      }
  return {
    erased: [...new Set([...erased, ...parts.erased()])].sort(),
    hiding: [...new Set([...hiding, ...parts.hiding()])].sort(),
  };
}

/**
 * `replaceOne(filter, { gone: true })`: of what stood in the row nothing is left. Else the marked fields that are
 * gone, where others were written back as they were: `{ schoolId: old.schoolId }`; null: nobody knows.
 */
export function goneInReplaced(
  tools: Asked,
  site: CallSite,
  replacement: Address,
  which: readonly Address[],
): "all" | readonly string[] | null {
  const { pointsTo } = tools;
  const { caller, point } = site;
  const lastWrites = new LastWrites(pointsTo, tools.writers, tools.models);
  const objects = operandsWritten(site, replacement);
  if (objects.length === 0 || isSetLater(site, replacement)) return null;
  const kept = new Set<string>();
  // What a row was found by is what stood in it: `replaceOne({ deviceId }, { deviceId, gone: true })`.
  const asked = which
    .flatMap((address) => operandsWritten(site, address))
    .flatMap((object) => writtenInto(caller, object));
  const askedAs = (node: FunctionNode, value: ValueId): string | undefined =>
    node === caller
      ? asked.find(
          ([name, each]) => isMarkedName(pointsTo, name) && originOf(caller, each) === originOf(node, value),
        )?.[0]
      : undefined;
  for (const object of objects)
    for (const [name, standing] of lastWrites.whole(caller, object, point) ?? [["", [null]]])
      for (const each of standing) {
        if (each === null) return null;
        const { node, value } = each;
        if (isFixed(pointsTo, node, value)) continue;
        const column = askedAs(node, value);
        if (column !== undefined) {
          kept.add(column);
          continue;
        }
        if (isMarkedName(pointsTo, name) && isLoadOf(node, value, name)) kept.add(name);
        else if (
          !isIdentifier(node, value) ||
          isMarkedName(pointsTo, name) ||
          isReadOfMarked(pointsTo, node, value)
        )
          return null;
      }
  return kept.size === 0 ? "all" : [...pointsTo.annotations.names].filter((each) => !kept.has(each)).sort();
}

function isLoadOf(node: FunctionNode, value: ValueId, name: string): boolean {
  const definition = definitionOf(node, originOf(node, value));
  return (
    definition?.kind === "load" && definition.property.kind === "name" && definition.property.name === name
  );
}

/** `orders[0].replaceOne.replacement = row`: what takes the row's place may be another one than was written first. */
function isSetLater(site: CallSite, { steps, ...address }: Address): boolean {
  const { caller } = site;
  const last = steps.at(-1);
  if (last?.kind !== "property") return false;
  const given = new Set(operandsAt(site, { ...address, steps: [] }).map((value) => originOf(caller, value)));
  return caller.code.some((each) => {
    if (each.kind !== "store" || each.initial || each.property.kind !== "name") return false;
    if (each.property.name !== last.name) return false;
    const object = wholeOf(caller, each.object);
    const made = definitionOf(caller, object)?.kind;
    return given.has(object) || (made !== "array" && made !== "object");
  });
}

/** Of `orders[0].replaceOne`: `orders`. */
function wholeOf(node: FunctionNode, value: ValueId): ValueId {
  const origin = originOf(node, value);
  const definition = definitionOf(node, origin);
  return definition?.kind === "load" ? wholeOf(node, definition.object) : origin;
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
): Overwritten {
  const written = role.data.flatMap((address) => operandsWritten(site, address));
  const [name, ...others] = foldValues(asked.pointsTo, valuesAt(asked.pointsTo, site, column, names));
  if (name === undefined || name === "*" || others.length > 0) return untouched;
  if (written.some((value) => isHiding(name, site.caller, value))) return { erased: [], hiding: [name] };
  const isErased = written.length > 0 && written.every((value) => isErasing(asked, role, site.caller, value));
  return isErased ? { erased: [name], hiding: [] } : untouched;
}

/** Where a constant is assigned to a property of what a package gives and may write back. */
export function blankingAssignments(pointsTo: PointsTo): CallSite[] {
  return managedAssignments(
    pointsTo,
    (node, name, value) => isHiding(name, node, value) || isFixed(pointsTo, node, value),
  );
}

/** The same of whatever is meant. */
export function managedAssignments(
  pointsTo: PointsTo,
  isMeant: (node: FunctionNode, name: string, value: ValueId) => boolean = () => true,
): CallSite[] {
  return pointsTo.program.functions.flatMap((node) =>
    node.code.flatMap((each, point) => {
      if (each.kind !== "store" || each.initial || each.property.kind !== "name") return [];
      const { name } = each.property;
      if (!isMeant(node, name, each.value)) return [];
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
): Overwritten {
  const named = role.column?.root;
  const name = named?.kind === "name" ? names[named.index] : undefined;
  if (instruction.kind !== "store" || name === undefined) return untouched;
  if (isHiding(name, caller, instruction.value)) return { erased: [], hiding: [name] };
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
  return isWrittenOver || !isErasing(asked, role, caller, instruction.value)
    ? untouched
    : { erased: [name], hiding: [] };
}

function isErasing({ pointsTo }: Asked, role: StoreRole, node: FunctionNode, value: ValueId): boolean {
  return isFixed(pointsTo, node, value) && (role.unsets === true || !isUndefined(node, value));
}

function isUndefined(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && definition.type === "undefined";
}

/** Columns that an UPDATE sets to a constant, by table: what was there is gone, or only hidden. */
export function columnsNulled(
  asked: Asked,
  site: CallSite,
  role: Extract<Role, { kind: "sql" }>,
  { verb, writes }: SqlStatement,
): ReadonlyMap<string, Overwritten> {
  const { pointsTo } = asked;
  const { values } = role;
  const lists = new OwnLists(asked, site, role, []);
  const byTable = new Map<string, { erased: string[]; hiding: string[] }>();
  if (verb !== "update") return byTable;
  for (const { table, column, source } of writes) {
    if (column === null) continue;
    const isHidden = isHidingColumn(column);
    const isNulled =
      source.kind === "literal" ||
      (source.kind === "placeholder" &&
        (isFixedAt(pointsTo, site, values, source.placeholder) ||
          isLessAt(lists, site, column, givenFor(site, values, source.placeholder)))) ||
      (source.kind === "expression" &&
        !source.columns.some((each) => isSameName(each, column)) &&
        saysNobody(pointsTo, site, values, source));
    if (!isNulled && !isHidden) continue;
    const known = byTable.get(table) ?? { erased: [], hiding: [] };
    byTable.set(table, known);
    (isHidden ? known.hiding : known.erased).push(column);
  }
  return byTable;
}

function isLessAt(lists: OwnLists, { caller }: CallSite, column: string, given: readonly ValueId[]): boolean {
  return given.length > 0 && given.every((value) => lists.isLess(column, caller, value));
}
