/**
 * Which related rows a client knows of that it has read a row: `findOne({ where, relations: { diaries: true } })`. What
 * it does not know of it does not remove with the row.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { writtenInto } from "../heap/written-literals.js";
import { operandsAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import type { FunctionNode } from "../program/program.js";
import type { TimeValues } from "../retention/time-values.js";
import type { Table } from "../stores/table.js";
import type { Tables } from "../stores/tables.js";
import { readsBefore } from "./chosen-rows.js";

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
  const found: string[] = [];
  for (const read of reads) {
    const paths = pathsRead(asked, read.site);
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

function pathsRead({ pointsTo, models }: Asked, site: CallSite): readonly string[] | null {
  const addresses = models
    .at(site)
    .flatMap(({ model }) => model.roles)
    .flatMap((role) => (role.kind === "rows" ? [role.related ?? []] : []));
  // Whoever builds a query may join whatever it wants.
  if (addresses.length === 0 || addresses.some((each) => each.length === 0)) return null;
  const found: string[] = [];
  for (const address of addresses.flat()) {
    const paths = pathsAt(pointsTo, site, address);
    if (paths === null) return null;
    found.push(...paths);
  }
  return found;
}

function pathsAt(pointsTo: PointsTo, site: CallSite, address: Address): readonly string[] | null {
  const last = address.steps.at(-1);
  if (last?.kind !== "property") return null;
  const options = operandsAt(site, { ...address, steps: address.steps.slice(0, -1) });
  const found: string[] = [];
  for (const option of options) {
    const kind = definitionOf(site.caller, option)?.kind;
    if (kind === "constant" || kind === "function") continue;
    if (kind !== "object" || isOpen(site.caller, option)) return null;
    for (const [name, value] of writtenInto(site.caller, option)) {
      if (name !== last.name) continue;
      const paths = pathsIn(pointsTo, site.caller, value, 0);
      if (paths === null) return null;
      found.push(...paths);
    }
  }
  return found;
}

/** `["diaries", "diaries.pages"]`, `{ diaries: { pages: true } }` */
function pathsIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  depth: number,
): readonly string[] | null {
  const definition = definitionOf(node, value);
  if (depth > 4 || definition === null || isOpen(node, value)) return null;
  if (definition.kind === "array") {
    const names = node.code.flatMap((each) =>
      each.kind === "store" && definitionOf(node, each.object) === definition
        ? [foldedConstant(pointsTo, node, each.value)?.value]
        : [],
    );
    return names.every((name) => typeof name === "string") ? names : null;
  }
  if (definition.kind !== "object") return null;
  const found: string[] = [];
  for (const [name, each] of writtenInto(node, value)) {
    const constant = foldedConstant(pointsTo, node, each)?.value;
    if (constant === true) found.push(name);
    else if (constant !== false) {
      const inner = pathsIn(pointsTo, node, each, depth + 1);
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
