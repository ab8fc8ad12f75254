/** From where to where a model moves one fact: its addresses, made exact by what is known of the fact. */
import type { Address, AddressStep } from "../contracts/model.js";
import type { AccessPath } from "./access-path.js";
import { isHidden, isIndex, isRound } from "./path-components.js";

/** Both ends of a flow for the fact at `path`. */
export function movedAddresses(from: Address, to: Address, path: AccessPath): readonly [Address, Address] {
  return keepsNames(from, to)
    ? [withoutLast(from), withoutLast(to)]
    : [from, sameElement(from, sameProperty(from, to, path), path)];
}

/** `arg0.* -> return.*`: each property goes to the one of its own name. */
function keepsNames(from: Address, to: Address): boolean {
  return from.steps.at(-1)?.kind === "any" && to.steps.at(-1)?.kind === "any";
}

/** `arg0.* -> return.*.value`: below the one of its own name. */
function sameProperty(from: Address, to: Address, path: AccessPath): Address {
  const position = from.steps.findIndex((step) => step.kind === "any");
  const name = path.components[position];
  if (position === -1 || name === undefined || isHidden(name) || isRound(name)) return to;
  const own: AddressStep = name === "[]" ? { kind: "element" } : { kind: "property", name };
  return { ...to, steps: to.steps.map((step) => (step.kind === "any" ? own : step)) };
}

/** `arg0[].1 -> return[arg0[].0]`: the key beside the value, where the element is known by its index. */
function sameElement(from: Address, to: Address, path: AccessPath): Address {
  const position = from.steps.findIndex((step) => step.kind === "element");
  const index = path.components[position];
  if (position === -1 || index === undefined || !isIndex(index)) return to;
  const steps = to.steps.map((step): AddressStep => {
    if (step.kind !== "entry" || step.key.steps[position]?.kind !== "element") return step;
    const keySteps = step.key.steps.map((each, place): AddressStep =>
      place === position ? { kind: "property", name: index } : each,
    );
    return { ...step, key: { ...step.key, steps: keySteps } };
  });
  return { ...to, steps };
}

function withoutLast(address: Address): Address {
  return { ...address, steps: address.steps.slice(0, -1) };
}
