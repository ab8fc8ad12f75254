/** Recipes by seed, and smaller ones that may still show the same. */
import fc from "fast-check";
import { gadgetByName, gadgetNames } from "./gadgets/index.js";
import { recipeOf, type Recipe, type Step } from "./recipe.js";

/** Each gadget in turn begins a program, so that a run of some length covers all; what follows is by chance. */
export function generate(seed: number, runs: number, without: readonly string[] = []): Recipe[] {
  const names = gadgetNames.filter((name) => !without.includes(name));
  const first = [...new Set(names)];
  return fc.sample(recipeOf(names), { seed, numRuns: runs }).map((recipe, index) => {
    const gadget = first[index % first.length];
    const [step, ...rest] = recipe.steps;
    if (gadget === undefined || step === undefined) return recipe;
    const isAsync = recipe.isAsync || gadgetByName.get(gadget)?.needs === "async";
    return { ...recipe, isAsync, steps: [{ ...step, gadget }, ...rest] };
  });
}

/**
 * Every recipe that is one cut away. fast-check's own shrinks are tried one after the other; these are made to be
 * judged all at once, since analysing a hundred programs costs little more than analysing one.
 */
export function cutsOf(recipe: Recipe): Recipe[] {
  return [
    ...stepCuts(recipe.steps).map((steps) => ({ ...recipe, steps })),
    ...(recipe.isAsync ? [{ ...recipe, isAsync: false }] : []),
    ...(recipe.fields > 2 ? [{ ...recipe, fields: 2 }] : []),
    ...zeroed(recipe.layout).map((layout) => ({ ...recipe, layout })),
  ];
}

/** One step less, a step's body in its place, or a step with a smaller number. */
function stepCuts(steps: readonly Step[]): (readonly Step[])[] {
  const put = (index: number, replacement: readonly Step[]): readonly Step[] => [
    ...steps.slice(0, index),
    ...replacement,
    ...steps.slice(index + 1),
  ];
  return [
    ...(steps.length > 3 ? [steps.slice(0, steps.length / 2), steps.slice(steps.length / 2)] : []),
    ...steps.flatMap((step, index) => [
      put(index, []),
      ...(step.body.length > 0 ? [put(index, step.body)] : []),
      ...stepCuts(step.body).map((body) => put(index, [{ ...step, body }])),
      ...(step.first > 0 ? [put(index, [{ ...step, first: 0 }])] : []),
      ...(step.second > 0 ? [put(index, [{ ...step, second: 0 }])] : []),
      ...zeroed(step.choices)
        .slice(0, 1)
        .map((choices) => put(index, [{ ...step, choices }])),
    ]),
  ];
}

/** All numbers zero, or one of them. */
function zeroed(numbers: readonly number[]): (readonly number[])[] {
  const left = numbers.flatMap((number, index) => (number === 0 ? [] : [index]));
  if (left.length === 0) return [];
  return [
    numbers.map(() => 0),
    ...left.map((zero) => numbers.map((number, index) => (index === zero ? 0 : number))),
  ];
}
