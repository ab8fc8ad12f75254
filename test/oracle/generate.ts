/** Recipes by seed, kept with what fast-check needs to make them smaller. */
import fc from "fast-check";
import { gadgetNames } from "./gadgets/index.js";
import { recipeOf, type Recipe } from "./recipe.js";

export type GeneratedRecipe = fc.Value<Recipe>;

const recipes = recipeOf(gadgetNames);

/** Hands out the generated value with its shrink context. */
class WithContext extends fc.Arbitrary<GeneratedRecipe> {
  generate(random: fc.Random, bias: number | undefined): fc.Value<GeneratedRecipe> {
    return new fc.Value(recipes.generate(random, bias), undefined);
  }

  canShrinkWithoutContext(_value: unknown): _value is GeneratedRecipe {
    return false;
  }

  shrink(): fc.Stream<fc.Value<GeneratedRecipe>> {
    return fc.Stream.nil();
  }
}

export function generate(seed: number, runs: number): GeneratedRecipe[] {
  return fc.sample(new WithContext(), { seed, numRuns: runs });
}

/** Smaller neighbours, the smallest first. */
export function shrinksOf(recipe: GeneratedRecipe, most: number): GeneratedRecipe[] {
  return [...recipes.shrink(recipe.value, recipe.context).take(most)];
}
