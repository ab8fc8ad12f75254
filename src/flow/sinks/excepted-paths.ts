/** A logger's own list of paths that it masks, in pino's notation. */
import type { Address } from "../../contracts/model.js";
import { constantsOf } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import { coversPath } from "../models/masked-paths.js";
import type { AccessPath } from "../paths/access-path.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

/** What stands at a path of the data is masked by what the logger was made with. */
export function isExcepted(
  pointsTo: PointsTo,
  site: CallSite,
  except: Address,
  names: readonly string[],
  path: AccessPath,
): boolean {
  const texts = new Set<string>();
  for (const list of valuesAt(pointsTo, site, except, names))
    for (const field of ["*", "paths"])
      for (const value of pointsTo.fieldNode(list, field).values)
        if (value.kind === "constant") texts.add(String(value.value));
        else
          for (const inner of constantsOf(pointsTo.fieldNode(value, "*").values).constants)
            texts.add(String(inner));
  return [...texts].some((text) => coversPath(text, path.components));
}
