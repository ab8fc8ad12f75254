/**
 * Ages that are asked for one by one: `age === 12 || age === 13`, `[14, 15].includes(age)`, `age in children`. What the
 * other side says is told of all the ages that were left out on the way there.
 */
import type { Span } from "../../../base/location.js";
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import { constantMembers, possibleMembers } from "../../constants/constant-members.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import type { AgeVerdict } from "./age-limit.js";
import { childAge, exactVerdict, grownVerdict, oneOfVerdict } from "./age-limit.js";
import type { AgeTest } from "./age-test.js";
import { isSameValue } from "./checked-values.js";
import type { Taken } from "./dominators.js";
import { isOnSide, sidesTaken } from "./dominators.js";
import { isFixed, mayBeFilled } from "./fixed-lists.js";
import type { Absence, Quantity } from "./quantity.js";
import { isAge, moreAbsent } from "./quantity.js";

interface Exact {
  readonly out: ValueId;
  readonly at: Span;
  readonly block: number;
  /** The age. */
  readonly of: ValueId;
  readonly absent: Absence;
  /** It is one of these where the test comes out so. */
  readonly truth: boolean;
  readonly some: ReadonlySet<number>;
  /** It is none of these where it comes out the other way. */
  readonly none: ReadonlySet<number>;
}

type Read = (node: FunctionNode, value: ValueId, block: number) => readonly Quantity[];

const nothing: ReadonlySet<number> = new Set();

/** Adds them to the tests of a function, and mends what others say that were passed after them. */
export function addExactAges(
  pointsTo: PointsTo,
  node: FunctionNode,
  tests: Map<ValueId, AgeTest>,
  read: Read,
): void {
  const found = node.code.flatMap((instruction, point) => exactAt(pointsTo, node, instruction, point, read));
  if (found.length === 0) return;
  const before = new Map(tests);
  for (const exact of found) {
    const taken = sidesTaken(node, exact.block);
    const ways = waysInto(node, exact, found, before, taken);
    // The ages that are asked for behind this one are told of there.
    const isLast = asksForChildren(exact) && !found.some((other) => isBehind(node, exact, other));
    const isOne = oneOfVerdict(exact.some, groupOf(node, exact, found));
    const isNone = isLast ? exactVerdict(new Set([...ways, ...exact.none]), exact.absent) : null;
    if (isOne === null && isNone === null) continue;
    const sides = exact.truth ? ([isOne, isNone] as const) : ([isNone, isOne] as const);
    tests.set(exact.out, { node, at: exact.at, sides, of: [exact.of] });
  }
  for (const [out, test] of before) tests.set(out, withoutAges(node, out, test, found));
}

/** A limit below 14 whose ages were left out before: `age === 13 || age < 13`. */
function withoutAges(node: FunctionNode, out: ValueId, test: AgeTest, found: readonly Exact[]): AgeTest {
  const definition = node.definitions[out];
  if (definition?.kind !== "instruction") return test;
  const passed = sidesTaken(node, node.blockOf[definition.point] ?? 0).flatMap(({ value, side }) => {
    const exact = found.find((one) => originOf(node, value) === one.out);
    const isSame = exact !== undefined && test.of.some((each) => isSameValue(node, each, exact.of));
    return isSame ? [{ exact, none: noneOn(exact, side) }] : [];
  });
  if (passed.length === 0) return test;
  const mended = (verdict: AgeVerdict | null, truth: boolean): AgeVerdict | null => {
    if (verdict?.fault !== "limit") return verdict;
    const years = Array.from({ length: childAge }, (_, age) => age).filter((age) => age >= verdict.youngest);
    if (!years.every((age) => passed.some(({ none }) => none.has(age)))) return verdict;
    return grownVerdict(truth ? "no" : passed.map(({ exact }) => exact.absent).reduce(moreAbsent));
  };
  return { ...test, sides: [mended(test.sides[0], true), mended(test.sides[1], false)] };
}

/** The ages that were left out before a test is reached. */
function waysInto(
  node: FunctionNode,
  exact: Exact,
  all: readonly Exact[],
  tests: ReadonlyMap<ValueId, AgeTest>,
  taken: readonly Taken[],
): readonly number[] {
  return taken.flatMap(({ value, side }) => {
    const origin = originOf(node, value);
    const before = all.find(({ out }) => out === origin);
    if (before !== undefined) return isSameValue(node, before.of, exact.of) ? [...noneOn(before, side)] : [];
    const test = tests.get(origin);
    if (test?.of.some((each) => isSameValue(node, each, exact.of)) !== true) return [];
    const verdict = test.sides[side === "then" ? 0 : 1];
    if (verdict === null || verdict.fault === "rounding" || verdict.fault === "young") return [];
    return Array.from({ length: Math.max(0, Math.floor(verdict.youngest + 1e-6)) }, (_, age) => age);
  });
}

