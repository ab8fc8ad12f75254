/**
 * Which objects closures have written into that have captured them, by field: where the closures of many objects lie in
 * one list, what comes back from the list is only of those whose own closure wrote it.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isSlot } from "../paths/path-components.js";
import { slotNumber } from "../paths/slots.js";
import type { FunctionNode } from "../program/program.js";
import type { Fact } from "../tabulation/fact.js";

export class WrittenByClosures {
  private readonly written = new Set<string>();
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** A closure leaves something in what it has captured. */
  note(closure: FunctionNode, { path: { components }, state }: Fact): void {
    const [slot = "", next] = components;
    if (!isSlot(slot) || next === undefined) return;
    const held = this.pointsTo.slotNode(closure, slotNumber(slot)).values;
    const objects =
      next === "<box>" ? [...held].flatMap((box) => [...this.pointsTo.fieldNode(box, next).values]) : held;
    for (const object of objects) {
      const key = keyOf(object, state.field);
      if (this.written.has(key)) continue;
      this.written.add(key);
      for (const run of this.waiting.get(key) ?? []) run();
      this.waiting.delete(key);
    }
  }

  /** Does something once the closure of one of the objects has written the field into it. */
  whenWritten(objects: readonly AbstractValue[], field: FieldId, run: () => void): void {
    const keys = objects.map((object) => keyOf(object, field));
    if (keys.some((key) => this.written.has(key))) run();
    else
      for (const key of keys) {
        const list = this.waiting.get(key);
        if (list === undefined) this.waiting.set(key, [run]);
        else list.push(run);
      }
  }
}

function keyOf(object: AbstractValue, field: FieldId): string {
  return `${String(object.id)}|${field}`;
}
