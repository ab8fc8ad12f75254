/** What models say of what a callback gives back: what it returns (`.result`), and what it throws (`.result!`). */
import type { Address } from "../../contracts/model.js";
import type { ModelMatch } from "../../models/catalogue.js";
import type { AccessPath } from "../paths/access-path.js";
import { emptyPath, readPrefix } from "../paths/access-path.js";
import type { StepPaths } from "../models/address-facts.js";
import { stepPaths } from "../models/address-facts.js";
import { valuesAt } from "../models/address-values.js";
import { isHidden } from "../paths/path-components.js";
import { isMeantByElements } from "../points-to/flattened.js";
import { functionAddress } from "../models/function-addresses.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

export interface SaidResult {
  readonly to: readonly Address[];
  readonly names: readonly string[];
  /** What goes there; null where the model means another part of the result. */
  readonly rest: AccessPath | null;
}

/** Flows from the result of the callback at an address, met with a path below what it returned or threw. */
export function saidResults(
  pointsTo: PointsTo,
  site: CallSite,
  models: readonly ModelMatch[],
  functionText: string,
  path: AccessPath,
  isThrown: boolean,
  callee: FunctionNode | null = null,
): readonly SaidResult[] {
  return models.flatMap(({ model, names }) =>
    model.roles.flatMap((role) =>
      role.kind !== "flow"
        ? []
        : role.from.flatMap((from): SaidResult[] => {
            const index = from.steps.findIndex((step) => step.kind === "result");
            if (index === -1 || functionAddress(from, index) !== functionText) return [];
            if (isThrown && from.steps[index + 1]?.kind !== "rejected") return [];
            const inner = from.steps.slice(index + (isThrown ? 2 : 1));
            const rest = readSteps(stepPaths(pointsTo, site, inner, names), path);
            return rest !== null && isMeantByElements(from, role.from, rest)
              ? []
              : [
                  {
                    to: role.to.flatMap((to) => atItsName(pointsTo, site, from, index, to, names, callee)),
                    names,
                    rest,
                  },
                ];
          }),
    ),
  );
}

/**
 * `arg0.*.result -> return.*`: what the function of a property gives goes below the name that it stands under; so does
 * what the function in a description of a property gives, `arg1.*.get.result -> arg0.*`.
 */
function atItsName(
  pointsTo: PointsTo,
  site: CallSite,
  from: Address,
  end: number,
  to: Address,
  names: readonly string[],
  callee: FunctionNode | null,
): readonly Address[] {
  const at = from.steps.findIndex((step) => step.kind === "any");
  const place = to.steps.findIndex((step) => step.kind === "any");
  if (callee === null || at === -1 || at >= end || place === -1) return [to];
  const below = from.steps.slice(at + 1, end);
  if (below.some(({ kind }) => kind !== "property")) return [to];
  const objects = valuesAt(pointsTo, site, { ...from, steps: from.steps.slice(0, at) }, names);
  const keys = objects.flatMap((object) =>
    [...pointsTo.fieldsOf(object).keys()].filter((name) => name !== "*" && holds(name)),
  );
  if (keys.length === 0 || keys.some((name) => name === "[]" || isHidden(name))) return [to];
  return [...new Set(keys)].map((name) => ({
    ...to,
    steps: to.steps.map((step, index) => (index === place ? { kind: "property", name } : step)),
  }));

  function holds(name: string): boolean {
    const steps = [...from.steps.slice(0, at), { kind: "property" as const, name }, ...below];
    return valuesAt(pointsTo, site, { ...from, steps }, names).some(
      (value) => value.kind === "function" && value.function.graph === callee?.graph,
    );
  }
}

/** What is left of a path below any of the alternatives. */
export function readSteps(steps: StepPaths | null, path: AccessPath): AccessPath | null {
  for (const components of steps?.alternatives ?? []) {
    const rest = readPrefix(path, components);
    if (rest !== null) return steps?.deep === true ? emptyPath : rest;
  }
  return null;
}
