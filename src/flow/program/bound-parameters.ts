/**
 * A function as it is called once some of its arguments are bound: `f.bind(null, a)` has one parameter less. What was
 * bound comes in behind all that anybody hands over by position.
 */
import type { Argument, FunctionGraph } from "../../contracts/file-graph.js";

/** A bound function is called as it is, or through its own `call` or `apply`. */
export type BoundShape = "bound" | "bound-call" | "bound-apply";

/** Nobody hands over so many arguments. */
const firstBound = 100;

function boundParameter(index: number): number {
  return firstBound + index;
}

/** What reads its `arguments` does not tell those that were bound from the others. */
export function mayBeBoundTo({ blocks }: FunctionGraph): boolean {
  return !blocks.some(({ instructions }) => instructions.some(({ kind }) => kind === "arguments"));
}

/** Bound arguments that no parameter of their own takes are the first of the rest. */
function ownParameters({ parameters }: FunctionGraph, count: number): number {
  const rest = parameters.findIndex((each) => each.rest);
  return rest === -1 ? count : Math.min(count, rest);
}

export function withoutFirst(graph: FunctionGraph, count: number): FunctionGraph {
  const own = ownParameters(graph, count);
  const moved = (index: number): number => (index < own ? boundParameter(index) : index - own);
  return {
    ...graph,
    parameters: graph.parameters.slice(own).map((each) => ({ ...each, index: moved(each.index) })),
    blocks: graph.blocks.map((block) => ({
      ...block,
      instructions: block.instructions.map((each) =>
        each.kind === "parameter" ? { ...each, index: moved(each.index) } : each,
      ),
    })),
  };
}

/** Where such a function takes the bound argument of an index: in a parameter, or as an element of its rest. */
export function boundTarget(
  graph: FunctionGraph,
  count: number,
  index: number,
): { readonly parameter: number; readonly element: string | null } {
  const own = ownParameters(graph, count);
  return index < own
    ? { parameter: boundParameter(index), element: null }
    : { parameter: 0, element: String(index - own) };
}

/** Where a bound function keeps what may come into a parameter: under the number of an argument of `bind`, and in it. */
export interface BoundPlace {
  readonly argument: number;
  readonly below: readonly string[];
}

/** What was bound for a parameter; several where a list was spread before it whose length is not known. */
export function boundPlaces(given: readonly Argument[], parameter: number): readonly BoundPlace[] {
  const places: BoundPlace[] = [];
  let spread: number | null = null;
  for (const [argument, each] of given.entries()) {
    if (argument === 0) continue;
    const position = argument - 1;
    if (each.spread) {
      spread ??= position;
      if (parameter >= position)
        places.push({ argument, below: [spread === position ? String(parameter - position) : "[]"] });
    } else if (spread === null ? position === parameter : parameter >= spread)
      places.push({ argument, below: [] });
  }
  return places;
}

/** How many arguments may have been bound, of a function that has so many parameters. */
export function boundCounts(given: readonly Argument[], parameters: number): readonly number[] {
  const [, ...others] = given;
  const least = others.filter(({ spread }) => !spread).length;
  if (least === others.length) return [least];
  const most = Math.max(least, parameters);
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}
