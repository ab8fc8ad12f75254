/**
 * Objects of one kind that the program makes in several forms (`{ ok: true, value }`, `{ ok: false, error }`): where a
 * test tells which form a value has, what only the others hold is not in it.
 */
import type { AbstractValue } from "./abstract-value.js";
import type { ClassTests } from "./class-tests.js";
import type { PointsTo } from "./points-to.js";
import type { MemberTest } from "./union-members.js";

const mostForms = 24;

export class MadeVariants {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly classes: ClassTests,
  ) {}

  /** True if of these objects some have data under the name, and none of those that pass the test. */
  excludes(name: string, test: MemberTest, values: Iterable<AbstractValue>): boolean {
    if (/^(?:<|\^|\[|=|\*|!)/u.test(name) || name === test.name) return false;
    let isHeld = false;
    let isPassed = false;
    let count = 0;
    for (const value of values) {
      if (value.kind === "constant") continue;
      if (value.kind !== "object" || ++count > mostForms) return false;
      const holds = this.classes.mayHold(value, name);
      const passes = this.mayPass(value, test);
      if (holds && passes) return false;
      isHeld ||= holds;
      isPassed ||= passes;
    }
    // Where none passes, what comes from outside is what the test is for.
    return isHeld && isPassed;
  }

  private mayPass(value: AbstractValue, { name, constant, holds }: MemberTest): boolean {
    if (this.classes.isFilled(value)) return true;
    const { values } = this.pointsTo.fieldNode(value, name);
    if (values.size === 0 || this.pointsTo.fieldsOf(value).get("[]")?.isEmpty === false) return true;
    for (const each of values) {
      if (each.kind !== "constant") return true;
      const isMeant = constant === null ? Boolean(each.value) : each.value === constant.value;
      if (isMeant === holds) return true;
    }
    return false;
  }
}
