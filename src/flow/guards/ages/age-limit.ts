/** What a comparison says of an age: which side of it is for people who are no children, and who passes there. */
import type { AgeFault } from "../../../contracts/flow.js";
import type { Absence, Quantity } from "./quantity.js";
import { difference, isAge, isPlain, negative } from "./quantity.js";

/** Under this age a person is a child (Art. 2). */
export const childAge = 14;

/** Tests of less than this ask for the least age of a service, not for who is a child. */
const leastLimit = 8;

export interface AgeVerdict {
  /** 14: nobody under 14 passes. Less: the worse the test is, the lower. */
  readonly level: number;
  readonly fault: AgeFault | null;
  /** The age of the youngest who pass. */
  readonly youngest: number;
}

export const levelOf = { missing: 13.9, unchecked: 13.95, assumed: 13.96, unread: 13.97 } as const;

/**
 * The limit in years of a comparison that comes out so for those who are younger than some age that is no question of
 * consent: no age at all (`age > 0`), or the least age of a service. Null: it is none.
 */
export function lowLimit(
  operator: string,
  left: readonly Quantity[],
  right: readonly Quantity[],
  truth: boolean,
): number | null {
  const limits = left.flatMap((one) =>
    right.flatMap((other) => {
      const turned = turn(operator, one, other);
      if (turned === null || turned.operator.startsWith(">") === truth) return [];
      const { add, perYear } = turned.age;
      return -add / perYear < leastLimit ? [-add / perYear] : [];
    }),
  );
  return limits.length === 0 ? null : Math.max(...limits);
}

export function lowVerdict(limit: number): AgeVerdict {
  return limit <= 1
    ? { level: levelOf.missing, fault: "missing", youngest: 0 }
    : { level: leastLimit - 1, fault: "young", youngest: 0 };
}

/** The same test with a limit of which only the place is known. */
export function unreadVerdict(verdict: AgeVerdict | null): AgeVerdict | null {
  if (verdict === null || (verdict.fault !== null && verdict.level < levelOf.unread)) return verdict;
  return { level: levelOf.unread, fault: "unread", youngest: 0 };
}

/** The two sides as `age - limit` that is compared with nothing. */
function turn(
  operator: string,
  left: Quantity,
  right: Quantity,
): { readonly age: Quantity; readonly operator: string } | null {
  const apart = difference(left, right);
  if (apart === null || !isAge(apart)) return null;
  if (apart.now > 0) return { age: apart, operator };
  const other = flipped[operator];
  return other === undefined ? null : { age: negative(apart), operator: other };
}

const flipped: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
const tolerance = 1e-6;

/** Null: no test of an age, or children come out so. */
export function judgeAge(
  operator: string,
  left: readonly Quantity[],
  right: readonly Quantity[],
  truth: boolean,
): AgeVerdict | null {
  const pairs = left.flatMap((one) => right.map((other) => [one, other] as const));
  const verdicts = pairs.flatMap(([one, other]) =>
    isPlain(one) && isPlain(other) ? [] : (judgePair(operator, one, other, truth) ?? "no"),
  );
  if (verdicts.length === 0 || verdicts.includes("no")) return null;
  const told = verdicts.filter((each): each is AgeVerdict => each !== "no");
  // A default that stands for a missing age, or a number that something else decides on.
  for (const [one, other] of pairs)
    if (isPlain(one) && isPlain(other) && holds(operator, one.add, other.add) === truth) {
      const fault = one.isChosen === true || other.isChosen === true ? "assumed" : "missing";
      told.push({ level: levelOf[fault], fault, youngest: 0 });
    }
  return told.reduce((worst, each) => (each.level < worst.level ? each : worst));
}

function judgePair(operator: string, left: Quantity, right: Quantity, truth: boolean): AgeVerdict | null {
  const turned = turn(operator, left, right);
  if (turned === null || turned.operator.startsWith(">") !== truth) return null;
  const { age, operator: asked } = turned;
  const isStrict = asked === (truth ? ">" : "<=");
  const youngest = youngestOf(age, isStrict);
  if (youngest < leastLimit) return null;
  if (mayPass(age, isStrict))
    return youngest < childAge
      ? { level: Math.min(Math.floor(youngest + tolerance), levelOf.missing), fault: "limit", youngest }
      : { level: levelOf.missing, fault: "rounding", youngest: childAge - 1 };
  // A comparison with what is no number is false.
  return grownVerdict(truth ? "no" : age.absent, youngest);
}

/** Nobody under 14 passes whose age is known. */
export function grownVerdict(absent: Absence, youngest = childAge): AgeVerdict {
  switch (absent) {
    case "maybe":
      return { level: levelOf.missing, fault: "missing", youngest };
    case "claimed":
      return { level: levelOf.unchecked, fault: "unchecked", youngest };
    case "no":
      return { level: childAge, fault: null, youngest };
  }
}

/** Where an age is none of those that were asked for one by one. Null: that says nothing of children. */
export function exactVerdict(without: ReadonlySet<number>, absent: Absence): AgeVerdict | null {
  const under = [...without].filter((age) => age >= 0 && age < childAge);
  if (!under.some((age) => age >= leastLimit)) return null;
  const left = Array.from({ length: childAge }, (_, age) => age).filter((age) => !without.has(age));
  const youngest = left[0];
  if (youngest === undefined) return grownVerdict(absent);
  const least = Math.min(...under);
  const first = left.find((age) => age > least);
  const level = youngest < least ? leastLimit - 1 : youngest;
  return first === undefined
    ? { level, fault: "young", youngest: 0 }
    : { level, fault: "limit", youngest: first };
}

/** Where it is one of those. They stand for people who are no children where some of all that are asked for are none. */
export function oneOfVerdict(some: ReadonlySet<number>, all: ReadonlySet<number>): AgeVerdict | null {
  const youngest = Math.min(...some);
  if (youngest >= childAge) return grownVerdict("no", youngest);
  const isGrown = [...all].some((age) => age >= childAge);
  return isGrown && youngest >= leastLimit ? { level: youngest, fault: "limit", youngest } : null;
}

/** May somebody under 14 come out as older than the limit, which `add` takes away? */
function mayPass({ add, perYear, up, step }: Quantity, isStrict: boolean): boolean {
  const end = childAge * perYear + up;
  if (step === 0) return end + add > perYear / 500;
  const most = step * (Math.ceil(end / step - tolerance) - 1);
  return isStrict ? most + add > tolerance * perYear : most + add >= -tolerance * perYear;
}

/** The least age in years that comes out as older. */
function youngestOf({ add, perYear, step }: Quantity, isStrict: boolean): number {
  const limit = -add;
  if (step === 0) return limit / perYear;
  const steps = isStrict ? Math.floor(limit / step + tolerance) + 1 : Math.ceil(limit / step - tolerance);
  return (steps * step) / perYear;
}

function holds(operator: string, left: number, right: number): boolean {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    default:
      return left >= right;
  }
}
