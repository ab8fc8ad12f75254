/** Guards that say by a function that they are given how it came out: `askConsent(id, (error, granted) => …)`. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { capturedFrom } from "../../program/captured-from.js";

export interface CallbackAnswer {
  /** The parameter that is called. */
  readonly parameter: number;
  /** Which of its arguments tells; null: it is only called where there is consent. */
  readonly argument: number | null;
  /** By being true; else by not being there, as an error. */
  readonly isYes: boolean;
}

/** What is known of an argument, whichever it is. */
export type Sort = "boolean" | "nothing" | "object" | "unknown";

type SortOf = (node: FunctionNode, value: ValueId) => Sort;

interface Call {
  readonly node: FunctionNode;
  readonly point: number;
  readonly instruction: InstructionOf<"call">;
}

/** Where a function that is handed over is called; null: it also goes where that cannot be seen. */
type Calls = readonly (Call | null)[];

const deepest = 4;

/** How a function answers that neither returns an answer nor throws; null: not by what it is given. */
export function callbackAnswerOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  sortOf: SortOf,
): CallbackAnswer | null {
  for (let index = node.graph.parameters.length - 1; index >= 0; index--) {
    const calls = callsOfParameter(pointsTo, node, index).filter((call) => call !== null);
    if (calls.length > 0 && calls.every(isUnheeded)) return answerBy(index, calls, sortOf);
  }
  return null;
}

/** The function and the parameter that a call calls. */
export function parameterCalled(
  pointsTo: PointsTo,
  { caller, instruction }: CallSite,
): { readonly node: FunctionNode; readonly index: number } | null {
  if (instruction.kind !== "call") return null;
  let node = caller;
  let value = instruction.callee;
  for (let hops = 0; hops <= deepest; hops++) {
    const definition = definitionOf(node, value);
    if (definition?.kind === "parameter") return { node, index: definition.index };
    const captured = definition?.kind === "capture" ? capturedFrom(pointsTo, node, definition.slot) : null;
    if (captured === null) return null;
    ({ node, value } = captured);
  }
  return null;
}

function answerBy(parameter: number, calls: readonly Call[], sortOf: SortOf): CallbackAnswer {
  const sortsAt = (place: number): readonly Sort[] =>
    calls.flatMap(({ node, instruction }): readonly Sort[] => {
      const given = instruction.arguments[place];
      return given === undefined ? ["nothing"] : sortsOf(node, given.value, sortOf, 0);
    });
  const [first, second] = [sortsAt(0), sortsAt(1)];
  if (second.includes("boolean")) return { parameter, argument: 1, isYes: true };
  if (first.includes("boolean")) return { parameter, argument: 0, isYes: true };
  const isError = first.includes("nothing") && first.some((sort) => sort !== "nothing");
  return { parameter, argument: isError ? 0 : null, isYes: false };
}

function sortsOf(node: FunctionNode, value: ValueId, sortOf: SortOf, depth: number): readonly Sort[] {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "phi" && depth < deepest
    ? definition.phi.inputs.flatMap((input) => sortsOf(node, input.value, sortOf, depth + 1))
    : [sortOf(node, value)];
}

/** Where the function, or one inside it, calls what it is given. */
export function callsOfParameter(pointsTo: PointsTo, node: FunctionNode, index: number, depth = 0): Calls {
  const given = node.code.find((each) => each.kind === "parameter" && each.index === index);
  return given?.kind === "parameter" ? callsOf(pointsTo, node, given.out, depth) : [];
}

function callsOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth: number): Calls {
  if (depth > deepest) return [null];
  return (node.uses[value] ?? []).flatMap((point): Calls => {
    const use = node.code[point];
    switch (use?.kind) {
      case "declare":
      case "cast":
        return callsOf(pointsTo, node, use.out, depth + 1);
      case "function": {
        const inside = pointsTo.program.functionIn(node, use.function);
        return (inside?.code ?? []).flatMap((each) =>
          inside !== undefined && each.kind === "capture" && use.captures[each.slot] === value
            ? callsOf(pointsTo, inside, each.out, depth + 1)
            : [],
        );
      }
      case "call": {
        if (use.callee === value) return use.new ? [null] : [{ node, point, instruction: use }];
        const place = use.arguments.findIndex((each) => each.value === value && !each.spread);
        const edges = place === -1 ? [] : [...(pointsTo.findSite(node, point)?.edges.values() ?? [])];
        if (edges.length === 0) return [null];
        return edges.flatMap(({ callee }) => callsOfParameter(pointsTo, callee, place, depth + 1));
      }
      default:
        return [null];
    }
  });
}

/** Nothing is done with what it gives back: else it is asked, and tells nobody. */
function isUnheeded({ node, instruction: { out } }: Call): boolean {
  const isTested = node.graph.blocks.some(({ end }) => end.kind === "branch" && end.value === out);
  return (
    !isTested &&
    (node.uses[out] ?? []).every((point) => {
      const use = node.code[point];
      return use?.kind === "await" && (node.uses[use.out] ?? []).length === 0;
    })
  );
}
