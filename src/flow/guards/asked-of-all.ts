/** What is told of the program's functions whatever is asked of them: found once, for all questions. */
import { ClosedCircles } from "./entries/closed-circles.js";
import type { Chains } from "./handlers/chains.js";
import { Overwritten } from "./overwritten.js";

interface AskedOfAll {
  readonly circles: ClosedCircles;
  readonly overwritten: Overwritten;
}

const known = new WeakMap<Chains, AskedOfAll>();

export function askedOfAll(chains: Chains): AskedOfAll {
  let found = known.get(chains);
  if (found === undefined) {
    const { pointsTo } = chains;
    found = { circles: new ClosedCircles(pointsTo, chains), overwritten: new Overwritten(pointsTo) };
    known.set(chains, found);
  }
  return found;
}
