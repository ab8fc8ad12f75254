/** What a comparison says of an age: which side of it is for people who are no children, and who passes there. */
import type { AgeFault } from "../../../contracts/flow.js";
import type { Quantity } from "./quantity.js";
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

export const levelOf = { missing: 13.9, unchecked: 13.95, unread: 13.97 } as const;

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
  // A default that stands for a missing age.
  for (const [one, other] of pairs)
    if (isPlain(one) && isPlain(other) && holds(operator, one.add, other.add) === truth)
      told.push({ level: levelOf.missing, fault: "missing", youngest: 0 });
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
  if (!truth && age.absent !== "no")
    return age.absent === "maybe"
      ? { level: levelOf.missing, fault: "missing", youngest }
      : { level: levelOf.unchecked, fault: "unchecked", youngest };
  return { level: childAge, fault: null, youngest };
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
