/**
 * Rows that a client deletes because the row that they belong to is saved without them: `child.stickers = []`, or what a
 * filter leaves of them.
 */
import type { ValueId } from "../../contracts/file-graph.js";
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
import { LastWrites, type Standing } from "./last-writes.js";
import { LesserLists } from "./lesser-lists.js";
import { OwnLists } from "./own-lists.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly tables: Tables;
  readonly writers: Writers;
  readonly cascades: Cascades;
}

const saving = /(?:^|\.)save$/u;

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
  const taken = new OwnLists({ pointsTo, models }, site, role, names).takenFrom();
  const last = new LastWrites(pointsTo, writers, models);
  const rows = role.data.flatMap((address) => operandsWritten(site, address));
  const written = rows.map((row) => last.of(caller, row, point));
  return parent.relations.flatMap((relation) => {
    const [child] = parent.related(relation)?.table.names ?? [];
    if (child === undefined || !cascades.deletesOrphans(child, own)) return [];
    const isEmptied = written.some((columns) => {
      const standing = columns.get(relation) ?? [];
      return (
        standing.length > 0 &&
        standing.every((each) => each !== null && isLess(pointsTo, each, each.node === caller ? point : null))
      );
    });
    return isEmptied || taken.includes(relation) ? [child] : [];
  });
}

/** Nothing, or a part of what was there: whatever list it is, its client deletes the rows that are not in it. */
function isLess(pointsTo: PointsTo, { node, value }: NonNullable<Standing>, at: number | null): boolean {
  const left = new LesserLists(pointsTo, isGiven).leftAt(node, value, at);
  return left === "less" || (left === "nothing" && definitionOf(node, value)?.kind === "array");
}

/** A list that the function has not made itself. */
function isGiven(node: FunctionNode, value: ValueId): boolean {
  const made = definitionOf(node, value)?.kind;
  return made === "load" || made === "parameter" || made === "capture" || made === "await";
}
