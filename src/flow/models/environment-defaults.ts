/** What stands in for variables of the environment that are missing, where a schema says so: `z.url().default("…")`. */
import { modelsOwnName } from "../../contracts/models-own.js";
import { foldValues } from "../constants/constants.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { valuesAt } from "./address-values.js";
import { selectModels } from "./select-models.js";

type Defaults = ReadonlyMap<string, readonly string[]>;

const standsIn = modelsOwnName("default_");
const found = new WeakMap<PointsTo, Defaults>();
const none: readonly string[] = [];

/** The texts that stand in for the variable of that name; none where no schema that names it says so. */
export function defaultsOf(pointsTo: PointsTo, variable: string): readonly string[] {
  let known = found.get(pointsTo);
  if (known === undefined) {
    known = findDefaults(pointsTo);
    if (pointsTo.isSolved) found.set(pointsTo, known);
  }
  return known.get(variable) ?? none;
}

/** Something that is not empty stands in for it. */
export function hasDefault(pointsTo: PointsTo, variable: string | undefined): boolean {
  return variable !== undefined && defaultsOf(pointsTo, variable).some((text) => text !== "");
}

function findDefaults(pointsTo: PointsTo): Defaults {
  const defaults = new Map<string, readonly string[]>();
  const namesVariables = moduleTest(pointsTo);
  for (const site of pointsTo.sites.values())
    for (const callee of site.foreign)
      if (namesVariables(callee.module))
        for (const { model, names } of selectModels(pointsTo, site, callee))
          for (const role of model.roles)
            for (const address of role.kind === "variables" ? role.of : [])
              for (const object of valuesAt(pointsTo, site, address, names))
                for (const [name, texts] of standInsIn(pointsTo, object))
                  defaults.set(name, [...(defaults.get(name) ?? none), ...texts]);
  return defaults;
}

function* standInsIn(
  pointsTo: PointsTo,
  object: AbstractValue,
): Iterable<readonly [string, readonly string[]]> {
  for (const [name, { values }] of pointsTo.fieldsOf(object)) {
    const given = [...values].flatMap((value) => [...pointsTo.fieldNode(value, standsIn).values]);
    if (given.length > 0) yield [name, foldValues(pointsTo, given)];
  }
}

/** Whether a package has models that say so. */
function moduleTest({ catalogue }: PointsTo): (module: string) => boolean {
  const known = new Map<string, boolean>();
  return (module) => {
    let names = known.get(module);
    if (names === undefined) {
      names = catalogue
        .find(module)
        .some(({ paths }) => paths.some(({ roles }) => roles.some(({ kind }) => kind === "variables")));
      known.set(module, names);
    }
    return names;
  };
}
