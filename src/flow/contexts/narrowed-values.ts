/** What an operand of a call may be in one run, where that is less than what all callers hand over. */
import type { ValueId } from "../../contracts/file-graph.js";
import { areAllKnown } from "../constants/complete-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { distinguishes, isPattern } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isUnseenFunction } from "../points-to/unseen-functions.js";
import type { FunctionNode } from "../program/program.js";
import type { Context } from "./context.js";
import { isNothing, type ContextValues } from "./context-values.js";

const none: ReadonlySet<AbstractValue> = new Set();
const mostObjects = 3;

export class NarrowedValues {
  /** Stands for objects of which nothing is known. */
  private readonly elsewhere: AbstractValue | null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {
    this.elsewhere = pointsTo.values.foreign("elsewhere", [], null);
  }

  /** The callable or object values of an operand, if they are fewer than what all callers together hand over. */
  of(
    caller: Context,
    node: FunctionNode,
    value: ValueId,
    all: ReadonlySet<AbstractValue>,
    /** Code outside of the program may call the callee with other objects. */
    isOutside: () => boolean = () => false,
  ): ReadonlySet<AbstractValue> | null {
    if (![...all].some((each) => this.tellsRuns(each))) return null;
    const own = this.values.valuesIn(caller, node, value);
    if (own !== null) {
      // What is left out is none of what others hand over.
      if (own.size > 0 && [...own].every(isNothing) && areAllKnown(this.pointsTo, caller, node, value))
        return own;
      const kept =
        fewer(own, all, (each) => this.tellsRuns(each)) ?? (isOutside() && isFewObjects(own) ? own : null);
      // What may also come from elsewhere is not decided by the literal that stands for it otherwise: `given ?? {}`.
      const isOpen =
        kept !== null &&
        [...kept].some((each) => each.kind === "object" && !each.array) &&
        !areAllKnown(this.pointsTo, caller, node, value);
      return isOpen && this.elsewhere !== null ? new Set([...kept, this.elsewhere]) : kept;
    }
    // A function from outside, of which nothing is seen, is none of those that other callers hand over.
    return isUnseenFunction(this.pointsTo, node, value) ? none : null;
  }

  /**
   * Also functions of the library that are handed over, and patterns: `map(result, String)` is not
   * `map(result, lengthOf)`, and `without(row, /phone/)` not `without(row, /mail/)`.
   */
  private tellsRuns(value: AbstractValue): boolean {
    if (distinguishes(value) || isPattern(value)) return true;
    return (
      value.kind === "foreign" &&
      value.site === null &&
      value.module === "global" &&
      this.pointsTo.catalogue.match(value.module, value.path, "call").length > 0
    );
  }
}

/** The callable or object values of one run, if they are some of those of all runs and not all. */
export function fewer(
  own: ReadonlySet<AbstractValue>,
  all: ReadonlySet<AbstractValue>,
  tells: (value: AbstractValue) => boolean = distinguishes,
): ReadonlySet<AbstractValue> | null {
  const kept = [...own].filter(tells);
  const wanted = [...all].filter(tells).length;
  return kept.length === 0 || kept.length >= wanted ? null : new Set(kept);
}

/** Literals that say what a function is to do: options, actions. */
function isFewObjects(values: ReadonlySet<AbstractValue>): boolean {
  return values.size <= mostObjects && [...values].every((each) => each.kind === "object" && !each.array);
}
