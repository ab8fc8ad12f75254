/** At which place the properties of a literal stand where all are listed: `Object.values({ id, name })[1]`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { isIndex } from "../paths/path-components.js";
import { originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const known = new WeakMap<FunctionNode, Map<ValueId, readonly string[] | null>>();

/** Null where it is not known: another object, one that others may change, or a property that came later. */
export function placeOfName(
  pointsTo: PointsTo,
  { caller }: CallSite,
  object: ValueId,
  name: string,
): number | null {
  const literal = originOf(caller, object);
  let ofNode = known.get(caller);
  if (ofNode === undefined) known.set(caller, (ofNode = new Map<ValueId, readonly string[] | null>()));
  let names = ofNode.get(literal);
  if (names === undefined) ofNode.set(literal, (names = namesInOrder(pointsTo, caller, literal)));
  const place = names?.indexOf(name) ?? -1;
  return place === -1 ? null : place;
}

/** The names that a literal begins with; what is stored later stands behind them. */
function namesInOrder(pointsTo: PointsTo, node: FunctionNode, literal: ValueId): readonly string[] | null {
  const made = node.definitions[literal];
  if (made?.kind !== "instruction" || made.instruction.kind !== "object") return null;
  const names: string[] = [];
  const aliases = new Set([literal]);
  for (const alias of aliases) {
    if (isChosenLater(node, alias)) return null;
    for (const point of node.uses[alias] ?? []) {
      const use = node.code[point];
      switch (use?.kind) {
        case "declare":
        case "cast":
          aliases.add(use.out);
          break;
        case "load":
          if (use.object !== alias) return null;
          break;
        case "store":
          // Numbers stand before all names.
          if (use.object !== alias || use.property.kind !== "name" || isIndex(use.property.name)) return null;
          if (use.initial && !names.includes(use.property.name)) names.push(use.property.name);
          break;
        case "copy-properties":
          if (use.target === alias) return null;
          break;
        case "call":
          // A function of the program's own may take properties away.
          if (use.receiver === alias || pointsTo.findSite(node, point)?.edges.size !== 0) return null;
          break;
        default:
          return null;
      }
    }
  }
  return names;
}

function isChosenLater(node: FunctionNode, value: ValueId): boolean {
  return node.graph.blocks.some(({ phis }) =>
    phis.some(({ inputs }) => inputs.some((input) => input.value === value)),
  );
}
