/** What models say of assigning a property of a package's or the platform's object: `worker.onmessage = hear`. */
import type { ModelMatch } from "../../models/catalogue.js";
import type { AbstractValue } from "./abstract-value.js";
import { memberOfForeign } from "./foreign-members.js";
import { applyModel } from "./model-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

/** The models of a property that is assigned. */
export function assignedMatches(
  pointsTo: PointsTo,
  object: AbstractValue,
  name: string,
): readonly ModelMatch[] {
  if (object.kind !== "foreign") return [];
  const member = memberOfForeign(pointsTo, object, name);
  return member?.kind === "foreign" ? pointsTo.catalogue.match(member.module, member.path, "assign") : [];
}

/** The same, of a global name: `onmessage = hear`. */
export function assignedGlobal({ catalogue }: PointsTo, name: string): readonly ModelMatch[] {
  return catalogue.match("global", [name], "assign");
}

/** Functions that are assigned are put where models say. */
export function addAssigned(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  matches: readonly ModelMatch[],
  object: AbstractValue | null,
  value: PointerNode,
): void {
  const moving = matches.filter(({ model }) =>
    model.roles.some(({ kind }) => kind === "flow" || kind === "calls"),
  );
  if (moving.length === 0) return;
  const { graph } = pointsTo;
  const receiver = graph.create();
  if (object !== null) graph.add(receiver, object);
  const site = pointsTo.siteAt(node, point);
  for (const match of moving)
    applyModel(pointsTo, site, match, {
      receiver,
      arguments: [],
      out: graph.nothing,
      value,
      names: match.names,
    });
}
