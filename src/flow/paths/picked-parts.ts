/**
 * What a pattern takes out of what it is held against: `{ user: { name: P.select("who") } }` takes the name, and gives
 * it as `who`. Models say of what takes something that it `picks_`, and in `as_` under which name.
 */
import { modelsOwnName } from "../../contracts/models-own.js";
import { foldValues } from "../constants/constants.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { accessPath, type AccessPath } from "./access-path.js";
import { isIndex, isPropertyName } from "./path-components.js";

const picks = modelsOwnName("picks_");
const as = modelsOwnName("as_");

/** Where something at a path of what is matched lies in what is taken out; nowhere, where it is not taken. */
export function pickedParts(
  pointsTo: PointsTo,
  patterns: readonly AbstractValue[],
  { components }: AccessPath,
): readonly AccessPath[] {
  let current = new Set(patterns);
  const found: AccessPath[] = [];
  for (let index = 0; current.size > 0; index++) {
    const next = new Set<AbstractValue>();
    for (const value of current) {
      const fields = pointsTo.fieldsOf(value);
      const rest = components.slice(index);
      const given = fields.get(as)?.values;
      const names = given === undefined || given.size === 0 ? [] : foldValues(pointsTo, given);
      if ((fields.get(picks)?.values.size ?? 0) > 0)
        for (const name of names.length === 0 ? [null] : names)
          found.push(accessPath(name === null ? rest : [name, ...rest]));
      // What holds all that lies below it holds what is taken, too.
      else if (index === components.length) {
        if (value.kind === "object") found.push(accessPath([]));
      } else for (const each of fieldsBelow(fields, components[index] ?? "*")) next.add(each);
    }
    current = next;
  }
  return found;
}

function fieldsBelow(
  fields: ReadonlyMap<string, { readonly values: ReadonlySet<AbstractValue> }>,
  component: string,
): readonly AbstractValue[] {
  const names = isPropertyName(component) && !isIndex(component) ? [component] : ["[]", "*"];
  return names.flatMap((name) => [...(fields.get(name)?.values ?? [])]);
}
