/** Functions that have an object with them: bound to it, or fields of it that are arrow functions, wrapped or not. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { isBinding } from "../program/bind-calls.js";
import { heldInSlot } from "../program/captured-from.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isPropertyName } from "../paths/path-components.js";
import { slotOf } from "../paths/slots.js";
import { definitionOf } from "../paths/value-places.js";

/** The slots that lead to an object, beginning with one of the function that is asked. */
type SlotWay = readonly string[];

const none: readonly never[] = [];
/** Wrappers around a function: `logged(once(() => this.save()))`. */
const deepestWrapped = 3;
/** Of the ways through wrappers; what is told at once is never too much. */
const mostWays = 12;
/** A wrapper that more functions share is not looked into. */
const mostWrapped = 24;

/**
 * The ways through slots of the function that a call or a read gives at which a value lies: `stock.add.bind(stock)` has
 * it as `^bound0`, `stock.add` as its `this`, where that is `add = (item) => this.items.push(item)`, and as the `this` of
 * what it has captured, where that is `add = traced((item) => this.items.push(item))`.
 */
export function waysHolding(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  value: ValueId,
): readonly SlotWay[] {
  const instruction = node.code[point];
  if (instruction?.kind === "load")
    return instruction.object === value ? waysToOwner(pointsTo, node, instruction.out, value) : none;
  const site = pointsTo.findSite(node, point);
  if (site?.instruction.kind !== "call" || !/\.bind$/u.test(site.instruction.name)) return none;
  if (!isBinding(pointsTo, site)) return none;
  return site.instruction.arguments.flatMap((argument, index) =>
    argument.value === value && !argument.spread ? [[`^bound${String(index)}`]] : [],
  );
}

/** The ways to what may be an object, in a function that was read from it or a literal of functions. */
export function waysToOwner(
  pointsTo: PointsTo,
  node: FunctionNode,
  read: ValueId,
  object: ValueId,
): readonly SlotWay[] {
  let ofNode = toOwner.get(node);
  if (ofNode === undefined) toOwner.set(node, (ofNode = new Map<string, readonly SlotWay[]>()));
  const key = `${String(read)} ${String(object)}`;
  let ways = ofNode.get(key);
  if (ways === undefined) ofNode.set(key, (ways = findWaysToOwner(pointsTo, node, read, object)));
  return ways;
}

/** Asked for every fact that comes to a read. */
const toOwner = new WeakMap<FunctionNode, Map<string, readonly SlotWay[]>>();

function findWaysToOwner(
  pointsTo: PointsTo,
  node: FunctionNode,
  read: ValueId,
  object: ValueId,
): readonly SlotWay[] {
  const objects = pointsTo.valuesOf(node, object);
  const found = new Map<string, SlotWay>();
  for (const value of pointsTo.valuesOf(node, read))
    for (const { way, owners } of ownersBehind(pointsTo, value))
      if (objects.size === 0 ? way.length === 1 : [...owners].some((owner) => objects.has(owner)))
        found.set(way.join("."), way);
  const ways = [...found.values()];
  return [
    ...ways.filter(({ length }) => length === 1),
    ...ways.filter(({ length }) => length > 1).slice(0, mostWays),
  ];
}

/** A way in a closure to the receiver of the method that made it, or one behind it, and what that may be. */
interface OwnerBehind {
  readonly way: SlotWay;
  readonly owners: ReadonlySet<AbstractValue>;
}

const known = new WeakMap<AbstractValue, readonly OwnerBehind[]>();

function ownersBehind(pointsTo: PointsTo, value: AbstractValue): readonly OwnerBehind[] {
  let found = known.get(value);
  if (found === undefined) known.set(value, (found = findOwners(pointsTo, value, deepestWrapped)));
  return found;
}

function findOwners(pointsTo: PointsTo, value: AbstractValue, depth: number): readonly OwnerBehind[] {
  switch (value.kind) {
    case "bound": {
      const site = pointsTo.sites.get(value.site);
      const [self] = site?.instruction.kind === "call" ? site.instruction.arguments : none;
      return site === undefined || self === undefined || self.spread
        ? none
        : [{ way: ["^bound0"], owners: pointsTo.valuesOf(site.caller, self.value) }];
    }
    case "function":
      return value.function.graph.captures.flatMap(({ mode }, slot): readonly OwnerBehind[] => {
        const held = pointsTo.slotNode(value.function, slot).values;
        const way = [slotOf(value.function, slot)];
        if (mode === "value" && isReceiver(pointsTo, value.function, slot)) return [{ way, owners: held }];
        if (depth === 0) return none;
        const isBox = mode === "box";
        const inner = isBox ? [...held].flatMap((box) => [...pointsTo.fieldNode(box, "<box>").values]) : held;
        return below(pointsTo, inner, isBox ? [...way, "<box>"] : way, depth - 1);
      });
    case "object":
      // `actions = { show: () => this.plate }`
      return depth < deepestWrapped || value.array
        ? none
        : [...pointsTo.fieldsOf(value)].flatMap(([name, field]) =>
            isPropertyName(name) && name !== "*" ? below(pointsTo, field.values, [name], depth - 1) : none,
          );
    default:
      return none;
  }
}

function below(
  pointsTo: PointsTo,
  values: Iterable<AbstractValue>,
  way: SlotWay,
  depth: number,
): readonly OwnerBehind[] {
  const functions = [...values].filter(({ kind }) => kind === "function" || kind === "bound");
  if (functions.length > mostWrapped) return none;
  return functions.flatMap((inner) =>
    findOwners(pointsTo, inner, depth).map((behind) => ({ ...behind, way: [...way, ...behind.way] })),
  );
}

/** The slot holds the `this` of the function around, under whatever name (`const self = this`). */
function isReceiver(pointsTo: PointsTo, closure: FunctionNode, slot: number): boolean {
  if (closure.graph.captures[slot]?.name === "this") return closure.graph.capturesThis;
  const held = heldInSlot(pointsTo, closure, slot);
  return held !== null && definitionOf(held.node, held.value)?.kind === "this";
}
