/** What models say that reading a member of a package's or library's object gives: `url.search` is part of the URL. */
import type { PathModel, Role } from "../../contracts/model.js";
import { emptyPath, prepend, readPrefix } from "../paths/access-path.js";
import type { AccessPath } from "../paths/access-path.js";
import { isWrittenOut, stepPaths, writtenPaths } from "./address-facts.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

type Flow = Extract<Role, { kind: "flow" }>;

interface ReadModel {
  readonly model: PathModel;
  readonly names: readonly string[];
}

/** The models of a member that is read, or called without arguments (`@@iterator`). */
export function readModels(
  pointsTo: PointsTo,
  node: FunctionNode,
  object: number,
  name: string,
  form: "read" | "call" = "read",
): { readonly models: readonly ReadModel[]; readonly isComplete: boolean } {
  const models: ReadModel[] = [];
  let isComplete: boolean | null = null;
  for (const value of pointsTo.valuesOf(node, object)) {
    if (value.kind === "constant") continue;
    const found =
      value.kind === "foreign" ? pointsTo.catalogue.match(value.module, [...value.path, name], form) : [];
    isComplete = found.length > 0 && isComplete !== false;
    const [first] = found;
    models.push(...found.filter(({ rank }) => rank === first?.rank));
  }
  return { models, isComplete: isComplete === true };
}

const none: readonly AccessPath[] = [];

/** Where in what is read the data is found that lies at `path` in the object. */
export function readFlows(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  models: readonly ReadModel[],
  path: AccessPath,
): readonly AccessPath[] {
  if (models.length === 0) return none;
  const found = new Set<AccessPath>();
  for (const { model, names } of models) {
    for (const role of model.roles) {
      if (role.kind !== "flow") continue;
      const rest = restOf(pointsTo, node, point, role, path, names);
      if (rest === null) continue;
      for (const to of role.to) {
        if (to.root.kind !== "return") continue;
        for (const components of writtenPaths(pointsTo, pointsTo.siteAt(node, point), to.steps, names))
          found.add(prepend(components, rest));
      }
    }
  }
  return [...found];
}

function restOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  role: Flow,
  path: AccessPath,
  names: readonly string[],
): AccessPath | null {
  for (const from of role.from) {
    if (from.root.kind !== "this") continue;
    const steps = stepPaths(pointsTo, pointsTo.siteAt(node, point), from.steps, names);
    for (const components of steps?.alternatives ?? []) {
      const rest = readPrefix(path, components);
      if (rest === null) continue;
      if (steps?.deep !== true) return rest;
      if (isWrittenOut(rest)) return emptyPath;
    }
  }
  return null;
}
