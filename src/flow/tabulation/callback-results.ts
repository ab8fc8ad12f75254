/** What models say of what a callback gives back: what it returns (`.result`), and what it throws (`.result!`). */
import type { Address } from "../../contracts/model.js";
import type { ModelMatch } from "../../models/catalogue.js";
import type { AccessPath } from "../paths/access-path.js";
import { emptyPath, readPrefix } from "../paths/access-path.js";
import type { StepPaths } from "../models/address-facts.js";
import { stepPaths } from "../models/address-facts.js";
import { isMeantByElements } from "../points-to/flattened.js";
import { functionAddress } from "../models/function-addresses.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

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
              : [{ to: role.to, names, rest }];
          }),
    ),
  );
}

/** What is left of a path below any of the alternatives. */
export function readSteps(steps: StepPaths | null, path: AccessPath): AccessPath | null {
  for (const components of steps?.alternatives ?? []) {
    const rest = readPrefix(path, components);
    if (rest !== null) return steps?.deep === true ? emptyPath : rest;
  }
  return null;
}
