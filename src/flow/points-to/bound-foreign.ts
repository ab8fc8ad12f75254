import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";

/**
 * A package's function that is bound to its object: `console.error.bind(console)`; to arguments before those that it
 * is called with, where it does the same with each.
 */
export function boundForeign(
  { values, sites, catalogue }: PointsTo,
  bound: Extract<AbstractValue, { kind: "bound" }>,
): AbstractValue | undefined {
  const target = values.get(bound.target);
  const origin = sites.get(bound.site)?.instruction;
  if (target?.kind !== "foreign" || origin?.kind !== "call") return undefined;
  if (origin.arguments.length < 2 && !origin.arguments.some(({ spread }) => spread)) return target;
  return logsAll(catalogue, target) ? target : undefined;
}

/** It writes down whatever it is given, and does nothing else: `console.log`. */
export function logsAll(
  catalogue: PointsTo["catalogue"],
  { module, path }: Extract<AbstractValue, { kind: "foreign" }>,
): boolean {
  const matches = catalogue.match(module, path, "call");
  return (
    matches.length > 0 &&
    matches.every(({ model }) =>
      model.roles.every(
        (role) => role.kind === "log" && role.data.every(({ root }) => root.kind === "arguments"),
      ),
    )
  );
}
