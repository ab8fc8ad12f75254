/** Comparisons of ages and of dates of birth, with what each side of them says. */
import type { Span } from "../../../base/location.js";
import type { Instruction, InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { WrittenProperties } from "../evidence/written-properties.js";
import type { AgeVerdict } from "./age-limit.js";
import { childAge, judgeAge, levelOf, lowLimit, lowVerdict, unreadVerdict } from "./age-limit.js";
import type { AgeTelling, AgeTest } from "./age-test.js";
import type { AgeTools } from "./age-tools.js";
import { isSameValue, lookedAt } from "./checked-values.js";
import { addExactAges } from "./exact-ages.js";
import type { Examinations } from "./examinations.js";
import { NamedAges } from "./named-ages.js";
import { addNumbersBehind } from "./numbers-behind.js";
import type { Quantity } from "./quantity.js";
import { isAge, plainNumber } from "./quantity.js";
import { ReadQuantities } from "./read-quantities.js";
import { type Saying, SchemaDemands } from "./schema-demands.js";
import { unreadLimit } from "./unread-limits.js";

const relation = /^[<>]=?$/u;
const nobody: AgeVerdict = { level: levelOf.missing, fault: "missing", youngest: 0 };

export class AgeTests {
  readonly examinations: Examinations;
  readonly schemas: SchemaDemands;
  private readonly quantities: ReadQuantities;
  private tests: ReadonlyMap<FunctionNode, ReadonlyMap<ValueId, AgeTest>> | null = null;
  private readonly missing = new Map<FunctionNode, Map<ValueId, AgeTelling | null>>();

  constructor(
    private readonly tools: AgeTools,
    properties: WrittenProperties,
  ) {
    this.schemas = new SchemaDemands(tools.pointsTo, tools.models);
    const names = new NamedAges(tools.pointsTo, tools.models, tools.origins, this.schemas);
    this.quantities = new ReadQuantities(tools, names, properties);
    this.examinations = this.quantities.examinations;
  }

  /** Functions in which ages are compared. */
  get functions(): Iterable<FunctionNode> {
    return this.all.keys();
  }

  /** How low the levels of this program's tests go, the highest first. */
  get levels(): readonly number[] {
    const found = new Set<number>(this.all.size === 0 ? [] : [levelOf.missing]);
    for (const tests of this.all.values())
      for (const { sides } of tests.values())
        for (const side of sides) if (side !== null && side.level < childAge) found.add(side.level);
    return [...found].sort((a, b) => b - a);
  }

  /** The comparison that gives the value. */
  tellingOf(node: FunctionNode, value: ValueId, truth: boolean): AgeTelling | null {
    const test = this.all.get(node)?.get(value);
    const verdict = test?.sides[truth ? 0 : 1] ?? null;
    return test === undefined || verdict === null ? null : { test, verdict };
  }

  /** The value is an age, and the people meant are those of whom there is none. */
  missingOf(node: FunctionNode, value: ValueId): AgeTelling | null {
    let values = this.missing.get(node);
    if (values === undefined) this.missing.set(node, (values = new Map<ValueId, AgeTelling | null>()));
    let found = values.get(value);
    if (found === undefined) values.set(value, (found = this.findMissing(node, value)));
    return found;
  }

  private findMissing(node: FunctionNode, value: ValueId): AgeTelling | null {
    if (!this.quantities.of(node, value).some((each) => isAge(each) || each.birth === 1)) return null;
    // What is told of is the comparison that it would have been in.
    const same = [...(this.all.get(node)?.values() ?? [])].find(({ of }) =>
      of.some(
        (each) =>
          isSameValue(node, each, value) ||
          lookedAt(this.examinations, node, each).some((inner) => isSameValue(node, inner, value)),
      ),
    );
    const definition = node.definitions[value];
    if (same !== undefined) return { test: { ...same }, verdict: nobody };
    if (definition?.kind !== "instruction") return null;
    return {
      test: { node, at: definition.instruction.at, sides: [null, null], of: [value] },
      verdict: nobody,
    };
  }

  private get all(): ReadonlyMap<FunctionNode, ReadonlyMap<ValueId, AgeTest>> {
    return (this.tests ??= this.find());
  }

  private find(): Map<FunctionNode, ReadonlyMap<ValueId, AgeTest>> {
    const found = new Map<FunctionNode, ReadonlyMap<ValueId, AgeTest>>();
    for (const node of this.tools.pointsTo.program.functions) {
      const tests = new Map<ValueId, AgeTest>();
      node.code.forEach((instruction, point) => {
        const test = this.testOf(node, instruction, point);
        if (test !== null && "out" in instruction) tests.set(instruction.out, test);
      });
      if (tests.size > 0) this.addLow(node, tests);
      addExactAges(this.tools.pointsTo, node, tests, (...asked) => this.quantities.at(...asked));
      addNumbersBehind(this.examinations, node, tests);
      if (tests.size > 0) found.set(node, tests);
    }
    return found;
  }

  /** `age >= 6 && age < 14`: of an age that is tested too, whether there is one, or enough of it. */
  private addLow(node: FunctionNode, tests: Map<ValueId, AgeTest>): void {
    const known = [...tests.values()];
    for (const instruction of node.code) {
      if (instruction.kind !== "binary" || !relation.test(instruction.operator)) continue;
      const { operator, left, right, out } = instruction;
      const same = known.find(({ of }) =>
        of.some((each) => isSameValue(node, each, left) || isSameValue(node, each, right)),
      );
      if (tests.has(out) || same === undefined) continue;
      const one = this.quantities.of(node, left);
      const other = this.quantities.of(node, right);
      const low = [true, false].map((truth) => lowLimit(operator, one, other, truth));
      const sides = low.map((limit) => (limit === null ? null : lowVerdict(limit)));
      const [isTrue = null, isFalse = null] = sides;
      const isMissing = sides.some((side) => side?.fault === "missing");
      if (isTrue === null && isFalse === null) continue;
      tests.set(out, {
        node,
        at: isMissing ? same.at : instruction.at,
        sides: [isTrue, isFalse],
        of: [left, right],
      });
    }
  }

  /** What a schema says of an age that it lets through, by the limit that a call of the schema's is given. */
  limited(
    { caller, point, instruction }: Saying,
    age: Quantity,
    operator: string,
    limit: ValueId,
  ): AgeTest | null {
    const read = this.quantities.at(caller, limit, caller.blockOf[point] ?? 0);
    const unread = read.length === 0 ? unreadLimit(this.tools.pointsTo, caller, limit, childAge, age) : null;
    if (unread !== null && operator.startsWith(age.birth > 0 ? ">" : "<")) return null;
    const verdict = judgeAge(operator, [age], unread === null ? read : [unread], true);
    if (verdict === null) return null;
    const told = unread === null ? verdict : unreadVerdict(verdict);
    return { node: caller, at: instruction.at, sides: [told, null], of: [] };
  }

  /** An age that is compared with a setting. */
  private unreadTest(
    node: FunctionNode,
    { operator, left, right, at }: InstructionOf<"binary">,
    one: readonly Quantity[],
    other: readonly Quantity[],
  ): AgeTest | null {
    const { pointsTo } = this.tools;
    const limit = (value: ValueId, [age]: readonly Quantity[]): readonly Quantity[] => {
      const found = age === undefined ? null : unreadLimit(pointsTo, node, value, childAge, age);
      return found === null ? [] : [found];
    };
    const sides = hasAge(one)
      ? ([one, limit(right, one)] as const)
      : hasAge(other)
        ? ([limit(left, other), other] as const)
        : null;
    if (sides === null) return null;
    return testFrom(node, at, [left, right], (truth) => unreadVerdict(judgeAge(operator, ...sides, truth)));
  }

  /** `compareAsc(birth, limit) === 1`: which of two moments is the later one. */
  private signTest(
    node: FunctionNode,
    { operator, left, right, at }: InstructionOf<"binary">,
    point: number,
  ): AgeTest | null {
    if (!/^[!=]==?$/u.test(operator)) return null;
    const block = node.blockOf[point] ?? 0;
    for (const [told, constant] of [
      [left, right],
      [right, left],
    ] as const) {
      if (!this.quantities.dates.isSign(node, told)) continue;
      const [sign, ...others] = this.quantities.at(node, constant, block);
      if (sign === undefined || others.length > 0 || Math.abs(sign.add) !== 1) return null;
      const apart = this.quantities.at(node, told, block);
      const isEqual = operator.startsWith("=");
      return testFrom(node, at, [told], (truth) =>
        judgeAge(sign.add > 0 ? ">" : "<", apart, [plainNumber(0)], truth === isEqual),
      );
    }
    return null;
  }

  private testOf(node: FunctionNode, instruction: Instruction, point: number): AgeTest | null {
    if (instruction.kind === "binary" && relation.test(instruction.operator)) {
      const { operator, left, right } = instruction;
      const block = node.blockOf[point] ?? 0;
      const one = this.quantities.at(node, left, block);
      const other = this.quantities.at(node, right, block);
      if (one.length > 0 && other.length > 0)
        return testFrom(node, instruction.at, [left, right], (truth) =>
          judgeAge(operator, one, other, truth),
        );
      return this.unreadTest(node, instruction, one, other);
    }
    if (instruction.kind === "binary") return this.signTest(node, instruction, point);
    if (instruction.kind !== "call") return null;
    const site = this.tools.pointsTo.findSite(node, point);
    const compared = site === undefined ? null : this.quantities.dates.comparedAt(site);
    if (compared === null) return null;
    const { operator, left, right } = compared;
    const of = instruction.arguments.map(({ value }) => value);
    return testFrom(
      node,
      instruction.at,
      instruction.receiver === null ? of : [instruction.receiver, ...of].map((each) => originOf(node, each)),
      (truth) => judgeAge(operator, left, right, truth),
    );
  }
}

function hasAge(quantities: readonly Quantity[]): boolean {
  return quantities.length > 0 && quantities.every(isAge);
}

function testFrom(
  node: FunctionNode,
  at: Span,
  of: readonly ValueId[],
  judge: (truth: boolean) => AgeVerdict | null,
): AgeTest | null {
  const sides = [judge(true), judge(false)] as const;
  return sides[0] === null && sides[1] === null ? null : { node, at, sides, of };
}
