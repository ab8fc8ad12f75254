/** A program before it is written: plain data that fast-check makes and shrinks. */
import fc from "fast-check";

export interface Recipe {
  /** How the marked type is declared, its fields, which files there are. */
  readonly layout: readonly number[];
  readonly fields: number;
  readonly isAsync: boolean;
  readonly steps: readonly Step[];
}

/** One use of a gadget. Numbers are taken modulo what there is to choose from, so that any recipe is a program. */
export interface Step {
  readonly gadget: string;
  /** Which values of the scope it works on; 0 is the newest. */
  readonly first: number;
  readonly second: number;
  readonly choices: readonly number[];
  /** Steps inside: of a function, a branch, a callback. */
  readonly body: readonly Step[];
}

const choices = fc.array(fc.nat(59), { minLength: 6, maxLength: 6 });

function stepOf(gadgets: readonly string[], depth: number): fc.Arbitrary<Step> {
  const inner =
    depth === 0
      ? fc.constant<readonly Step[]>([])
      : fc.array(stepOf(gadgets, depth - 1), { maxLength: 3, size: "max" });
  return fc.record({
    gadget: fc.constantFrom(...gadgets),
    first: fc.nat(5),
    second: fc.nat(5),
    choices,
    body: inner,
  });
}

/** Recipes over the gadgets of these names; the first is what shrinking tends to. */
export function recipeOf(gadgets: readonly string[]): fc.Arbitrary<Recipe> {
  return fc.record({
    layout: fc.array(fc.nat(59), { minLength: 8, maxLength: 8 }),
    fields: fc.integer({ min: 2, max: 4 }),
    isAsync: fc.nat(3).map((number) => number > 0),
    steps: fc.array(stepOf(gadgets, 2), { minLength: 1, maxLength: 6, size: "max" }),
  });
}
