/**
 * Whether an option stands in what a call is given in every run: not where it is put in under a condition, copied from
 * something that may lack it, or nothing on one of two ways.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import { valuesAt } from "../models/address-values.js";
import { originOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 4;

/** What is not known of the object that holds it counts as set. */
export function isSurelySet(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
): boolean {
  const last = address.steps.at(-1);
  if (last?.kind !== "property") return true;
  const holders = valuesAt(pointsTo, site, { ...address, steps: address.steps.slice(0, -1) }, names);
  return holders.every((holder) => holds(pointsTo, holder, last.name, site, 0));
}

function holds(
  pointsTo: PointsTo,
  holder: AbstractValue,
  name: string,
  site: CallSite,
  depth: number,
): boolean {
  if (holder.kind === "constant") return false;
  if (holder.kind !== "object" || holder.array || depth > deepest) return true;
  const [owner, point] = holder.site.split(":").map(Number);
  const node = owner === undefined ? undefined : pointsTo.program.functions[owner];
  const made = point === undefined ? undefined : node?.code[point];
  if (node === undefined || made?.kind !== "object") return true;
  const ends = node === site.caller ? [node.blockOf[site.point] ?? 0] : returnsOf(node);
  const dominators = dominatorsOf(node);
  const makers = node.blockOf[point ?? -1];
  const isSure = (at: number): boolean => {
    const block = node.blockOf[at] ?? -1;
    // What is put in where the object is made is in it wherever it goes.
    return block === makers || ends.every((end) => end === block || dominators[end]?.has(block) === true);
  };
  let isPutElsewhere = true;
  for (const [at, each] of node.code.entries()) {
    if (each.kind === "store" && originOf(node, each.object) === made.out) {
      if (each.property.kind !== "name") return true;
      if (each.property.name !== name) continue;
      isPutElsewhere = false;
      if (isSure(at) && !mayBeNothing(node, each.value)) return true;
    } else if (each.kind === "copy-properties" && each.target === made.out) {
      const sources = [...pointsTo.valuesOf(node, each.source)];
      const bringing = sources.filter((source) => mayHold(pointsTo, source, name));
      if (bringing.length === 0 && sources.length > 0) continue;
      isPutElsewhere = false;
      if (isSure(at) && sources.every((source) => holds(pointsTo, source, name, site, depth + 1)))
        return true;
    }
  }
  // Whoever else puts it there is not asked when.
  return isPutElsewhere && mayHold(pointsTo, holder, name);
}

function mayHold(pointsTo: PointsTo, source: AbstractValue, name: string): boolean {
  if (source.kind === "constant") return false;
  return source.kind !== "object" || pointsTo.fieldNode(source, name).values.size > 0;
}

function returnsOf(node: FunctionNode): readonly number[] {
  return node.graph.blocks.flatMap(({ end }, position) => (end.kind === "return" ? [position] : []));
}

/** `isLive ? "aws:kms" : undefined`. */
function mayBeNothing(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  return (
    definition?.kind === "phi" &&
    definition.phi.inputs.some((input) => {
      const given = node.definitions[originOf(node, input.value)];
      return (
        given?.kind === "instruction" &&
        given.instruction.kind === "constant" &&
        (given.instruction.type === "undefined" ||
          given.instruction.value === null ||
          given.instruction.value === false)
      );
    })
  );
}
