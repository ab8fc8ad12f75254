/**
 * What a variable is made with, for good: one of a module that is written once, whichever way the module takes, as it
 * stands here, imported or required; one that a function inside has captured; what lies in one (`BLANKS.consent`).
 */
import type { FilePath } from "../../base/keys.js";
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import { noContext } from "../contexts/context.js";
import { isKnownOutside } from "../heap/unused-closures.js";
import { memberOfLiteral } from "../heap/literal-members.js";
import { originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { writersOf } from "../points-to/writers.js";
import { capturedFrom } from "../program/captured-from.js";
import type { MadeValue } from "../program/made-value.js";
import type { LinkTarget } from "../program/module-links.js";
import { findExports, findImport } from "../program/module-links.js";
import type { FunctionNode } from "../program/program.js";
import { NamedStores } from "./commonjs-constants.js";
import { areAllKnown } from "./complete-values.js";

const stores = new WeakMap<PointsTo, NamedStores>();
const deepest = 6;

/** The value with the function that makes or chooses it; null for what may be another one. */
export function surelyMade(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  depth = 0,
): MadeValue | null {
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  if (definition === undefined || depth > deepest) return null;
  const found = definition.kind === "phi" ? undefined : readBy(pointsTo, node, definition.instruction, depth);
  return found === undefined
    ? { node, value: origin }
    : found && surelyMade(pointsTo, found.node, found.value, depth + 1);
}

/** Undefined where nothing is read: the value is made there. */
function readBy(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  depth: number,
): MadeValue | null | undefined {
  switch (instruction.kind) {
    case "cell-read":
      return onlyWrite(pointsTo, node.file, instruction.cell);
    case "import-read": {
      const binding = node.fileGraph.imports[instruction.import];
      return binding === undefined
        ? null
        : atEnd(pointsTo, findImport(pointsTo, node.file, binding.specifier, binding.name));
    }
    case "capture":
      return capturedFrom(pointsTo, node, instruction.slot);
    case "load":
      return memberOf(pointsTo, node, instruction, depth);
    default:
      return undefined;
  }
}

function memberOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  { object, property }: InstructionOf<"load">,
  depth: number,
): MadeValue | null {
  if (property.kind !== "name") return null;
  const namespace = namespaceOf(pointsTo, node, object);
  if (namespace !== null) {
    const [link, ...others] = namespace;
    if (link === undefined || others.length > 0) return null;
    if (link.kind === "namespace") return atEnd(pointsTo, findExports(pointsTo, link.file, property.name));
    return link.kind === "commonjs" ? atEnd(pointsTo, [{ ...link, name: property.name }]) : null;
  }
  const holder = surelyMade(pointsTo, node, object, depth + 1);
  if (holder === null) return null;
  const [literal, ...others] = pointsTo.valuesOf(holder.node, holder.value);
  if (literal === undefined || others.length > 0 || mayBeAnother(pointsTo, holder.node, holder.value))
    return null;
  const member = memberOfLiteral(pointsTo, literal, property.name);
  return member === "absent" ? null : member;
}

/** Something else than what is known of it: nobody knows what joins it, or someone outside may give another one. */
function mayBeAnother(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  return !areAllKnown(pointsTo, noContext, node, value) || mayBeGivenOutside(pointsTo, node, value);
}

function mayBeGivenOutside(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition === undefined || depth > deepest) return true;
  if (definition.kind === "phi")
    return definition.phi.inputs.some(
      (input) => input.value !== value && mayBeGivenOutside(pointsTo, node, input.value, depth + 1),
    );
  // Copies are made for calls of the program alone.
  return definition.instruction.kind === "parameter" && node.copy === null && isKnownOutside(pointsTo, node);
}

/** What is behind a name that stands for a whole module: `import * as`, `require()`. */
function namespaceOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId): readonly LinkTarget[] | null {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  if (instruction.kind === "require") return findImport(pointsTo, node.file, instruction.specifier, "=");
  if (instruction.kind === "cell-read") {
    const written = onlyWrite(pointsTo, node.file, instruction.cell);
    return written && namespaceOf(pointsTo, written.node, written.value);
  }
  const binding = instruction.kind === "import-read" ? node.fileGraph.imports[instruction.import] : undefined;
  return binding?.name === "*" || binding?.name === "="
    ? findImport(pointsTo, node.file, binding.specifier, binding.name)
    : null;
}

function atEnd(pointsTo: PointsTo, [link, ...others]: readonly LinkTarget[]): MadeValue | null {
  if (link === undefined || others.length > 0) return null;
  if (link.kind === "cell") return onlyWrite(pointsTo, link.file, link.cell);
  if (link.kind !== "commonjs") return null;
  let named = stores.get(pointsTo);
  if (named === undefined) stores.set(pointsTo, (named = new NamedStores(pointsTo)));
  const written = named.onlyExport(link);
  const point = written?.node.code.findIndex((each) => each.kind === "store" && each.value === written.value);
  return written !== null && point !== undefined && isAlwaysRun(written.node, point) ? written : null;
}

function onlyWrite(pointsTo: PointsTo, file: FilePath, cell: string): MadeValue | null {
  const [only, ...others] = writersOf(pointsTo).ofCell(file, cell);
  if (only === undefined || others.length > 0 || only.node.graph.kind !== "module") return null;
  return isAlwaysRun(only.node, only.point) ? { node: only.node, value: only.value } : null;
}

/** Whichever way the function comes to its end, it has come past the point. */
function isAlwaysRun(node: FunctionNode, point: number): boolean {
  const { blocks } = node.graph;
  const own = node.blockOf[point];
  // What is thrown before it may be caught behind it.
  if (own === undefined || blocks[own]?.handler !== null) return false;
  const dominators = dominatorsOf(node);
  return blocks.every(
    ({ end }, position) => end.kind !== "return" || position === own || dominators[position]?.has(own),
  );
}
