/**
 * Which related rows a client knows of that it has read a row: `findOne({ where, relations: { diaries: true } })`. What
 * it does not know of it does not remove with the row.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { writtenInto } from "../heap/written-literals.js";
import { operandsAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import type { TimeValues } from "../retention/time-values.js";
import type { Table } from "../stores/table.js";
import type { Tables } from "../stores/tables.js";
import { readsBefore, type RowsRead } from "./chosen-rows.js";

/** Calls that hand it on. */
const deepest = 4;

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly tables: Tables;
  readonly times: TimeValues;
  readonly writers: Writers;
}

/** Tables of the rows that were read along; null: that is not known. */
export function loadedAlong(
  asked: Asked,
  site: CallSite,
  target: string,
  ways: readonly EntryWay[],
): readonly string[] | null {
  const table = asked.tables.ofEntity(target, asked.tables.enginesAt(site));
  const reads = readsBefore(asked, site, ways);
  if (table === null || reads.length === 0 || isAssigned(site, table)) return null;
  const found = awaited(site).flatMap((name) => table.related(name)?.table.names ?? []);
  for (const read of reads) {
    const paths = pathsRead(asked, read);
    if (paths === null) return null;
    for (const path of paths) {
      let at: Table = table;
      for (const name of path.split(".")) {
        const next: Table | undefined = at.related(name)?.table;
        if (next === undefined) return null;
        found.push(...next.names);
        at = next;
      }
    }
  }
  return found;
}

/** `await child.diaries`: a relation that is read when somebody asks for it. */
function awaited({ caller }: CallSite): readonly string[] {
  return caller.code.flatMap((each) => {
    const read = each.kind === "await" ? definitionOf(caller, each.value) : null;
    return read?.kind === "load" && read.property.kind === "name" ? [read.property.name] : [];
  });
}

/** `child.diaries = await diaries.find(…)` */
function isAssigned({ caller }: CallSite, { relations }: Table): boolean {
  return caller.code.some(
    (each) =>
      each.kind === "store" &&
      !each.initial &&
      each.property.kind === "name" &&
      relations.includes(each.property.name),
  );
}

function pathsRead({ pointsTo, models }: Asked, { site, calls }: RowsRead): readonly string[] | null {
  const addresses = models
    .at(site)
    .flatMap(({ model }) => model.roles)
    .flatMap((role) => (role.kind === "rows" ? [[...(role.related ?? []), ...keyedAlong(role)]] : []));
  // Whoever builds a query may join whatever it wants.
  if (addresses.length === 0 || addresses.some((each) => each.length === 0)) return null;
  const found: string[] = [];
  for (const address of addresses.flat()) {
    const paths = pathsAt({ pointsTo, calls }, site, address);
    if (paths === null) return null;
    found.push(...paths);
  }
  return found;
}

/** Where the keys of an object name what comes along, and keys within what comes with that. */
function keyedAlong({ along }: Extract<Role, { kind: "rows" }>): readonly Address[] {
  return along != null && along.name.length === 0 && along.inside === null ? along.at : [];
}

interface Calling {
  readonly pointsTo: PointsTo;
  /** The calls by which the functions were come to. */
  readonly calls: RowsRead["calls"];
}

function pathsAt(calling: Calling, site: CallSite, address: Address): readonly string[] | null {
  const last = address.steps.at(-1);
  if (last?.kind !== "property") return null;
  const options = operandsAt(site, { ...address, steps: address.steps.slice(0, -1) });
  const found: string[] = [];
  for (const each of options) {
    const option = madeOf(calling, site.caller, each);
    if (option === "nothing") continue;
    if (option === null) return null;
    const kind = definitionOf(option.node, option.value)?.kind;
    if (kind === "constant" || kind === "function") continue;
    if (kind !== "object" || isOpen(option.node, option.value)) return null;
    for (const [name, value] of writtenInto(option.node, option.value)) {
      if (name !== last.name) continue;
      const paths = pathsIn(calling, option.node, value, 0);
      if (paths === null) return null;
      found.push(...paths);
    }
  }
  return found;
}

interface Made {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

/** Where it was made that a call hands on, or stands in for it; `nothing`: the call hands over nothing. */
function madeOf(calling: Calling, node: FunctionNode, value: ValueId, hops = 0): Made | "nothing" | null {
  if (hops > deepest) return null;
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  if (definition?.kind === "phi") {
    // `(relations = {})`
    const isGiven = ({ value: each }: { readonly value: ValueId }): boolean =>
      definitionOf(node, each)?.kind === "parameter";
    const given = definition.phi.inputs.find(isGiven);
    const [instead, ...others] = definition.phi.inputs.filter((each) => !isGiven(each));
    if (given === undefined || instead === undefined || others.length > 0) return null;
    const made = madeOf(calling, node, given.value, hops + 1);
    return made === "nothing" ? madeOf(calling, node, instead.value, hops + 1) : made;
  }
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter")
    return { node, value: origin };
  const edge = calling.calls.get(node);
  if (edge === undefined) return null;
  const [given, ...more] = argumentsFor(edge, definition.instruction.index);
  if (given === undefined) return edge.shape === "call" ? "nothing" : null;
  return more.length > 0 || given.spread ? null : madeOf(calling, edge.site.caller, given.value, hops + 1);
}

/** `["diaries", "diaries.pages"]`, `{ diaries: { pages: true } }` */
function pathsIn(
  calling: Calling,
  from: FunctionNode,
  start: ValueId,
  depth: number,
): readonly string[] | null {
  const made = madeOf(calling, from, start);
  if (made === "nothing") return [];
  if (made === null) return null;
  const { node, value } = made;
  const definition = definitionOf(node, value);
  if (depth > 4 || definition === null || isOpen(node, value)) return null;
  if (definition.kind === "constant") return definition.type === "undefined" ? [] : null;
  if (definition.kind === "array") {
    const names = node.code.flatMap((each) =>
      each.kind === "store" && definitionOf(node, each.object) === definition
        ? [foldedConstant(calling.pointsTo, node, each.value)?.value]
        : [],
    );
    return names.every((name) => typeof name === "string") ? names : null;
  }
  if (definition.kind !== "object") return null;
  const found: string[] = [];
  for (const [name, each] of writtenInto(node, value)) {
    const constant = foldedConstant(calling.pointsTo, node, each)?.value;
    if (constant === true) found.push(name);
    else if (constant !== false) {
      const inner = pathsIn(calling, node, each, depth + 1);
      if (inner === null) return null;
      found.push(name, ...inner.map((path) => `${name}.${path}`));
    }
  }
  return found;
}

/** Something else is put into it: `{ where, ...options }`. */
function isOpen(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return node.code.some(
    (each) =>
      (each.kind === "append-elements" && definitionOf(node, each.target) === definition) ||
      (each.kind === "copy-properties" && definitionOf(node, each.target) === definition),
  );
}
