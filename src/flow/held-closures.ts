/**
 * Whether a value can hold the closure that a way leads through: `options.confirm.^0@17` is no way below options whose
 * `confirm` is another function. Such ways come back from functions that many call with closures of their own.
 */
import type { AbstractValue } from "./abstract-value.js";
import { closure, incomingIndex, receiver } from "./fact.js";
import type { Base, Fact } from "./fact.js";
import { isHidden, isIndex, isRound, isSlot } from "./path-components.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { slotNumber } from "./slots.js";

export class HeldClosures {
  private readonly known: (Map<number, boolean> | undefined)[] = [];

  constructor(private readonly pointsTo: PointsTo) {}

  /** False if points-to analysis knows what lies there, and it is never the closure. */
  mayHold(node: FunctionNode, fact: Fact): boolean {
    if (!fact.path.components.some(isSlot)) return true;
    const ofNode = (this.known[node.index] ??= new Map<number, boolean>());
    const key = fact.path.id * (2 * node.definitions.length + 4096) + fact.base + 2048;
    let found = ofNode.get(key);
    if (found === undefined)
      ofNode.set(key, (found = this.follow(this.valuesOf(node, fact.base), fact.path.components)));
    return found;
  }

  private follow(start: ReadonlySet<AbstractValue> | null, components: readonly string[]): boolean {
    let values = start;
    for (const component of components) {
      if (values === null || values.size === 0) return true;
      const next = isSlot(component) ? this.inClosures(values, component) : this.inObjects(values, component);
      if (next === "never") return false;
      values = next;
    }
    return true;
  }

  private inClosures(
    values: ReadonlySet<AbstractValue>,
    slot: string,
  ): ReadonlySet<AbstractValue> | "never" | null {
    const number = slotNumber(slot);
    if (Number.isNaN(number)) return null;
    const found = new Set<AbstractValue>();
    let isHeld = false;
    for (const value of values) {
      if (value.kind === "constant") continue;
      if (value.kind !== "function") return null;
      if (!slot.endsWith(`@${String(value.function.slotKey)}`)) continue;
      isHeld = true;
      for (const each of this.pointsTo.slotNode(value.function, number).values) found.add(each);
    }
    return isHeld ? found : "never";
  }

  private inObjects(values: ReadonlySet<AbstractValue>, name: string): ReadonlySet<AbstractValue> | null {
    if (isHidden(name) || isRound(name) || isIndex(name) || /^[[<=!*]/u.test(name)) return null;
    const found = new Set<AbstractValue>();
    for (const value of values) {
      if (value.kind === "constant") continue;
      if (value.kind !== "object" && value.kind !== "instance") return null;
      const fields = this.pointsTo.fieldsOf(value);
      if ((fields.get("[]")?.values.size ?? 0) > 0) return null;
      const field = fields.get(name);
      if (field === undefined || field.values.size === 0) return null;
      for (const each of field.values) found.add(each);
    }
    return found;
  }

  private valuesOf(node: FunctionNode, base: Base): ReadonlySet<AbstractValue> | null {
    if (base >= 0) return this.pointsTo.valuesOf(node, base);
    if (base === receiver) return this.pointsTo.receiverNode(node).values;
    if (base === closure) return new Set([this.pointsTo.values.function(node)]);
    const index = incomingIndex(base);
    return index === null ? null : this.pointsTo.parameterNode(node, index).values;
  }
}
