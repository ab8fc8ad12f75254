/** At which place the properties of a literal stand where all are listed: `Object.values({ id, name })[1]`. */
import type { PropertyName, ValueId } from "../../contracts/file-graph.js";
import { isIndex } from "../paths/path-components.js";
import { isChosenLater, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** `Object.values`, and what only writes an object out. */
const lookingCalls = /^(?:Object(?:Constructor)?\.(?:values|entries|keys)|JSON\.stringify|[Cc]onsole\.\w+)$/u;

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
          // A getter may take properties away.
          if (use.object !== alias || pointsTo.findSite(node, point) !== undefined) return null;
          break;
        case "store":
          if (use.object !== alias || use.accessor !== undefined || !isInOrder(use.property)) return null;
          if (use.initial && !names.includes(use.property.name)) names.push(use.property.name);
          break;
        case "copy-properties":
          if (use.target === alias) return null;
          break;
        case "call":
          if (use.receiver === alias || !isOnlyLookedAt(pointsTo, node, point)) return null;
          break;
        default:
          return null;
      }
    }
  }
  return names;
}

/** Numbers stand before all names, and the prototype is no property. */
function isInOrder(property: PropertyName): property is Extract<PropertyName, { kind: "name" }> {
  return property.kind === "name" && !isIndex(property.name) && property.name !== "__proto__";
}

/** Nothing is called but functions that change no object and keep none: others may add a name or take one away. */
function isOnlyLookedAt(pointsTo: PointsTo, node: FunctionNode, point: number): boolean {
  const site = pointsTo.findSite(node, point);
  return (
    site !== undefined &&
    site.edges.size === 0 &&
    site.callbacks.size === 0 &&
    site.foreign.size > 0 &&
    [...site.foreign].every(
      ({ module, path }) => /^(?:lib|global)$/u.test(module) && lookingCalls.test(path.join(".")),
    )
  );
}
