/** What a property of an object tells that is made in the same function. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import { dominatorsOf } from "../ages/dominators.js";
import { mayBe, type Outcome } from "./outcome.js";

/** What a function puts into one object. */
interface Fillings {
  readonly stores: { readonly store: InstructionOf<"store">; readonly point: number }[];
  readonly copies: { readonly source: ValueId; readonly point: number }[];
}

const nothing: Fillings = { stores: [], copies: [] };
const known = new WeakMap<FunctionNode, ReadonlyMap<ValueId, Fillings>>();

function fillingsIn(node: FunctionNode): ReadonlyMap<ValueId, Fillings> {
  const found = known.get(node);
  if (found !== undefined) return found;
  const index = new Map<ValueId, Fillings>();
  const of = (target: ValueId): Fillings => {
    const object = originOf(node, target);
    const fillings = index.get(object) ?? { stores: [], copies: [] };
    index.set(object, fillings);
    return fillings;
  };
  for (const [point, each] of node.code.entries()) {
    if (each.kind === "store") of(each.object).stores.push({ store: each, point });
    if (each.kind === "copy-properties") of(each.target).copies.push({ source: each.source, point });
  }
  known.set(node, index);
  return index;
}

/**
 * Everything that is written under the name, or under one that only the run knows, tells so, and so does what is
 * copied in behind; where nothing is written, that nothing is there.
 */
export function writtenPropertyTells(
  node: FunctionNode,
  object: ValueId,
  name: string,
  outcome: Outcome,
  tells: (value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean,
): boolean {
  const { stores, copies: all } = fillingsIn(node).get(object) ?? nothing;
  const named = stores.filter(
    ({ store: { property } }) => property.kind === "name" && property.name === name,
  );
  const others = stores.filter(({ store: { property } }) => property.kind === "computed");
  const last = named.findLast(({ store }) => store.initial)?.point ?? -1;
  const copies = all.filter(({ point }) => point > last).map(({ source }) => source);
  if (mayBe(undefined, outcome) && last === -1 && copies.length === 0)
    if (!named.some(({ point }) => isSetBeforeRead(node, object, name, point))) return false;
  return (
    [...named, ...others].every(({ store }) => tells(store.value, outcome, false)) &&
    copies.every((source) => tells(source, { test: outcome.test, path: [name, ...outcome.path] }, false))
  );
}

/** Wherever the property is read, or else the function left, the store has been passed: `if (web) gate.ask = ask` is not. */
function isSetBeforeRead(node: FunctionNode, object: ValueId, name: string, stored: number): boolean {
  const dominators = dominatorsOf(node);
  const block = node.blockOf[stored] ?? -1;
  const reads = node.code.flatMap((each, point) =>
    each.kind === "load" &&
    each.property.kind === "name" &&
    each.property.name === name &&
    originOf(node, each.object) === object
      ? [point]
      : [],
  );
  if (reads.length > 0)
    return reads.every((point) => {
      const at = node.blockOf[point] ?? -1;
      return at === block ? stored < point : dominators[at]?.has(block) === true;
    });
  return node.graph.blocks.every(
    ({ end }, position) => end.kind !== "return" || dominators[position]?.has(block) === true,
  );
}
