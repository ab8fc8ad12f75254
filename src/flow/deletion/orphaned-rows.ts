/**
 * Rows that a client deletes because the row that they belong to is saved without them: `child.stickers = []`, or what a
 * filter leaves of them.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { operandsWritten } from "../heap/written-literals.js";
import { foldParts } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import type { FunctionNode } from "../program/program.js";
import type { Tables } from "../stores/tables.js";
import type { Cascades } from "./cascades.js";
import { LastWrites } from "./last-writes.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly tables: Tables;
  readonly writers: Writers;
  readonly cascades: Cascades;
}

const saving = /(?:^|\.)save$/u;
const leavingOut = /\.(?:filter|slice|toSpliced)$/u;

export function orphanedRows(
  { pointsTo, models, tables, writers, cascades }: Asked,
  site: CallSite,
  role: Extract<Role, { kind: "store" }>,
  names: readonly string[],
): readonly string[] {
  const { instruction, caller, point } = site;
  const name = role.entity ?? role.target;
  if (instruction.kind !== "call" || !saving.test(instruction.name) || name === null) return [];
  const parent = tables.ofEntity(foldParts(pointsTo, site, name.parts, names), tables.enginesAt(site));
  const [own] = parent?.names ?? [];
  if (parent === null || own === undefined) return [];
  const last = new LastWrites(pointsTo, writers, models);
  const rows = role.data.flatMap((address) => operandsWritten(site, address));
  const written = rows.map((row) => last.of(caller, row, point));
  return parent.relations.flatMap((relation) => {
    const [child] = parent.related(relation)?.table.names ?? [];
    if (child === undefined || !cascades.deletesOrphans(child, own)) return [];
    const isEmptied = written.some((columns) => {
      const standing = columns.get(relation) ?? [];
      return standing.length > 0 && standing.every((each) => each !== null && isLess(each.node, each.value));
    });
    return isEmptied ? [child] : [];
  });
}

/** Nothing, or a part of what was there. */
function isLess(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "call") return leavingOut.test(definition.name) && !isWhole(node, definition);
  if (definition?.kind !== "array") return false;
  return !node.code.some(
    (each) =>
      (each.kind === "store" && each.object === definition.out) ||
      (each.kind === "append-elements" && each.target === definition.out),
  );
}

/** `rows.slice()`, `rows.slice(0)`, `rows.toSpliced(2, 0, row)`: a copy, or one row more. */
function isWhole(node: FunctionNode, { name, arguments: list }: InstructionOf<"call">): boolean {
  const [first, second] = list.map(({ value }) => definitionOf(node, value));
  const isNone = (each: Instruction | null | undefined): boolean =>
    each?.kind === "constant" && each.value === 0;
  if (name.endsWith(".slice")) return list.length === 0 || (list.length === 1 && isNone(first));
  return name.endsWith(".toSpliced") && (list.length === 0 || isNone(second));
}
