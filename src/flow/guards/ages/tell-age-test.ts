/** A wrong test of an age, as the checks hear of it. */
import type { AgeTest } from "../../../contracts/flow.js";
import { locationOf } from "../../program/program.js";
import type { AgeTelling } from "./age-test.js";

export function tellAgeTest({ test: { node, at }, verdict: { fault, youngest } }: AgeTelling): AgeTest[] {
  if (fault === null) return [];
  const enclosing = node.graph.path ?? node.graph.name;
  return [{ fault, youngest, location: locationOf(node, at), enclosing }];
}
