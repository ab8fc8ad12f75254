/**
 * Questions for the names of what values are made of, one behind the other. What is asked already goes round and adds
 * nothing; an answer that rests on such a cut holds for the question that was asked, and is found anew for another.
 */
import type { ReadValues } from "../program/read-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";

type Names = readonly string[];

/** Values behind one another that are looked at. */
const longestChain = 24;
const none: Names = [];

export class NameWalk {
  /** What is being asked, with its position. */
  private readonly within = new Map<AbstractValue, number>();
  private readonly lasting = new Map<AbstractValue, Names>();
  /** Answers that rest on a cut, with the position of the outermost value that was cut off. */
  private readonly provisional = new Map<AbstractValue, readonly [Names, number]>();
  /** The outermost position that something was cut off at, for what is being answered. */
  private outermost = Infinity;

  constructor(readonly read: ReadValues) {}

  /** True if it is being asked already, which cuts off what it would add. */
  goesRound(value: AbstractValue): boolean {
    const position = this.within.get(value);
    if (position !== undefined) this.cut(position);
    return position !== undefined;
  }

  namesOf(value: AbstractValue, find: () => Names): Names {
    const lasting = this.lasting.get(value);
    if (lasting !== undefined) return lasting;
    const [known, cutAt] = this.provisional.get(value) ?? [null, Infinity];
    if (known !== null) {
      this.cut(cutAt);
      return known;
    }
    if (this.goesRound(value)) return none;
    const position = this.within.size;
    if (position > longestChain) {
      this.cut(0);
      return none;
    }
    return this.answer(value, position, find);
  }

  private answer(value: AbstractValue, position: number, find: () => Names): Names {
    const before = this.outermost;
    this.outermost = Infinity;
    this.within.set(value, position);
    try {
      const found = find();
      if (this.outermost < position) this.provisional.set(value, [found, this.outermost]);
      else this.settle(value, position, found);
      return found;
    } finally {
      this.within.delete(value);
      // Where the first question failed, too, nothing of it is left.
      if (position === 0) this.provisional.clear();
      this.outermost = position === 0 ? Infinity : Math.min(before, this.outermost);
    }
  }

  /** What rested on the value alone is found anew, now that its own names are known. */
  private settle(value: AbstractValue, position: number, names: Names): void {
    this.lasting.set(value, names);
    if (this.outermost === Infinity) return;
    for (const [each, [, cutAt]] of this.provisional) if (cutAt >= position) this.provisional.delete(each);
  }

  private cut(position: number): void {
    this.outermost = Math.min(this.outermost, position);
  }
}
