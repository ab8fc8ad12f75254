/** Deletions that own functions stand before, and turn into something else: an update that only hides the row. */
import type { Role } from "../../contracts/model.js";
import { valuesAt } from "../models/address-values.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";

interface Tools {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
}

/** A function stands before the call that neither lets it go on nor deletes anything itself. */
export function isPutAside(
  { pointsTo, models }: Tools,
  site: CallSite,
  { names }: ModelAt,
  role: Extract<Role, { kind: "delete" }>,
): boolean {
  return role.extended
    .flatMap((address) => valuesAt(pointsTo, site, address, names))
    .some((value) => value.kind === "function" && !goesOn(pointsTo, models, value.function));
}

function goesOn(pointsTo: PointsTo, models: SiteModels, node: FunctionNode): boolean {
  return [node, ...insideOf(pointsTo, node)].some((each) =>
    each.code.some((_, point) => {
      const site = pointsTo.findSite(each, point);
      if (site === undefined) return false;
      return models
        .at(site)
        .some(({ model }) => model.roles.some(({ kind }) => kind === "resumes" || kind === "delete"));
    }),
  );
}

function insideOf(pointsTo: PointsTo, node: FunctionNode): FunctionNode[] {
  const inside: FunctionNode[] = [];
  for (const each of node.code) {
    if (each.kind !== "function") continue;
    const inner = pointsTo.program.functionIn(node, each.function);
    if (inner !== undefined) inside.push(inner, ...insideOf(pointsTo, inner));
  }
  return inside;
}
