/** Parameters of callbacks that are the elements of the list whose method is called, and nothing else. */
import type { Address } from "../../contracts/model.js";
import type { ModelMatch } from "../../models/catalogue.js";
import { functionAddress } from "../models/function-addresses.js";
import type { CallbackEdge } from "./points-to.js";

const known = new WeakMap<CallbackEdge, ReadonlySet<number>>();

export function elementParameters(
  edge: CallbackEdge,
  modelsAt: (site: CallbackEdge["site"]) => readonly ModelMatch[],
): ReadonlySet<number> {
  let found = known.get(edge);
  if (found === undefined) known.set(edge, (found = find(edge, modelsAt(edge.site))));
  return found;
}

function find(edge: CallbackEdge, models: readonly ModelMatch[]): ReadonlySet<number> {
  const elements = new Set<number>();
  const others = new Set<number>();
  for (const { model } of models)
    for (const role of model.roles) {
      if (role.kind !== "flow") continue;
      for (const to of role.to) {
        const index = parameterAt(to, edge.address);
        if (index === null) continue;
        for (const from of role.from) (isElement(from) ? elements : others).add(index);
      }
    }
  for (const index of others) elements.delete(index);
  return elements;
}

/** The parameter of the function at an address that is meant as a whole. */
function parameterAt(to: Address, functionText: string): number | null {
  const at = to.steps.findIndex(({ kind }) => kind === "parameter");
  const step = to.steps[at];
  return step?.kind === "parameter" && at === to.steps.length - 1 && functionAddress(to, at) === functionText
    ? step.index
    : null;
}

function isElement({ root, steps }: Address): boolean {
  return root.kind === "this" && steps.length === 1 && steps[0]?.kind === "element";
}
