/**
 * Entries made from pairs (`new Map([["keep", save], ["hide", drop]])`): each value goes under the key that stands
 * beside it, not under every key of the list.
 */
import type { Address, AddressStep } from "../../contracts/model.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";

interface Pair {
  /** From the operand to the list of pairs. */
  readonly list: readonly AddressStep[];
  readonly key: readonly string[];
  readonly value: readonly string[];
}

/** `arg0[].1 -> return[arg0[].0]`: where in one element the value and its key stand; null for other flows. */
export function pairOf(from: Address, to: Address): Pair | null {
  const entry = to.steps.at(-1);
  if (entry?.kind !== "entry" || entry.path === true) return null;
  const position = from.steps.findIndex((step) => step.kind === "element");
  const isSame = from.root.kind === "argument" && entry.key.root.kind === "argument";
  if (!isSame || position === -1 || from.root.index !== entry.key.root.index) return null;
  if (entry.key.steps[position]?.kind !== "element") return null;
  const key = namesOf(entry.key.steps.slice(position + 1));
  const value = namesOf(from.steps.slice(position + 1));
  return key === null || value === null ? null : { list: from.steps.slice(0, position), key, value };
}

function namesOf(steps: readonly AddressStep[]): readonly string[] | null {
  const names = steps.flatMap((step) => (step.kind === "property" ? [step.name] : []));
  return names.length === steps.length ? names : null;
}

/** Puts the value of each pair in `list` under its key in what `container` is. */
export function connectPairs(
  pointsTo: PointsTo,
  list: PointerNode,
  container: PointerNode,
  { key, value }: Pair,
): void {
  const { graph } = pointsTo;
  graph.onValue(list, (array) => {
    graph.onValue(pointsTo.fieldNode(array, "*"), (pair) => {
      const values = below(pointsTo, pair, value);
      const keys = below(pointsTo, pair, key);
      graph.onValue(container, (target) => {
        graph.onValue(keys, (each) => {
          graph.edge(values, pointsTo.fieldNode(target, entryName(target, each)));
        });
        // Of keys that come from nowhere nothing is known: `Object.entries(given).map(([name, make]) => [name, wrap(make)])`.
        graph.onQuiet(() => {
          if (keys.isEmpty && !values.isEmpty)
            graph.edge(values, pointsTo.fieldNode(target, unknownEntry(target)));
          return !keys.isEmpty || !values.isEmpty;
        });
      });
    });
  });
}

function below(pointsTo: PointsTo, value: AbstractValue, names: readonly string[]): PointerNode {
  const [name, ...rest] = names;
  if (name === undefined) return pointsTo.graph.nothing;
  const node = pointsTo.fieldNode(value, name);
  if (rest.length === 0) return node;
  const out = pointsTo.graph.create();
  pointsTo.graph.onValue(node, (each) => {
    pointsTo.graph.edge(below(pointsTo, each, rest), out);
  });
  return out;
}

/** A map's entry by its key, a property of an object by its name; `=*` and `[]` where the key is not known. */
function entryName(target: AbstractValue, key: AbstractValue): string {
  if (key.kind !== "constant") return unknownEntry(target);
  return isMap(target) ? `=${String(key.value)}` : String(key.value);
}

function unknownEntry(target: AbstractValue): string {
  return isMap(target) ? "=*" : "[]";
}

function isMap(target: AbstractValue): boolean {
  return target.kind === "foreign";
}
