/**
 * Accessors that are given to an object by the library: `Object.defineProperty(Card.prototype, "title", { get() { … } })`.
 * They are run where the property is read or written, on the object that it is read from.
 */
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import { isHidden, isPropertyName } from "../paths/path-components.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

const kinds = ["get", "set"] as const;

export function addDefinedAccessors(
  pointsTo: PointsTo,
  { module, path }: Foreign,
  { arguments: given, out }: Operands,
): void {
  if (module !== "global" || given.slice(0, 3).some(({ spread }) => spread)) return;
  const [first, second, third] = given;
  const name = path.join(".");
  if (name === "Object.create" && second !== undefined) defineAll(pointsTo, out, second.node);
  if (first === undefined || second === undefined) return;
  if (name === "Object.defineProperties") defineAll(pointsTo, first.node, second.node);
  if (third !== undefined && /^(?:Object|Reflect)\.defineProperty$/u.test(name))
    pointsTo.graph.onValue(second.node, (key) => {
      if (key.kind === "constant") define(pointsTo, first.node, String(key.value), third.node);
    });
}

function defineAll(pointsTo: PointsTo, target: PointerNode, all: PointerNode): void {
  pointsTo.graph.onValue(all, (descriptors) => {
    if (descriptors.kind !== "object") return;
    pointsTo.onField(descriptors, (name, descriptor) => {
      if (isPropertyName(name) && !isHidden(name) && name !== "*") define(pointsTo, target, name, descriptor);
    });
  });
}

function define(pointsTo: PointsTo, target: PointerNode, name: string, by: PointerNode): void {
  const { graph } = pointsTo;
  graph.onValue(by, (descriptor) => {
    if (descriptor.kind !== "object") return;
    for (const kind of kinds)
      graph.onValue(pointsTo.fieldNode(descriptor, kind), (accessor) => {
        if (accessor.kind !== "function") return;
        graph.onValue(target, (object) => {
          graph.add(pointsTo.fieldNode(object, `${kind} ${name}`), accessor);
        });
      });
  });
}
