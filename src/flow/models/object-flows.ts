/** What lies already in the parts that a package makes an object of, as flows into it. */
import type { Address, AddressStep, Role } from "../../contracts/model.js";
import type { ModelMatch } from "../../models/catalogue.js";

type Flow = Extract<Role, { kind: "flow" }>;

const each: AddressStep = { kind: "any" };

const known = new WeakMap<ModelMatch["model"], ModelMatch["model"]>();

/** The model with what its roles of objects move spelled out. */
export function withObjectFlows<M extends Pick<ModelMatch, "model">>(match: M): M {
  let model = known.get(match.model);
  if (model === undefined) {
    const flows = match.model.roles.flatMap(flowsOf);
    model = flows.length === 0 ? match.model : { ...match.model, roles: [...match.model.roles, ...flows] };
    known.set(match.model, model);
  }
  return { ...match, model };
}

function flowsOf(role: Role): readonly Flow[] {
  if (role.kind === "composed") return role.of.length === 0 ? [] : [flow(role.of, role.to)];
  if (role.kind === "boxed" && role.key !== null) {
    const entry: AddressStep = { kind: "entry", key: role.key };
    return [flow([below(role.of, entry)], below(role.to, { kind: "property", name: role.under }))];
  }
  if (role.kind === "boxed")
    return [flow([below(role.of, each)], below(role.to, each, { kind: "property", name: role.under }))];
  // What stands in a box comes by the link with it.
  return role.kind === "unboxed" ? [flow([role.of], role.to)] : [];
}

function flow(from: readonly Address[], to: Address): Flow {
  return { kind: "flow", from, to: [to] };
}

function below({ root, steps, text }: Address, ...more: readonly AddressStep[]): Address {
  return { root, steps: [...steps, ...more], text };
}
