/** Where values go besides instructions: into what joins the ways of a function, and to the ends of its blocks. */
import type { Terminator, FunctionGraph, ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";

interface Ends {
  readonly joined: ReadonlyMap<ValueId, readonly ValueId[]>;
  readonly ended: ReadonlyMap<ValueId, ReadonlySet<Terminator["kind"]>>;
}

const known = new WeakMap<FunctionGraph, Ends>();
const none: readonly ValueId[] = [];

/** The values that this one may be, where ways come together. */
export function joinedInto({ graph }: FunctionNode, value: ValueId): readonly ValueId[] {
  return endsOf(graph).joined.get(value) ?? none;
}

/** Does a block end with it so: by giving it back, throwing it, or deciding by it? */
export function endsBlock({ graph }: FunctionNode, value: ValueId, kind: Terminator["kind"]): boolean {
  return endsOf(graph).ended.get(value)?.has(kind) === true;
}

function endsOf(graph: FunctionGraph): Ends {
  let found = known.get(graph);
  if (found === undefined) known.set(graph, (found = readEnds(graph)));
  return found;
}

function readEnds({ blocks }: FunctionGraph): Ends {
  const joined = new Map<ValueId, ValueId[]>();
  const ended = new Map<ValueId, Set<Terminator["kind"]>>();
  for (const { phis, end } of blocks) {
    for (const { inputs, out } of phis)
      for (const value of new Set(inputs.map((input) => input.value))) {
        const outs = joined.get(value);
        if (outs === undefined) joined.set(value, [out]);
        else outs.push(out);
      }
    if (!("value" in end) || end.value === null) continue;
    const kinds = ended.get(end.value);
    if (kinds === undefined) ended.set(end.value, new Set([end.kind]));
    else kinds.add(end.kind);
  }
  return { joined, ended };
}
