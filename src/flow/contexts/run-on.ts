import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

/** What a container's object of a class runs as a method that the class has; undefined where nothing ever runs that. */
export function runOn(
  { instanceCopies, values }: Pick<PointsTo, "instanceCopies" | "values">,
  self: ClassNode,
  method: FunctionNode | undefined,
): FunctionNode | undefined {
  if (method === undefined) return undefined;
  const run = instanceCopies.find(values.instance(self, null), method);
  return run === method && instanceCopies.isReplaced(method) ? undefined : run;
}
