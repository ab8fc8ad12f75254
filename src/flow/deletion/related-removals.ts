/** Rows of related tables that a write deletes along the way: `update({ data: { players: { deleteMany: {} } } })`. */
import type { Address, AddressStep, Role } from "../../contracts/model.js";
import { operandsWritten } from "../heap/written-literals.js";
import { foldParts } from "../models/address-values.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Table } from "../stores/table.js";
import type { Tables } from "../stores/tables.js";
import { softenedTo } from "./softened-deletes.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly tables: Tables;
}

type StoreRole = Extract<Role, { kind: "store" }>;

export interface RelatedRemoval {
  readonly target: string;
  readonly softened: "soft" | "unknown" | null;
}

/** Rows of rows of rows: nobody writes more in one call. */
const deepest = 4;

export function relatedRemovals(
  asked: Asked,
  site: CallSite,
  role: StoreRole,
  names: readonly string[],
): readonly RelatedRemoval[] {
  const { removes } = role;
  const name = removes == null ? null : (role.entity ?? role.target);
  if (removes == null || name === null) return [];
  const table = asked.tables.ofEntity(
    foldParts(asked.pointsTo, site, name.parts, names),
    asked.tables.enginesAt(site),
  );
  if (table === null) return [];
  const found = new Set<string>();
  for (const address of role.data) gather({ asked, site, removes, found }, address, table, 0);
  return [...found]
    .sort()
    .map((target) => ({ target, softened: softenedTo(asked.pointsTo, site, target, names, removes) }));
}

interface Search {
  readonly asked: Asked;
  readonly site: CallSite;
  readonly removes: NonNullable<StoreRole["removes"]>;
  readonly found: Set<string>;
}

function gather(search: Search, row: Address, table: Table, depth: number): void {
  const { site, removes, found } = search;
  for (const relation of table.relations) {
    const at = below(row, [relation]);
    if (operandsWritten(site, at).length === 0) continue;
    const other = table.related(relation)?.table;
    const [name] = other?.names ?? [];
    if (other === undefined || name === undefined) continue;
    if (removes.words.some((word) => isAsked(site, below(at, [word])))) found.add(name);
    if (depth === deepest) continue;
    for (const way of removes.through) {
      const [first = "", ...rest] = way.split(".");
      gather(search, below(at, [first, ...rest]), other, depth + 1);
      // One row, or a list of them.
      gather(search, below(element(below(at, [first])), rest), other, depth + 1);
    }
  }
}

/** Whatever stands there but `false`, nothing at all, or a list of none. */
function isAsked(site: CallSite, address: Address): boolean {
  return operandsWritten(site, address).some((value) => {
    const definition = definitionOf(site.caller, value);
    if (definition?.kind === "constant") return definition.value === true;
    if (definition?.kind !== "array") return true;
    const isFilled = site.caller.code.some(
      (each) => each.kind === "append-elements" && each.target === definition.out,
    );
    return isFilled || operandsWritten(site, element(address)).length > 0;
  });
}

function below(address: Address, path: readonly string[]): Address {
  return { ...address, steps: [...address.steps, ...path.map(property)] };
}

function property(name: string): AddressStep {
  return { kind: "property", name };
}

function element(address: Address): Address {
  return { ...address, steps: [...address.steps, { kind: "element" }] };
}
