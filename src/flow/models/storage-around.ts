/** What a package keeps its data in where that is the storage of something else: a persisted state in `localStorage`. */
import type { Sink } from "../../contracts/flow.js";
import type { Role } from "../../contracts/model.js";
import { valuesAt } from "./address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { typeNamed } from "../points-to/type-names.js";

/** Null: the package's own, or nobody can tell. */
export function storageAround(
  pointsTo: PointsTo,
  site: CallSite,
  { within = [] }: Extract<Role, { kind: "store" }>,
  names: readonly string[],
): NonNullable<Sink["within"]> | null {
  for (const address of within) {
    const [value, ...others] = valuesAt(pointsTo, site, address, names);
    if (others.length > 0) return null;
    if (value === undefined) continue;
    const [module, path] =
      value.kind === "foreign"
        ? [value.module, value.path]
        : value.kind === "constant"
          ? typeNamed(String(value.value), "lib")
          : [null, []];
    return module === null ? null : { package: module.replace(/^npm:/u, ""), path: path.join(".") };
  }
  return null;
}
