/** What the rounds of a loop go through: the elements of a list, all names of an object, all positions of a list. */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Traversal } from "../program/counted-loops.js";
import type { FunctionNode } from "../program/program.js";

/** `for (const x of list)`, `for (const name in object)`: what an instruction of the round iterates. */
export function iteratedBy(
  pointsTo: PointsTo,
  node: FunctionNode,
  iterations: ReadonlyMap<ValueId, InstructionOf<"iterate">>,
): Traversal {
  const iterationOf = (value: ValueId): InstructionOf<"iterate"> | undefined =>
    iterations.get(originOf(node, value));
  return {
    elements: (value) => {
      const iteration = iterationOf(value);
      return iteration?.mode === "of" ? iteration.object : null;
    },
    isNameOf: (value, object) => {
      const iteration = iterationOf(value) ?? iterationOf(firstOfPair(node, value) ?? value);
      if (iteration === undefined) return false;
      const isPair = iterationOf(value) === undefined;
      if (iteration.mode === "in")
        return !isPair && originOf(node, iteration.object) === originOf(node, object);
      return iteration.mode === "of" && listsNamesOf(pointsTo, node, iteration.object, object, isPair);
    },
  };
}

/** `const [key, value] = entry`: the pair. */
function firstOfPair(node: FunctionNode, value: ValueId): ValueId | null {
  const read = definitionOf(node, value);
  return read?.kind === "load" && read.property.kind === "name" && read.property.name === "0"
    ? read.object
    : null;
}

/** `Object.keys(object)`, `Object.entries(object)`, `list.entries()`: nothing can have been added since. */
function listsNamesOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  list: ValueId,
  object: ValueId,
  isPair: boolean,
): boolean {
  const definition = node.definitions[originOf(node, list)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return false;
  const { instruction: call, point } = definition;
  const foreign = [...(pointsTo.findSite(node, point)?.foreign ?? [])];
  const [argument] = call.arguments;
  const listed = foreign.every(({ path }) => path[0] === "Array") ? call.receiver : (argument?.value ?? null);
  const wanted = isPair
    ? /^(?:Object|Array)\.entries$/u
    : /^(?:Object|Array|Reflect)\.(?:keys|getOwnPropertyNames|ownKeys)$/u;
  return (
    foreign.length > 0 &&
    foreign.every(({ module, path }) => !module.startsWith("npm:") && wanted.test(path.join("."))) &&
    listed !== null &&
    originOf(node, listed) === originOf(node, object) &&
    isFollowedByLoop(node, point)
  );
}

const harmless: ReadonlySet<Instruction["kind"]> = new Set([
  "capture",
  "cast",
  "cell-read",
  "constant",
  "declare",
  "function",
  "global",
  "import-read",
  "load",
]);

/**
 * `Object.keys(object)`, and `Object.keys(object).filter(isSecret)` with the function that says which: nothing can have
 * been added until the loop, or the call at a point of the same block.
 */
export function listedNames(
  pointsTo: PointsTo,
  node: FunctionNode,
  list: ValueId,
  object: ValueId,
  until: number | null,
): { readonly filter: FunctionNode | null } | null {
  const last = callAt(node, list);
  if (last === null) return null;
  const site = pointsTo.findSite(node, last.point);
  const isFilter = isOfLanguage(site, /^Array\.filter$/u);
  const edges = [...(site?.callbacks.values() ?? [])];
  const filter = isFilter && edges.length === 1 ? (edges[0]?.callee ?? null) : null;
  if (isFilter && (filter === null || last.call.receiver === null)) return null;
  const first = isFilter && last.call.receiver !== null ? callAt(node, last.call.receiver) : last;
  const [argument] = first?.call.arguments ?? [];
  if (first === null || argument === undefined || argument.spread) return null;
  const isListed =
    isOfLanguage(
      pointsTo.findSite(node, first.point),
      /^(?:Object|Reflect)\.(?:keys|getOwnPropertyNames|ownKeys)$/u,
    ) && originOf(node, argument.value) === originOf(node, object);
  return isListed && isUntouched(node, first.point, last.point, until) ? { filter } : null;
}

function callAt(
  node: FunctionNode,
  value: ValueId,
): { readonly call: InstructionOf<"call">; readonly point: number } | null {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" && definition.instruction.kind === "call"
    ? { call: definition.instruction, point: definition.point }
    : null;
}

function isOfLanguage(site: CallSite | undefined, wanted: RegExp): boolean {
  const foreign = [...(site?.foreign ?? [])];
  return (
    foreign.length > 0 &&
    foreign.every(({ module, path }) => !module.startsWith("npm:") && wanted.test(path.join(".")))
  );
}

/** From the one call to the loop, or to a point, nothing is done but the other call. */
function isUntouched(node: FunctionNode, from: number, but: number, until: number | null): boolean {
  const position = node.blockOf[from] ?? -1;
  const block = node.graph.blocks[position];
  if (block === undefined || node.blockOf[but] !== position) return false;
  if (until !== null && node.blockOf[until] !== position) return false;
  const start = node.blockStart[position] ?? 0;
  const later = block.instructions.slice(from - start + 1, until === null ? undefined : until - start);
  const next = block.end.kind === "jump" ? node.blockById.get(block.end.to) : undefined;
  const isLoop =
    block.end.kind === "loop" || (next !== undefined && node.graph.blocks[next]?.end.kind === "loop");
  return (
    (until !== null || isLoop) &&
    later.every(({ kind }, index) => harmless.has(kind) || from + 1 + index === but)
  );
}

/** Between the call and the loop nothing is written. */
function isFollowedByLoop(node: FunctionNode, point: number): boolean {
  const position = node.blockOf[point] ?? -1;
  const block = node.graph.blocks[position];
  const later = block?.instructions.slice(point - (node.blockStart[position] ?? 0) + 1) ?? [];
  const next = block?.end.kind === "jump" ? node.blockById.get(block.end.to) : undefined;
  return (
    later.every(({ kind }) => kind === "declare" || kind === "cast" || kind === "constant") &&
    (block?.end.kind === "loop" || (next !== undefined && node.graph.blocks[next]?.end.kind === "loop"))
  );
}
