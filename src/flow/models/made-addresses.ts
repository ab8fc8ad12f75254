/**
 * Addresses that a function of the program makes for a request: what it was given in that call, and not what all its
 * callers give it (`fetch(addressOf(PARTNER, id))` beside `fetch(addressOf(OWN, id))`).
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsAt, type ReadValues } from "./address-values.js";
import { foldText } from "../constants/constants.js";
import { ContextValues } from "../contexts/context-values.js";
import type { Context } from "../contexts/context.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 4;
const contextValues = new WeakMap<PointsTo, ContextValues>();

/** Reads what values are for one request: inside the functions that made its address, by what these were given. */
export function readBehindCalls(
  pointsTo: PointsTo,
  site: CallSite,
  urls: readonly Address[],
  read: ReadValues,
): ReadValues {
  const makers = urls.flatMap((url) =>
    url.root.kind === "argument" && url.steps.length === 0
      ? operandsAt(site, url).flatMap((value) => makersOf(pointsTo, site.caller, value))
      : [],
  );
  if (makers.length === 0) return read;
  let values = contextValues.get(pointsTo);
  if (values === undefined) contextValues.set(pointsTo, (values = new ContextValues(pointsTo)));
  const frames = new Map<FunctionNode, Context>();
  const told = values;
  const readHere: ReadValues = (node, value) => {
    const context = frames.get(node);
    return (context === undefined ? null : told.valuesIn(context, node, value)) ?? read(node, value);
  };
  for (const maker of makers) enter(pointsTo, maker, readHere, frames, 0);
  return readHere;
}

/** What the functions that a call runs are given by it, and those that they have make what they give. */
function enter(
  pointsTo: PointsTo,
  { instruction, caller, edges }: CallSite,
  read: ReadValues,
  frames: Map<FunctionNode, Context>,
  depth: number,
): void {
  if (instruction.kind !== "call" || depth > deepest) return;
  const parameters = new Map<number, ReadonlySet<AbstractValue>>();
  for (const [index, argument] of instruction.arguments.entries()) {
    if (argument.spread) break;
    const given = new Set(read(caller, argument.value));
    if (given.size > 0) parameters.set(index, given);
  }
  const receiver = instruction.receiver === null ? null : new Set(read(caller, instruction.receiver));
  for (const { callee, shape } of edges.values()) {
    if (shape !== "call" || frames.has(callee)) continue;
    frames.set(callee, { key: "", receiver, parameters, slots: new Map(), given: null });
    for (const { end } of callee.graph.blocks) {
      if (end.kind !== "return" || end.value === null) continue;
      for (const further of makersOf(pointsTo, callee, end.value))
        enter(pointsTo, further, read, frames, depth + 1);
    }
  }
}

/** The calls of own functions that give a value, or what its text begins with. */
function makersOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): readonly CallSite[] {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction" || depth > 8) return [];
  const { instruction, point } = definition;
  const site = instruction.kind === "call" ? pointsTo.findSite(node, point) : undefined;
  if (site !== undefined && site.edges.size > 0) return [site];
  // `url.toString()`
  const next =
    instruction.kind === "declare"
      ? instruction.value
      : instruction.kind === "call" && !instruction.new
        ? instruction.receiver
        : beginningOf(instruction);
  return next === null ? [] : makersOf(pointsTo, node, next, depth + 1);
}

/** What a text is that only an end was taken from: `base.replace(/\/+$/, "")`, `base.trimEnd()`. */
export function beforeItsEnd(
  pointsTo: PointsTo,
  value: AbstractValue,
): { node: FunctionNode; value: ValueId } | null {
  if (value.kind !== "foreign" || value.site === null || value.path.at(-1) !== "String") return null;
  const site = pointsTo.sites.get(value.site);
  if (site?.instruction.kind !== "call" || site.instruction.receiver === null) return null;
  const { name, receiver, arguments: list } = site.instruction;
  const isTrimmed = /\.(?:trim|trimEnd|trimRight|toString)$/u.test(name);
  const [pattern] = list;
  const isEnd =
    /\.replace$/u.test(name) &&
    pattern?.spread === false &&
    foldText(pointsTo, site.caller, pattern.value).every((text) => /^\/[^^|]*\$\/[a-z]*$/u.test(text));
  return isTrimmed || isEnd ? { node: site.caller, value: receiver } : null;
}

/** What the text of a value begins with. */
export function beginningOf(instruction: Instruction): ValueId | null {
  switch (instruction.kind) {
    case "template":
      return instruction.texts[0] === "" ? (instruction.values[0] ?? null) : null;
    case "binary":
      return instruction.operator === "+" ? instruction.left : null;
    case "cast":
    case "await":
      return instruction.value;
    case "box-read":
      return instruction.box;
    case "call":
      // `new URL(path, base)`, `join(base, path)`.
      return instruction.arguments.at(-1)?.value ?? null;
    default:
      return null;
  }
}
