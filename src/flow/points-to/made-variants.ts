/**
 * Objects that the program makes in several forms (`{ ok: true, value }`, `{ ok: false, error }`): where a test tells
 * which form a value has, what only the others hold is not in it. Told by all that is written into the tested member,
 * not by what is known to arrive there.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { ClassTests } from "../ways/class-tests.js";
import type { MadeProperties } from "../heap/made-properties.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isIndex } from "../paths/path-components.js";
import { isToldInFull } from "./property-keys.js";
import { passes } from "../ways/member-test.js";
import type { MemberTest, PropertyTest } from "../ways/member-test.js";
import { writersOf } from "./writers.js";

const mostForms = 64;
const deepest = 8;

export class MadeVariants {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly classes: ClassTests,
    private readonly made: MadeProperties,
  ) {}

  /**
   * Those of these objects that pass the test and may have data under the name; null where others have none for
   * certain, so that the data need not be theirs.
   */
  holders(
    name: string,
    test: MemberTest | PropertyTest,
    values: Iterable<AbstractValue>,
  ): readonly AbstractValue[] | null {
    if (/^(?:<|\^|\[|=|\*|!)/u.test(name) || name === testedName(test)) return null;
    const found: AbstractValue[] = [];
    let isElsewhere = false;
    let isPassed = false;
    let count = 0;
    for (const value of values) {
      if (value.kind === "constant") continue;
      if (++count > mostForms) return null;
      const holds = this.classes.mayHold(value, name);
      const passing = this.mayPass(value, test);
      if (holds && passing) found.push(value);
      isElsewhere ||= holds && !passing;
      isPassed ||= passing;
    }
    // Where none passes, what comes from outside is what the test is for.
    return isElsewhere && isPassed ? found : null;
  }

  /** The object may be one that passes. */
  mayPass(value: AbstractValue, test: MemberTest | PropertyTest): boolean {
    if ("has" in test) return !this.made.fails(value, test);
    const isPlain = value.kind === "object" && (!value.array || this.isTuple(value, test.name));
    if ((!isPlain && value.kind !== "instance") || this.classes.isFilledBeside(value, test.name)) return true;
    const written = writersOf(this.pointsTo).ofField(value, test.name);
    // A member of a class may be declared without being written.
    if (written.length === 0) return !isPlain || isPassedBy(undefined, test);
    if (!written.every((writer) => this.isTold(writer.node, writer.value, 0))) return true;
    // What the constructor of many objects puts there is another value for each of them.
    const values = [...this.pointsTo.fieldNode(value, test.name).values];
    return (
      values.length === 0 || values.some((each) => each.kind !== "constant" || isPassedBy(each.value, test))
    );
  }

  /** A list that is only filled where it is written out. */
  private isTuple(value: AbstractValue, index: string): boolean {
    return (
      isIndex(index) &&
      !this.classes.isFilled(value) &&
      writersOf(this.pointsTo).unnamedIn(value).length === 0
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

function testedName(test: MemberTest | PropertyTest): string {
  return "has" in test ? test.has : test.name;
}

function isPassedBy(value: string | number | boolean | null | undefined, test: MemberTest): boolean {
  if (value !== undefined) return passes(value, test);
  if (test.constant === null) return !test.holds;
  // Comparison by `==` does not tell it from null.
  return test.constant.value === null || !test.holds;
}
