/** What models say of assigning a property of a package's or the platform's object: `worker.onmessage = hear`. */
import type { PathModel } from "../../contracts/model.js";
import type { Catalogue, ModelMatch } from "../../models/catalogue.js";
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

const moving = new WeakMap<Catalogue, ReadonlySet<string>>();

/** May a model say of some property of this name that what is assigned to it is put elsewhere, or called? */
export function mayBeMoved(catalogue: Catalogue, name: string): boolean {
  let names = moving.get(catalogue);
  if (names === undefined) moving.set(catalogue, (names = namesMoved(catalogue)));
  return names.has(name) || names.has(anyName);
}

const anyName = "*";

function namesMoved({ packages }: Catalogue): ReadonlySet<string> {
  const paths = packages.flatMap((each) =>
    each.paths.filter((path) => path.form === "assign" && isMoving(path)),
  );
  return new Set(
    paths.map(({ path }) => {
      const last = path.at(-1);
      return last?.kind === "name" ? last.name : anyName;
    }),
  );
}

function isMoving({ roles }: PathModel): boolean {
  return roles.some(({ kind }) => kind === "flow" || kind === "calls");
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
  const moved = matches.filter(({ model }) => isMoving(model));
  if (moved.length === 0) return;
  const { graph } = pointsTo;
  const receiver = graph.create();
  if (object !== null) graph.add(receiver, object);
  const site = pointsTo.siteAt(node, point);
  for (const match of moved)
    applyModel(pointsTo, site, match, {
      receiver,
      arguments: [],
      out: graph.nothing,
      value,
      names: match.names,
    });
}
