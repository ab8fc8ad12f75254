/**
 * Whether a value can hold the closure that a way leads through: `options.confirm.^0@17` is no way below options whose
 * `confirm` is another function. Such ways come back from functions that many call with closures of their own.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { AccessPath } from "../paths/access-path.js";
import { closure, incomingIndex, receiver } from "../tabulation/fact.js";
import type { Base, Fact } from "../tabulation/fact.js";
import { isPropertyName, isSlot } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isOfBound } from "../paths/slots.js";
import { valuesInSlot } from "../points-to/slot-values.js";

export class HeldClosures {
  private readonly known: (Map<Base, Map<AccessPath, boolean>> | undefined)[] = [];

  constructor(private readonly pointsTo: PointsTo) {}

  /** False if points-to analysis knows what lies there, and it is never the closure. */
  mayHold(node: FunctionNode, { base, path }: Fact): boolean {
    if (!path.entersClosure) return true;
    const ofNode = (this.known[node.index] ??= new Map<Base, Map<AccessPath, boolean>>());
    let ofBase = ofNode.get(base);
    if (ofBase === undefined) ofNode.set(base, (ofBase = new Map<AccessPath, boolean>()));
    let found = ofBase.get(path);
    if (found === undefined)
      ofBase.set(path, (found = this.follow(this.valuesOf(node, base), path.components)));
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
    for (const { kind } of values) if (kind !== "function" && kind !== "constant") return null;
    return isOfBound(slot) ? null : (valuesInSlot(this.pointsTo, values, slot) ?? "never");
  }

  private inObjects(values: ReadonlySet<AbstractValue>, name: string): ReadonlySet<AbstractValue> | null {
    if (!isPropertyName(name)) return null;
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
