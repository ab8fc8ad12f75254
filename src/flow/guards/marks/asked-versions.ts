/** Which version of the notice a guard asks for, where only constants are compared with one. */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf } from "../../paths/value-places.js";

/** Words that the version of a notice goes by; that of the program, of an interface or a row is another one. */
export const versionWord =
  /(?<!(?:app|application|api|client|schema|row|lock|build|release|os|sdk|browser)[_ .-]?)version|notice|policy|terms|revision/iu;

/** In SQL: what is written behind a comparison with the word. */
const compared = /(\w*(?:version|revision)\w*)["`\]]?\s*(?:>=|=)\s*(?:'([^']*)'|(\d[\w.]*)|\$(\d+)|(\?))?/giu;

/** The constants, or null: what it is compared with is not known, or something else may be. */
export function versionsAskedIn(pointsTo: PointsTo, node: FunctionNode): readonly (string | null)[] {
  return node.code.flatMap((each, point) => askedBy(pointsTo, node, each, point));
}

function askedBy(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
): readonly (string | null)[] {
  switch (instruction.kind) {
    case "binary": {
      if (!/^(?:[=!]==?|[<>]=?)$/u.test(instruction.operator)) return [];
      const { left, right } = instruction;
      if (isVersion(node, left)) return [constantOf(pointsTo, node, right)];
      return isVersion(node, right) ? [constantOf(pointsTo, node, left)] : [];
    }
    case "store":
      return instruction.initial &&
        instruction.property.kind === "name" &&
        versionWord.test(instruction.property.name)
        ? [constantOf(pointsTo, node, instruction.value)]
        : [];
    case "call": {
      const site = pointsTo.findSite(node, point);
      return site === undefined ? [] : inStatement(pointsTo, site, instruction);
    }
    default:
      return [];
  }
}

/** `query("… AND notice_version >= $2", [id, current])`, `where("notice_version", current)` */
function inStatement(
  pointsTo: PointsTo,
  { caller }: CallSite,
  { arguments: given }: Extract<Instruction, { kind: "call" }>,
): readonly (string | null)[] {
  const [first, second] = given;
  const text = first === undefined ? null : definitionOf(caller, first.value);
  if (text?.kind === "template") return text.texts.some((each) => versionWord.test(each)) ? [null] : [];
  if (text?.kind !== "constant" || typeof text.value !== "string" || !versionWord.test(text.value)) return [];
  if (!/\s/u.test(text.value))
    return [given.length === 2 ? constantOfArgument(pointsTo, caller, second) : null];
  const found = [...text.value.matchAll(compared)].filter(([, name = ""]) => versionWord.test(name));
  return found.map(([, , quoted, number, place]) => {
    if (quoted !== undefined || number !== undefined) return quoted ?? number ?? null;
    const list = second === undefined || place === undefined ? null : second.value;
    return list === null ? null : elementOf(pointsTo, caller, list, Number(place) - 1);
  });
}

function constantOfArgument(
  pointsTo: PointsTo,
  node: FunctionNode,
  argument: { readonly value: ValueId } | undefined,
): string | null {
  return argument === undefined ? null : constantOf(pointsTo, node, argument.value);
}

function elementOf(pointsTo: PointsTo, node: FunctionNode, list: ValueId, index: number): string | null {
  const made = definitionOf(node, list);
  if (made?.kind !== "array") return null;
  const stores = node.code.filter(
    (each) =>
      each.kind === "store" &&
      each.object === made.out &&
      each.property.kind === "name" &&
      each.property.name === String(index),
  );
  const [only, ...others] = stores;
  return only?.kind === "store" && others.length === 0 ? constantOf(pointsTo, node, only.value) : null;
}

function constantOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId): string | null {
  const [only, ...others] = pointsTo.valuesOf(node, value);
  return only?.kind === "constant" && only.value != null && others.length === 0 ? String(only.value) : null;
}

/** `consent.noticeVersion`, `row?.version` */
function isVersion(node: FunctionNode, value: ValueId): boolean {
  const read = definitionOf(node, value);
  return read?.kind === "load" && read.property.kind === "name" && versionWord.test(read.property.name);
}
