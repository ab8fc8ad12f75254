/** The word by which somebody asks for a function that is handed over: the name of a command, `erase <id>`. */
import { foldParts } from "../../models/address-values.js";
import { functionPlace } from "../../models/function-addresses.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { Chains } from "../handlers/chains.js";

/** `address`: where the call is given the function. */
export function askedBy({ pointsTo, models }: Chains, site: CallSite, address: string): string | null {
  for (const { model, names } of models.at(site))
    for (const role of model.roles) {
      if (role.kind !== "calls" || role.name == null) continue;
      if (functionPlace(role.function, role.function.steps.length).text !== address) continue;
      const word = foldParts(pointsTo, site, [role.name], names);
      if (word !== "" && !word.startsWith("*")) return word;
    }
  return null;
}
