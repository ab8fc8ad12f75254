/** Which tests of ages are taken as saying that somebody is no child: those of a level, but for one that is left out. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import type { Outcome } from "../evidence/outcome.js";
import { childAge } from "./age-limit.js";
import type { AgeTelling, AgeTest } from "./age-test.js";
import type { AgeTests } from "./age-tests.js";

export class AgeQuestion {
  /** Tests whose fault was overlooked, with what they were taken to say. */
  readonly overlooked = new Map<AgeTest, AgeTelling>();

  constructor(
    private readonly tests: AgeTests,
    /** 14: only tests that nobody under 14 passes. */
    readonly level: number = childAge,
    readonly without: AgeTest | null = null,
  ) {}

  /** Is the person no child, where the comparison came out so? */
  tells(node: FunctionNode, value: ValueId, truth: boolean): boolean {
    return this.accepts(this.tests.tellingOf(node, value, truth));
  }

  /** Is there no age at all, where the value came out so? That is wrongly taken for no child. */
  tellsMissing(node: FunctionNode, value: ValueId, outcome: Outcome): boolean {
    if (this.level >= childAge || outcome.path.length > 0) return false;
    const lacking = this.tests.examinations
      .verdicts(node, value, outcome)
      .flatMap((each) => (each.fits || each.isDeep ? [] : [each.value]));
    const asked = lacking.length > 0 ? lacking : missingIn(node, value, outcome);
    return asked.some((each) => this.accepts(this.tests.missingOf(node, each)));
  }

  /** Do all of these count? */
  acceptsAll(tellings: readonly AgeTelling[]): boolean {
    if (tellings.some(({ test, verdict }) => verdict.level < this.level || test === this.without))
      return false;
    return tellings.every((each) => this.accepts(each));
  }

  private accepts(telling: AgeTelling | null): boolean {
    if (telling === null || telling.verdict.level < this.level || telling.test === this.without) return false;
    if (telling.verdict.level < childAge) this.overlooked.set(telling.test, telling);
    return true;
  }
}

/** The value that is missing or is no number, if this one comes out so. */
function missingIn(node: FunctionNode, value: ValueId, { test }: Outcome): readonly ValueId[] {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return [];
  const { instruction } = definition;
  if (instruction.kind === "unary" && instruction.operator === "typeof") {
    const isOther =
      test.kind === "isnt" ? test.values.includes("number") : test.kind === "is" && test.value !== "number";
    return isOther ? [instruction.operand] : [];
  }
  if (!/^(?:load|parameter|capture|call|declare|await|box-read)$/u.test(instruction.kind)) return [];
  const isNothing =
    test.kind === "nullish" ||
    test.kind === "falsy" ||
    (test.kind === "is" && (test.value == null || test.value === 0));
  return isNothing ? [value] : [];
}
