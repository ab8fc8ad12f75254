/**
 * Whether data has to do with a list that was asked about in a loop: an element of it, or what is made of it. Of an
 * empty list nobody is asked about, so that a loop only speaks for its own elements.
 */
import type { Span } from "../../base/location.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { beginning } from "../tabulation/trace.js";
import type { SourceTrace, Trace } from "../tabulation/trace.js";
import { originOf, placesOf } from "../paths/value-places.js";
import { capturedFrom } from "../program/captured-from.js";
import { copiedInto, takenInto } from "./copied-lists.js";
import { listLoopsOf } from "./list-loops.js";
import type { GuardPlaces } from "./marks/guard-places.js";
import type { OpenWay } from "./open-way.js";
import type { OpenWays } from "./open-ways.js";

interface At {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

const deepest = 16;
const mostSteps = 400;
const visiting = /\.(?:map|flatMap|forEach|filter|every|some|find|reduce)$/u;

/** May a guard be asked about each of a list somewhere: beside a loop, or in a round of one by way of helpers? */
export function mayAskInLoops(places: GuardPlaces, open: OpenWays): boolean {
  const { pointsTo } = open.tools;
  return (
    places.functions.some((node) => listLoopsOf(node).size > 0) ||
    pointsTo.program.functions.some((node) => open.isNearGuard(node) && asksInRound(node, open))
  );
}

function asksInRound(node: FunctionNode, open: OpenWays): boolean {
  const loops = [...listLoopsOf(node).values()];
  return (
    loops.length > 0 &&
    node.code.some((_, point) => {
      const block = node.blockOf[point] ?? -1;
      if (!loops.some(({ body }) => body.has(block))) return false;
      const edges = open.tools.pointsTo.findSite(node, point)?.edges.values() ?? [];
      return [...edges].some(({ callee }) => open.isNearGuard(callee));
    })
  );
}

/** May the data be what a loop has asked about? Where it comes past no such loop that cannot be told. */
export function isAskedInLoop(pointsTo: PointsTo, trace: Trace, open: OpenWays): boolean {
  const source = beginning(trace);
  if (source?.root == null) return true;
  const chain = comesFrom(pointsTo, { node: source.node, value: source.root });
  const steps = stepsOf(trace);
  const nodes = new Set([...chain, ...steps].map(({ node }) => node));
  const lists = [...nodes].flatMap((node) => open.listsAgreed(node).map((value): At => ({ node, value })));
  return lists.length === 0 || lists.some((list) => isOf(pointsTo, list, { source, chain, steps }));
}

/**
 * Does every way come to the operation in a round of a loop over such a list, or of what is left of it? What is done
 * once for each that was asked about is not done where nobody was.
 */
export function isDoneForEach(pointsTo: PointsTo, ways: readonly OpenWay[], open: OpenWays): boolean {
  return (
    ways.length > 0 &&
    ways.every(({ passages }) =>
      passages.some(({ node, point }) => {
        const lists = open.listsAgreed(node);
        return (
          lists.length > 0 && roundsAt(node, point).some((over) => isTakenFrom(pointsTo, node, over, lists))
        );
      }),
    )
  );
}

/** The lists that the instruction at a point is done for each of. */
function roundsAt(node: FunctionNode, point: number): readonly ValueId[] {
  const block = node.blockOf[point] ?? -1;
  const loops = [...listLoopsOf(node).values()].flatMap(({ body, list }) => (body.has(block) ? [list] : []));
  const call = node.code[point];
  return call?.kind === "call" && call.receiver !== null && visiting.test(call.name)
    ? [...loops, call.receiver]
    : loops;
}

function isTakenFrom(
  pointsTo: PointsTo,
  node: FunctionNode,
  over: ValueId,
  lists: readonly ValueId[],
): boolean {
  const taken = [...takenInto(pointsTo, node, over)];
  return lists.some((list) =>
    [...copiedInto(pointsTo, node, list)].some((copied) =>
      taken.some((value) => isSame({ node, value }, { node, value: copied })),
    ),
  );
}

interface Data {
  readonly source: SourceTrace;
  readonly chain: readonly At[];
  readonly steps: readonly Step[];
}

/** Was all of the data in the list: is it an element of it, made of it, or the list that it is a copy of? */
function isOf(pointsTo: PointsTo, { node, value: list }: At, { source, chain, steps }: Data): boolean {
  const copied = [...copiedInto(pointsTo, node, list)];
  return copied.some(
    (value) =>
      chain.some((each) => isSame(each, { node, value })) ||
      (source.node === node && isAt(source, value)) ||
      steps.some((step) => step.node === node && isAtStep(step, value)),
  );
}

/** The data lies there in the value, or the value lies in what the data is read from. */
function isAt({ node, root, path }: SourceTrace, value: ValueId): boolean {
  if (root === null || path.length === 0) return false;
  const base = originOf(node, root);
  return placesOf(node, value).some(
    (place) =>
      place.base === base &&
      place.path.length > 0 &&
      place.path.length <= path.length &&
      place.path.every((name, index) => name === path[index]),
  );
}

/** The way comes by the value: where it is made, or where it gets a name. */
function isAtStep({ node, span }: Step, value: ValueId): boolean {
  const definition = node.definitions[value];
  if (definition?.kind === "instruction" && definition.instruction.at === span) return true;
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    return use?.kind === "declare" && (use.nameAt === span || use.at === span);
  });
}

interface Step {
  readonly node: FunctionNode;
  readonly span: Span;
}

function stepsOf(trace: Trace): readonly Step[] {
  const steps: Step[] = [];
  const returns: Trace[] = [];
  let current: Trace | null = trace;
  for (let hops = 0; current !== null && hops < mostSteps; hops++) {
    if (current.kind === "entry") current = returns.pop() ?? current.entered();
    else if (current.kind === "return") {
      returns.push(current.previous);
      current = current.inner;
    } else {
      steps.push(current);
      current = current.kind === "step" ? current.previous : null;
    }
  }
  return steps;
}

/** The value, and all that it is a part of. */
function comesFrom(pointsTo: PointsTo, start: At): readonly At[] {
  const found: At[] = [];
  let current: At | null = start;
  while (current !== null && found.length < deepest) {
    const { node }: At = current;
    const value = originOf(node, current.value);
    found.push({ node, value });
    current = holderOf(pointsTo, node, value);
  }
  return found;
}

function holderOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId): At | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "load":
    case "iterate":
    case "object-rest":
      return { node, value: instruction.object };
    case "await":
      return { node, value: instruction.value };
    case "call":
      return instruction.receiver === null ? null : { node, value: instruction.receiver };
    case "capture":
      return capturedFrom(pointsTo, node, instruction.slot);
    case "parameter": {
      const [only, ...others] = pointsTo.callbacksOf(node);
      if (only === undefined || others.length > 0 || only.site.instruction.kind !== "call") return null;
      const { receiver, name } = only.site.instruction;
      return receiver !== null && visiting.test(name) ? { node: only.site.caller, value: receiver } : null;
    }
    default:
      return null;
  }
}

/** One value, or one property read twice. */
function isSame(one: At, other: At): boolean {
  if (one.node !== other.node) return false;
  if (one.value === other.value) return true;
  const [a, b] = [one, other].map(({ node, value }) => placesOf(node, value).at(-1));
  return (
    a !== undefined &&
    b !== undefined &&
    a.path.length > 0 &&
    a.base === b.base &&
    a.path.join() === b.path.join()
  );
}
