/**
 * Which of several stores data goes to that one call writes: `{ RequestItems: { diaries: […], marks: […] } }`, a list of
 * writes of which each names its table. Where the target lies beside the data, the fact's own way tells.
 */
import type { Address, AddressStep, Role, Target } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { isElement } from "../points-to/alias-names.js";
import { isHidden, isIndex, isRound, isUnprinted, somewhere } from "../paths/path-components.js";

type StoreRole = Extract<Role, { kind: "store" }>;

const several: ReadonlySet<AddressStep["kind"]> = new Set(["element", "any", "keys"]);
const besideData = new WeakMap<StoreRole, boolean>();

/** The role with the target that the data at `path` goes to, which was met at `address`. */
export function alongData(role: StoreRole, address: Address, path: AccessPath): StoreRole {
  let isBeside = besideData.get(role);
  if (isBeside === undefined) {
    isBeside = [role.target, role.entity].some((each) => each !== null && namesOneOfSeveral(each));
    besideData.set(role, isBeside);
  }
  if (!isBeside) return role;
  const along = (target: Target | null): Target | null =>
    target === null
      ? null
      : {
          parts: target.parts.map((part) =>
            typeof part === "string" ? part : partAlong(part, address, path),
          ),
        };
  return { ...role, target: along(role.target), entity: along(role.entity) };
}

function namesOneOfSeveral({ parts }: Target): boolean {
  return parts.some((part) => typeof part !== "string" && part.steps.some(({ kind }) => several.has(kind)));
}

/** As far as both lead the same way, the place that the data is at. */
function partAlong(target: Address, data: Address, { components }: AccessPath): Address {
  if (
    target.root.kind !== "argument" ||
    data.root.kind !== "argument" ||
    target.root.index !== data.root.index
  )
    return target;
  const steps: AddressStep[] = [];
  for (const [index, step] of target.steps.entries()) {
    const beside = data.steps[index];
    const component = components[index];
    if (beside === undefined || component === undefined || !leadsAlong(step, beside)) break;
    const isKnown = isIndex(component) || (beside.kind === "any" && isPlainName(component));
    if (step.kind === "keys" && isKnown)
      return { root: { kind: "literal", value: component }, steps: [], text: "" };
    steps.push(several.has(step.kind) && isKnown ? { kind: "property", name: component } : step);
  }
  return { ...target, steps: [...steps, ...target.steps.slice(steps.length)] };
}

function leadsAlong(step: AddressStep, data: AddressStep): boolean {
  if (step.kind === "keys") return data.kind === "any";
  return step.kind === "property" && data.kind === "property"
    ? step.name === data.name
    : step.kind === data.kind;
}

/** The name of a property, and no component that stands for several, or for what is no property. */
export function isPlainName(component: string): boolean {
  return (
    component !== "*" &&
    component !== somewhere &&
    !isElement(component) &&
    !isHidden(component) &&
    !isUnprinted(component) &&
    !isRound(component)
  );
}
