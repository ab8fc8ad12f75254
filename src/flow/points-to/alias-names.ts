/** Names of objects in a function, and the ways below them. */
import type { AccessPath } from "../paths/access-path.js";
import type { Instruction } from "../../contracts/file-graph.js";
import type { Address, AddressStep } from "../../contracts/model.js";
import { accessPath } from "../paths/access-path.js";
import type { Base } from "../tabulation/fact.js";
import { componentMeets, isIndex, isRound } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";

/** `certain`: the name surely means this object here, so a write through it replaces what was there. */
export interface Place {
  readonly base: Base;
  readonly path: AccessPath;
  readonly certain: boolean;
  /** The point from which on it has this name: where it is put there; -1 for where it comes from. */
  readonly since: number;
}

/** Further names are left out. */
export const mostNames = 24;

/** Components of a way below another name that is followed. */
const longestWay = 5;

/** Equal for two places that are one. */
export function nameKey(place: { readonly base: Base; readonly path: AccessPath }): string {
  return `${String(place.base)}|${String(place.path.id)}`;
}

/** Each place once, up to a limit; so few are searched. */
export function addPlace(found: Place[], place: Place): void {
  if (found.length >= mostNames) return;
  for (const known of found) if (known.base === place.base && known.path === place.path) return;
  found.push(place);
}

/** What lies below a name, and how much of the way is the name's own. */
export function below(
  name: Place,
  components: readonly string[],
): { readonly place: Place; readonly own: number } {
  const path = accessPath([...name.path.components, ...components]);
  return { place: { ...name, path, certain: false }, own: name.path.components.length };
}

/** One of many that lie in a container. */
export function isElement(component: string): boolean {
  return component === "[]" || component.startsWith("=") || isIndex(component);
}

/** The value is a closure that its function makes. */
export function isMadeHere(node: FunctionNode, value: Base): boolean {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return false;
  const { instruction } = definition;
  if (instruction.kind === "declare") return isMadeHere(node, instruction.value);
  return instruction.kind === "function";
}

/** A step from a container to what it holds. */
export function isPartOfContainer(step: AddressStep): boolean {
  return step.kind === "property" ? isIndex(step.name) : /^(?:element|last|end|entry)$/u.test(step.kind);
}

/** Nothing else in the function writes this property of this value, so it keeps its object. */
export function isOnlyStore(node: FunctionNode, store: Extract<Instruction, { kind: "store" }>): boolean {
  const { property } = store;
  if (property.kind !== "name") return false;
  return (node.uses[store.object] ?? []).every((point) => {
    const other = node.code[point];
    if (other === store || other?.kind !== "store" || other.object !== store.object) return true;
    return other.property.kind === "name" && other.property.name !== property.name;
  });
}

/**
 * A way that is cut would mean more than it says, and variables of closures in closures are followed by slots; but for
 * a function that was put into an object which a closure has captured.
 */
export function isTooFar(components: readonly string[]): boolean {
  const mostSlots = components[0]?.startsWith("^") === true ? 2 : 1;
  return (
    components.length > longestWay ||
    components.some(isRound) ||
    components.filter((component) => component.startsWith("^")).length > mostSlots
  );
}

/** The ways that a way below a value is known under; an element by its place in the list is also some element. */
export function prefixPaths(components: readonly string[]): readonly AccessPath[] {
  const last = components.at(-1) ?? "";
  const exact = accessPath(components);
  if (!isIndex(last) && !last.startsWith("=")) return [exact];
  return [exact, accessPath([...components.slice(0, -1), "[]"])];
}

const none: readonly Base[] = [];

/** A value with a name that leads through a container. */
interface Held {
  readonly value: Base;
  readonly path: AccessPath;
}

/** The values of a function that have a name. */
export class NameIndex {
  private readonly holders = new Set<Base>();
  private readonly byPath = new Map<AccessPath, Map<Base, Base[]>>();
  /** Names that lead through containers, by their way with every element as any. */
  private readonly held = new Map<AccessPath, Map<Base, Held[]>>();

  get(base: Base, path: AccessPath): readonly Base[] {
    return this.byPath.get(path)?.get(base) ?? none;
  }

  /** The values of other ways that may be this one: the first element of a list is also some element. */
  meeting(base: Base, path: AccessPath): readonly Held[] {
    if (!path.components.some(isElement)) return [];
    const found = this.held.get(anyElements(path))?.get(base) ?? [];
    return found.filter((other) => other.path !== path && meets(path.components, other.path.components));
  }

  /** A value is known that lies below the base. */
  hasBelow(base: Base): boolean {
    return this.holders.has(base);
  }

  add({ base, path }: Place, value: Base): void {
    if (path.components.length > 0) this.holders.add(base);
    put(this.byPath, path, base, value);
    if (path.components.some(isElement)) put(this.held, anyElements(path), base, { value, path });
  }
}

function put<Item>(map: Map<AccessPath, Map<Base, Item[]>>, path: AccessPath, base: Base, item: Item): void {
  let ofPath = map.get(path);
  if (ofPath === undefined) map.set(path, (ofPath = new Map<Base, Item[]>()));
  const list = ofPath.get(base);
  if (list === undefined) ofPath.set(base, [item]);
  else list.push(item);
}

function anyElements({ components }: AccessPath): AccessPath {
  return accessPath(components.map((component) => (isElement(component) ? "[]" : component)));
}

function meets(one: readonly string[], other: readonly string[]): boolean {
  return (
    one.length === other.length &&
    one.every((component, at) => {
      const beside = other[at] ?? "";
      return componentMeets(component, beside) || componentMeets(beside, component);
    })
  );
}

/** What an object of a package keeps and gives out again as it is: `storage.getStore()`. */
export function isKept({ root, steps: [step, ...others] }: Address): boolean {
  return root.kind === "this" && step?.kind === "property" && others.length === 0;
}