function asksForChildren({ none }: Exact): boolean {
  return [...none].some((age) => age >= 0 && age < childAge);
}

function noneOn({ truth, none }: Exact, side: "then" | "else"): ReadonlySet<number> {
  return (side === "then") === truth ? nothing : none;
}

/** Is the other test of the same age only reached where this one has left its own out? */
function isBehind(node: FunctionNode, exact: Exact, other: Exact): boolean {
  return (
    other !== exact &&
    asksForChildren(other) &&
    isSameValue(node, other.of, exact.of) &&
    sidesTaken(node, other.block).some(
      (each) =>
        originOf(node, each.value) === exact.out &&
        (each.side === "then") !== exact.truth &&
        isOnSide(node, each, other.block),
    )
  );
}

/** All ages that the same value is compared with. */
function groupOf(node: FunctionNode, exact: Exact, all: readonly Exact[]): ReadonlySet<number> {
  return new Set(all.flatMap((other) => (isSameValue(node, other.of, exact.of) ? [...other.some] : [])));
}

function exactAt(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
  read: Read,
): readonly Exact[] {
  const block = node.blockOf[point] ?? 0;
  const { at } = instruction;
  const exact = (
    out: ValueId,
    of: ValueId,
    truth: boolean,
    some: ReadonlySet<number>,
    none: ReadonlySet<number>,
  ): readonly Exact[] => {
    const absent = absenceOf(read(node, of, block));
    return absent === null ? [] : [{ out, at, block, of, absent, truth, some, none }];
  };
  if (instruction.kind === "binary" && /^[!=]==?$/u.test(instruction.operator)) {
    const { operator, left, right, out } = instruction;
    for (const [of, constant] of [
      [left, right],
      [right, left],
    ] as const) {
      const folded = foldedConstant(pointsTo, node, constant);
      if (typeof folded?.value !== "number") continue;
      const some = new Set([folded.value]);
      return exact(out, of, operator.startsWith("="), some, some);
    }
    return [];
  }
  if (instruction.kind === "binary" && instruction.operator === "in") {
    const { left, right, out } = instruction;
    if (!isFixed(pointsTo, node, right)) return [];
    const objects = [...pointsTo.valuesOf(node, right)];
    const some = agesOf(objects.map((each) => namesIn(pointsTo, each)));
    return some === null ? [] : exact(out, left, true, some, objects.length === 1 ? some : nothing);
  }
  if (instruction.kind !== "call" || instruction.receiver === null) return [];
  const [asked, ...others] = instruction.arguments;
  if (
    !/\.(?:includes|has)$/u.test(instruction.name) ||
    asked === undefined ||
    asked.spread ||
    others.length > 0 ||
    !isFixed(pointsTo, node, instruction.receiver)
  )
    return [];
  const lists = [...pointsTo.valuesOf(node, instruction.receiver)];
  const some = agesOf(lists.map((each) => possibleMembers(pointsTo, each)));
  const none = lists.length === 1 ? agesOf(lists.map((each) => constantMembers(pointsTo, each))) : null;
  return some === null ? [] : exact(instruction.out, asked.value, true, some, none ?? nothing);
}

/** Null: it is no age in whole years. */
function absenceOf(found: readonly Quantity[]): Absence | null {
  const isYears = (each: Quantity): boolean =>
    isAge(each) && each.now > 0 && each.perYear === 1 && each.step === 1 && each.add === 0 && each.up === 0;
  if (found.length === 0 || !found.every(isYears)) return null;
  return found.map(({ absent }) => absent).reduce(moreAbsent);
}

function agesOf(found: readonly (ReadonlySet<unknown> | null)[]): ReadonlySet<number> | null {
  const ages = new Set<number>();
  if (found.length === 0) return null;
  for (const members of found) {
    if (members === null) return null;
    for (const each of members) {
      if (typeof each !== "number") return null;
      ages.add(each);
    }
  }
  return ages.size === 0 ? null : ages;
}

/** The numbers that are names of a literal's properties. */
function namesIn(pointsTo: PointsTo, object: AbstractValue): ReadonlySet<number> | null {
  if (object.kind !== "object" || object.array || mayBeFilled(pointsTo, object)) return null;
  const names = [...pointsTo.fieldsOf(object)].flatMap(([name, field]) =>
    field.values.size > 0 ? [name] : [],
  );
  return names.every((name) => /^\d+$/u.test(name)) ? new Set(names.map(Number)) : null;
}
