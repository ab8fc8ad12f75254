/** Calls that copy from one store of the program to another, as models tell: `copyFile(a, b)`, `[{ $out: "archive" }]`. */
import type { StoreCopy } from "../../contracts/deletion.js";
import { foldEach } from "../models/address-values.js";
import { clientAt } from "../models/client-at.js";
import type { SiteModels } from "../models/site-models.js";
import type { PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";

export function findToldCopies({
  pointsTo,
  models,
}: {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
}): StoreCopy[] {
  const found: StoreCopy[] = [];
  for (const site of pointsTo.sites.values()) {
    const { caller, instruction } = site;
    if (site.foreign.size === 0 || instruction.kind !== "call") continue;
    for (const match of models.at(site))
      for (const role of match.model.roles) {
        if (role.kind !== "copies") continue;
        const at = {
          medium: role.medium,
          ...clientAt(match),
          callee: instruction.name,
          location: locationOf(caller, instruction.at),
          enclosing: caller.graph.path ?? caller.graph.name,
          fromColumn: "*",
          toColumn: "*",
        };
        for (const from of foldEach(pointsTo, site, role.from.parts, match.names))
          for (const to of foldEach(pointsTo, site, role.to.parts, match.names))
            if (isTold(from) && isTold(to) && from !== to) found.push({ ...at, from, to });
      }
  }
  return found;
}

/** Something of it is known; the rest may be any key or any name of a file. */
function isTold(target: string): boolean {
  return /[\p{L}\p{N}]/u.test(target);
}
