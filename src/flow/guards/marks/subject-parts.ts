/**
 * Parts of values by which it is told whose they are: `body.child`, the first of a list and those behind it, as the
 * callers on a way see them.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import { argumentsFor } from "../../program/edge-arguments.js";
import type { CallEdge, CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf, originOf } from "../../paths/value-places.js";

/** A part of a value of a function. */
export interface Part {
  readonly node: FunctionNode;
  readonly base: ValueId;
  readonly path: readonly string[];
  /** The value itself and the function that it stands in, for its type. */
  readonly held: { readonly node: FunctionNode; readonly value: ValueId };
}

/** A function on the way up from the operation, with the call that led into the one below it. */
export interface Frame {
  readonly node: FunctionNode;
  readonly below: CallSite | null;
}

const deepest = 12;

/** A value under its own name, and as the part of what it is read from. */
export function partsOf(node: FunctionNode, value: ValueId): Part[] {
  const parts: Part[] = [];
  let path: readonly string[] = [];
  let base = originOf(node, value);
  for (let hops = 0; hops < deepest; hops++) {
    parts.push({ node, base, path, held: { node, value } });
    const read = readFrom(node, base);
    if (read === null) break;
    if (read.step !== null) path = within(read.step, path);
    base = originOf(node, read.object);
  }
  return parts;
}

function readFrom(
  node: FunctionNode,
  value: ValueId,
): { readonly object: ValueId; readonly step: string | null } | null {
  const definition = node.definitions[value];
  if (definition?.kind === "phi") {
    // `first?.guardianId` is that, or nothing.
    const [only, ...others] = definition.phi.inputs.filter((input) => !isNothing(node, input.value));
    return only === undefined || others.length > 0 ? null : { object: only.value, step: null };
  }
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "box-read":
      return { object: instruction.box, step: "<box>" };
    case "load":
      if (instruction.property.kind === "name")
        return { object: instruction.object, step: instruction.property.name };
      return instruction.property.kind === "computed"
        ? counted(node, instruction.object, instruction.property.value)
        : null;
    case "iterate":
      return instruction.mode === "in" ? null : { object: instruction.object, step: elementsFrom(0) };
    case "array-rest":
      return { object: instruction.array, step: elementsFrom(instruction.from) };
    default:
      return null;
  }
}

/** `kids[i]`, `kids[i + 1]`: an element so far from where a counter stands. */
function counted(
  node: FunctionNode,
  object: ValueId,
  index: ValueId,
): { readonly object: ValueId; readonly step: string } | null {
  const at = originOf(node, index);
  const sum = definitionOf(node, at);
  if (sum?.kind !== "binary") return { object, step: `@${String(at)}+0` };
  const by = sum.operator === "+" || sum.operator === "-" ? numberAt(node, sum.right) : null;
  if (by === null) return null;
  const offset = sum.operator === "+" ? by : -by;
  return { object, step: `@${String(originOf(node, sum.left))}+${String(offset)}` };
}

function numberAt(node: FunctionNode, value: ValueId): number | null {
  const definition = definitionOf(node, originOf(node, value));
  return definition?.kind === "constant" && typeof definition.value === "number" ? definition.value : null;
}

/** The counter, and how far from it; null: the step is none of these. */
function countedAt(step: string): { readonly counter: string; readonly offset: number } | null {
  const [, counter, offset] = /^@(\d+)\+(-?\d+)$/u.exec(step) ?? [];
  return counter === undefined ? null : { counter, offset: Number(offset) };
}

function isNothing(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  return (
    definition?.kind === "instruction" &&
    definition.instruction.kind === "constant" &&
    (definition.instruction.type === "undefined" || definition.instruction.value === null)
  );
}

/** The elements of a list from one on, as a step of a path. */
function elementsFrom(from: number): string {
  return `${String(from)}…`;
}

