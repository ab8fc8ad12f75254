/** Runs of a function of which nothing is known but that all its arguments are constants. */
import type { Constant } from "../constants/constant-operations.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";

export class ConstantContexts {
  private readonly known = new Map<string, Context>();

  constructor(private readonly pointsTo: PointsTo) {}

  of(given: readonly Constant[]): Context {
    if (given.length === 0) return noContext;
    const parameters = new Map(
      given.map(({ value }, index) => [index, new Set([this.pointsTo.values.constant(value)])]),
    );
    const key = `c${[...parameters.values()].map(([value]) => String(value?.id)).join(",")}`;
    let context = this.known.get(key);
    if (context === undefined) this.known.set(key, (context = { ...noContext, key, parameters }));
    return context;
  }
}
