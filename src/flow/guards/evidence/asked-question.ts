import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import type { Receiver } from "./same-receiver.js";
import type { Outcome } from "./outcome.js";
import { outcomeKey } from "./outcome.js";
import type { Reliance } from "./reliance.js";

/** A choice that is looked at. What goes round in a loop tells what comes into it: it is taken for granted meanwhile. */
interface Active {
  readonly position: number;
  /** How many answers rested on something when it began. */
  readonly restingBefore: number;
}

const nothing = Infinity;

/** What holds while one question is answered. */
export class AskedQuestion {
  depth = 0;
  private readonly active = new Map<string, Active>();
  private readonly told = new Map<string, boolean>();
  /** Answers that rest on what is taken for granted, with the outermost of it, in the order they came. */
  private readonly provisional = new Map<string, number>();
  private readonly resting: string[] = [];
  /** The outermost choice that was taken for granted for what is being answered. */
  private granted = nothing;

  constructor(
    /** The class of `this` in the function that is looked at, where it is known. */
    readonly self: Receiver | null,
    /** Answers that hold for every question of the kind. */
    private readonly kept: Map<string, boolean>,
    private readonly reliance: Reliance,
  ) {}

  /**
   * Answers once what many ways ask: objects that are copied into each other are asked exponentially often else.
   * What rests on nothing that may change is kept for other questions. As more is found open, a value only ever
   * becomes silent: one that is silent stays so.
   */
  remembered(lasting: string, soFar: string, answer: () => boolean): boolean {
    const always = this.kept.get(lasting);
    if (always !== undefined) return always;
    const key = lasting + soFar;
    const known = this.told.get(key);
    if (known !== undefined) {
      this.reliance.onTold(known);
      return known;
    }
    const resting = this.provisional.get(key);
    if (resting !== undefined) {
      this.granted = Math.min(this.granted, resting);
      return true;
    }
    const before = this.granted;
    const { cuts, unsettled } = this.reliance;
    this.granted = nothing;
    const found = answer();
    const own = this.granted;
    // What is taken for granted only ever helps a value to tell: one that is silent all the same stays so.
    this.granted = found ? Math.min(before, own) : before;
    if (!found || own === nothing) {
      const isLasting = found ? this.reliance.unsettled === unsettled : this.reliance.cuts === cuts;
      if (isLasting) this.kept.set(lasting, found);
      else this.told.set(key, found);
    } else {
      this.provisional.set(key, own);
      this.resting.push(key);
    }
    return found;
  }

  /** What is being asked already goes round, and tells what comes into it. */
  once(key: string, answer: () => boolean): boolean {
    const asked = this.active.get(key);
    if (asked !== undefined) {
      this.granted = Math.min(this.granted, asked.position);
      return true;
    }
    const active: Active = { position: this.active.size, restingBefore: this.resting.length };
    this.active.set(key, active);
    const before = this.granted;
    this.granted = nothing;
    let found = false;
    try {
      found = answer();
    } finally {
      this.active.delete(key);
      const own = this.granted < active.position ? this.granted : nothing;
      this.settle(active, found, own);
      this.granted = found ? Math.min(before, own) : before;
    }
    return found;
  }

  /** What rested on the choice holds, rests on those outside it, or is to be asked anew. */
  private settle({ position, restingBefore }: Active, found: boolean, own: number): void {
    const since = this.resting.splice(restingBefore);
    for (const key of since) {
      const granted = this.provisional.get(key) ?? nothing;
      if (!found) this.provisional.delete(key);
      else if (granted < position || own !== nothing) {
        this.provisional.set(key, Math.min(granted, own));
        this.resting.push(key);
      } else {
        this.provisional.delete(key);
        this.told.set(key, true);
      }
    }
  }
}

export function askedKey(node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean): string {
  return `${String(node.index)}:${String(value)}:${isAwaited ? "a" : ""}${outcomeKey(outcome)}`;
}