/** Which elements of a list a step of a path means; null: a property. */
function elementsOf(step: string): { readonly from: number; readonly isOne: boolean } | null {
  const [, from, more] = /^(\d+)(…?)$/u.exec(step) ?? [];
  return from === undefined ? null : { from: Number(from), isOne: more === "" };
}

/** A path inside the part of a list: the first of the rest is the second. */
function within(step: string, path: readonly string[]): readonly string[] {
  const [first, ...below] = path;
  const rest = elementsOf(step);
  const inner = first === undefined ? null : elementsOf(first);
  if (rest === null || inner === null || rest.isOne || first === undefined) return [step, ...path];
  const from = rest.from + inner.from;
  return [inner.isOne ? String(from) : elementsFrom(from), ...below];
}

/** Some element of a list: whichever it was that was found. */
const someElement = "some…";

/** Of each list, of whose elements one was enough, it is not known which. */
export function ofSomeElement(part: Part): Part {
  return { ...part, path: part.path.map((step) => (elementsOf(step)?.isOne === false ? someElement : step)) };
}

/** The same of some lists only, as they stand in the function. */
export function ofSomeElementIn(lists: readonly ValueId[], part: Part): Part {
  const places = lists.flatMap((list) =>
    partsOf(part.node, list).flatMap(({ base, path }) =>
      base === part.base && path.every((step, index) => step === part.path[index]) ? [path.length] : [],
    ),
  );
  return {
    ...part,
    path: part.path.map((step, index) =>
      places.includes(index) && (elementsOf(step)?.isOne === false || countedAt(step) !== null)
        ? someElement
        : step,
    ),
  };
}

export function isElement(step: string | undefined): boolean {
  return (
    step !== undefined && (step === someElement || elementsOf(step) !== null || countedAt(step) !== null)
  );
}

/** The first step at which what is kept is another part of the object than what was asked about; null: it is in it. */
export function divergence(asked: readonly string[], kept: readonly string[]): number | null {
  const length = Math.min(asked.length, kept.length);
  const at = asked.slice(0, length).findIndex((step, index) => !covers(step, kept[index] ?? ""));
  return at === -1 ? null : at;
}

function covers(asked: string, kept: string): boolean {
  if (asked === kept) return true;
  if (asked === someElement) return false;
  const [first, second] = [countedAt(asked), countedAt(kept)];
  // Only two that are counted from one counter can be told apart.
  if (first !== null || second !== null) return first === null || first.counter !== second?.counter;
  const [one, other] = [elementsOf(asked), elementsOf(kept)];
  if (one === null || other === null || one.isOne) return false;
  return one.from <= other.from;
}

/** The same parts as the callers on the way see them: what a parameter was given. */
export function climb(frames: readonly Frame[], from: number, parts: readonly Part[]): Part[] {
  const found = [...parts];
  let current = parts;
  for (let index = from; index + 1 < frames.length; index++) {
    const caller = frames[index + 1];
    if (caller === undefined || caller.below === null) break;
    const edges = [...caller.below.edges.values()].filter(({ callee }) => callee === frames[index]?.node);
    current = edges.flatMap((edge) => current.flatMap((part) => partsGiven(edge, part)));
    found.push(...current);
  }
  return found;
}

/** A part of a parameter, as a part of what a call hands over for it. */
export function partsGiven(edge: CallEdge, { node, base, path, held }: Part): Part[] {
  const definition = node.definitions[base];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return [];
  const [argument, ...others] = argumentsFor(edge, definition.instruction.index);
  if (argument === undefined || argument.spread || others.length > 0) return [];
  const { caller } = edge.site;
  return partsOf(caller, argument.value).map((part) => ({
    ...part,
    path: join(part.path, path),
    held: path.length === 0 ? part.held : held,
  }));
}

function join(outer: readonly string[], inner: readonly string[]): readonly string[] {
  return outer.reduceRight<readonly string[]>((path, step) => within(step, path), inner);
}
