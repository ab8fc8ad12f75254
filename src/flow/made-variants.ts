/**
 * Objects that the program makes in several forms (`{ ok: true, value }`, `{ ok: false, error }`): where a test tells
 * which form a value has, what only the others hold is not in it. Told by all that is written into the tested member,
 * not by what is known to arrive there.
 */
import type { ValueId } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { ClassTests } from "./class-tests.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { isToldInFull } from "./property-keys.js";
import { passes } from "./union-members.js";
import type { MemberTest } from "./union-members.js";
import { writersOf } from "./writers.js";

const mostForms = 64;
const deepest = 8;

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
      if (++count > mostForms) return false;
      const holds = this.classes.mayHold(value, name);
      const passing = this.mayPass(value, test);
      if (holds && passing) return false;
      isHeld ||= holds;
      isPassed ||= passing;
    }
    // Where none passes, what comes from outside is what the test is for.
    return isHeld && isPassed;
  }

  private mayPass(value: AbstractValue, test: MemberTest): boolean {
    const isPlain = value.kind === "object" && !value.array;
    if ((!isPlain && value.kind !== "instance") || this.classes.isFilled(value)) return true;
    const written = writersOf(this.pointsTo).ofField(value, test.name);
    // A member of a class may be declared without being written.
    if (written.length === 0) return !isPlain || isPassedBy(undefined, test);
    return written.some(
      (writer) =>
        !this.isTold(writer.node, writer.value, 0) ||
        [...this.pointsTo.valuesOf(writer.node, writer.value)].some(
          (each) => each.kind !== "constant" || isPassedBy(each.value, test),
        ),
    );
  }

  /** Nothing but what is known can be written: constants, what is made of them, and parameters that are given those. */
  private isTold(node: FunctionNode, value: ValueId, depth: number): boolean {
    if (!isToldInFull(this.pointsTo, node, value, 0) || depth > deepest) return false;
    const definition = node.definitions[value];
    if (definition?.kind === "phi")
      return definition.phi.inputs.every(
        (input) => input.value === value || this.isTold(node, input.value, depth + 1),
      );
    if (definition?.kind !== "instruction") return false;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
        return this.isTold(node, instruction.value, depth + 1);
      case "unary":
        return this.isTold(node, instruction.operand, depth + 1);
      case "binary":
        return (
          this.isTold(node, instruction.left, depth + 1) && this.isTold(node, instruction.right, depth + 1)
        );
      case "load":
        return this.isOfLiteral(node, instruction.object, depth);
      case "call":
        return false;
      default:
        return true;
    }
  }

  /** `Status.Done`: a member of objects that the program writes out. */
  private isOfLiteral(node: FunctionNode, object: ValueId, depth: number): boolean {
    if (!this.isTold(node, object, depth + 1)) return false;
    for (const value of this.pointsTo.valuesOf(node, object))
      if (value.kind !== "object" || value.array || this.classes.isFilled(value)) return false;
    return true;
  }
}

function isPassedBy(value: string | number | boolean | null | undefined, test: MemberTest): boolean {
  if (value !== undefined) return passes(value, test);
  if (test.constant === null) return !test.holds;
  // Comparison by `==` does not tell it from null.
  return test.constant.value === null || !test.holds;
}
