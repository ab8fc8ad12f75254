/** Whether a call really calls a function that it is given: pointers are followed through every model that may hold. */
import type { PathModel } from "../../contracts/model.js";
import { functionAddress, functionPlace, isCalled } from "../models/function-addresses.js";
import type { CallbackEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";

interface Tools {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
}

export function callbacksThere({ pointsTo, models }: Tools, node: FunctionNode): readonly CallbackEdge[] {
  return pointsTo.callbacksOf(node).filter((edge) => isCalledThere(edge, models));
}

/** A package calls it for somebody or something from outside, and not for who hands it over. */
export function calledByEntry(
  { site, address }: Pick<CallbackEdge, "site" | "address">,
  models: SiteModels,
): boolean {
  return models
    .at(site)
    .some(({ model }) =>
      model.roles.some(
        (role) =>
          role.kind === "calls" &&
          role.entry &&
          functionPlace(role.function, role.function.steps.length).text === address,
      ),
    );
}

/** No: only models say so whose conditions turned out not to hold. */
export function isCalledThere({ site, address }: CallbackEdge, models: SiteModels): boolean {
  const holding = models.at(site);
  if (holding.length === 0 || holding.some(({ model }) => callsAt(model, address))) return true;
  return ![...site.applied.keys()].some((model) => callsAt(model, address));
}

function callsAt({ roles }: PathModel, address: string): boolean {
  return roles.some((role) => {
    if (role.kind === "calls")
      return functionPlace(role.function, role.function.steps.length).text === address;
    return (
      role.kind === "flow" &&
      [...role.from, ...role.to].some((each) =>
        each.steps.some((step, index) => isCalled(step) && functionAddress(each, index) === address),
      )
    );
  });
}
