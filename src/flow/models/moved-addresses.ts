/** From where to where a model moves one fact: its addresses, made exact by what is known of the fact. */
import type { Address, AddressStep, PathModel } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { isHidden, isIndex, isRound, pairKey, pairValue } from "../paths/path-components.js";

/** Both ends of a flow of a model for the fact at `path`; null where it is not moved by it. */
export function movedAddresses(
  from: Address,
  to: Address,
  path: AccessPath,
  model: PathModel,
): readonly [Address, Address] | null {
  if (movesEntries(from, to, model)) return entryMoved(from, to, path);
  const ofPair = entryAsPair(from, to, path);
  if (ofPair !== null) return ofPair;
  return keepsNames(from, to)
    ? [withoutLast(from), withoutLast(to)]
    : [from, sameElement(from, asPair(from, sameProperty(from, to, path), path, model), path)];
}

/** `arg0[] -> return.*`, beside `arg0<keys> -> return<keys>`: each entry of a map becomes a property. */
function movesEntries(from: Address, to: Address, { roles }: PathModel): boolean {
  if (from.steps.at(-1)?.kind !== "element" || to.steps.at(-1)?.kind !== "any") return false;
  const isKeys = ({ root, steps }: Address, of: Address): boolean =>
    root.kind === of.root.kind && steps.at(-1)?.kind === "keys";
  return roles.some(
    (role) =>
      role.kind === "flow" &&
      role.from.some((each) => isKeys(each, from)) &&
      role.to.some((each) => isKeys(each, to)),
  );
}

/** Elements of a list are no entries. */
function entryMoved(
  from: Address,
  to: Address,
  { components }: AccessPath,
): readonly [Address, Address] | null {
  const component = components[from.steps.length - 1];
  if (component?.startsWith("=") !== true) return null;
  const key = keyOf(component, from.steps.at(-1));
  return key === null
    ? [from, to]
    : [from, { ...to, steps: [...to.steps.slice(0, -1), { kind: "property", name: key }] }];
}

/** `arg0[].1 -> return[arg0[].0]`, of a map: iterating it gives pairs of its keys and what stands under them. */
function entryAsPair(
  from: Address,
  to: Address,
  { components }: AccessPath,
): readonly [Address, Address] | null {
  const position = from.steps.findIndex((step) => step.kind === "element");
  const value = from.steps[position + 1];
  const last = to.steps.at(-1);
  const entry = components[position] ?? "";
  if (position === -1 || value?.kind !== "property" || value.name !== "1" || !entry.startsWith("="))
    return null;
  if (last?.kind !== "entry" || !isFirst(last.key.steps[position + 1])) return null;
  const key = keyOf(entry, from.steps[position]);
  const named: AddressStep = key === null ? { kind: "element" } : { ...last, key: literal(key) };
  return [
    { ...from, steps: [...from.steps.slice(0, position + 1), ...from.steps.slice(position + 2)] },
    { ...to, steps: [...to.steps.slice(0, -1), named] },
  ];
}

/** `arg0.* -> return[].1`, beside `arg0<keys> -> return[].0`: the value of a pair of which the key is known. */
function asPair(from: Address, to: Address, path: AccessPath, model: PathModel): Address {
  const position = from.steps.findIndex((step) => step.kind === "any" || step.kind === "element");
  const key = keyOf(path.components[position] ?? "", from.steps[position]);
  const last = to.steps.at(-1);
  if (key === null || last?.kind !== "property" || last.name !== "1" || !givesKeys(model, to)) return to;
  return { ...to, steps: [...to.steps.slice(0, -1), { kind: "property", name: pairValue(key) }] };
}

/** The name of a property, or the key of an entry. */
function keyOf(component: string, step: AddressStep | undefined): string | null {
  if (step?.kind === "element")
    return component.startsWith("=") && component !== "=*" && !component.startsWith("=@")
      ? component.slice(1)
      : null;
  const isName = component !== "" && component !== "[]" && !/^[<{=^#!]/u.test(component);
  return step?.kind === "any" && isName && !isHidden(component) ? component : null;
}

/** The model says that the keys stand beside the values. */
function givesKeys({ roles }: PathModel, value: Address): boolean {
  const place = value.text.replace(/\.1$/u, ".0");
  return roles.some(
    (role) =>
      role.kind === "flow" &&
      role.from.some(({ steps }) => steps.at(-1)?.kind === "keys") &&
      role.to.some(({ text }) => text === place),
  );
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
  if (position === -1 || index === undefined) return to;
  const known = pairKey(path.components[position + 1] ?? "");
  const steps = to.steps.map((step): AddressStep => {
    if (step.kind !== "entry" || step.key.steps[position]?.kind !== "element") return step;
    if (known !== null && isFirst(step.key.steps[position + 1])) return { ...step, key: literal(known) };
    if (!isIndex(index)) return step;
    const keySteps = step.key.steps.map((each, place): AddressStep =>
      place === position ? { kind: "property", name: index } : each,
    );
    return { ...step, key: { ...step.key, steps: keySteps } };
  });
  return { ...to, steps };
}

function isFirst(step: AddressStep | undefined): boolean {
  return step?.kind === "property" && step.name === "0";
}

function literal(value: string): Address {
  return { root: { kind: "literal", value }, steps: [], text: `'${value}'` };
}

function withoutLast(address: Address): Address {
  return { ...address, steps: address.steps.slice(0, -1) };
}
