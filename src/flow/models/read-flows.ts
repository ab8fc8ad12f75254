/** What models say that reading a member of a package's or library's object gives: `url.search` is part of the URL. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, PathModel } from "../../contracts/model.js";
import { emptyPath, prepend, readPrefix } from "../paths/access-path.js";
import type { AccessPath } from "../paths/access-path.js";
import { isPropertyName } from "../paths/path-components.js";
import { isWrittenOut, stepPaths, writtenPaths } from "./address-facts.js";
import { movedAddresses } from "./moved-addresses.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

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
  const site = pointsTo.siteAt(node, point);
  for (const { model, names } of models) {
    for (const role of model.roles) {
      if (role.kind !== "flow") continue;
      for (const from of role.from) {
        if (from.root.kind !== "this") continue;
        for (const to of role.to) {
          if (to.root.kind !== "return") continue;
          const [source, target] = movedAddresses(from, to, path, model) ?? [];
          const rest = source === undefined ? null : restOf(pointsTo, site, source, path, names);
          if (rest === null || target === undefined) continue;
          for (const components of writtenPaths(pointsTo, site, target.steps, names))
            found.add(prepend(components, rest));
        }
      }
    }
  }
  return [...found];
}

function restOf(
  pointsTo: PointsTo,
  site: CallSite,
  source: Address,
  path: AccessPath,
  names: readonly string[],
): AccessPath | null {
  const steps = stepPaths(pointsTo, site, source.steps, names);
  for (const components of steps?.alternatives ?? []) {
    // A member with a name is no element.
    if (path.components[0] === "[]" && isPropertyName(components[0] ?? "[]")) continue;
    const rest = readPrefix(path, components);
    if (rest === null) continue;
    if (steps?.deep !== true) return rest;
    if (isWrittenOut(rest)) return emptyPath;
  }
  return null;
}

/** What iterating an object of a package or the platform gives, as a list: of a form its pairs. */
export function iteratedByModels(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  object: ValueId,
  path: AccessPath,
): readonly AccessPath[] {
  const { models } = readModels(pointsTo, node, object, "@@iterator", "call");
  return readFlows(pointsTo, node, point, models, path);
}
