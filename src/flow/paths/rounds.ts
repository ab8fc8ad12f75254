/**
 * Ways round recursive structures. A list, a tree or a page of elements that know each other has endlessly many
 * paths to one piece of data; they are folded into one component that stands for any way through the names of
 * the structure. Names that were met on one way round belong together from then on.
 */
import { componentMeets, isHidden, isIndex, isPropertyName, isRound, isSlot } from "./path-components.js";

/** The structure that a name belongs to, for the program that is being solved. */
const structures = new Map<string, Set<string>>();

/** Goes up with every name that a structure gains: what was folded before may be folded differently. */
let learnt = 0;

export function roundsLearnt(): number {
  return learnt;
}

/** What was learnt about one program says nothing about the next. */
export function forgetRounds(): void {
  structures.clear();
  learnt++;
}

const namesByRound = new Map<string, ReadonlySet<string>>();

/** The names and slots that a way round is folded of. */
export function namesRound(component: string): ReadonlySet<string> {
  return isRound(component) ? namesOf(component) : new Set();
}

function namesOf(component: string): ReadonlySet<string> {
  let names = namesByRound.get(component);
  if (names === undefined) {
    names = new Set(component.slice(1, -2).split("\u0001"));
    namesByRound.set(component, names);
  }
  return names;
}

/**
 * The slots of closures that a way comes by are those of this way, and no part of the structure: what other closures
 * hold that lie under the same name is not met on it.
 */
function join(components: readonly string[]): string {
  const structure = new Set<string>();
  const slots = new Set<string>();
  for (const component of components) {
    for (const name of isRound(component) ? namesOf(component) : [component]) {
      if (isSlot(name)) slots.add(name);
      if (!isPropertyName(name)) continue;
      structure.add(name);
      for (const other of structures.get(name) ?? []) structure.add(other);
    }
  }
  learn(structure);
  return `{${[...structure, ...slots].sort().join("\u0001")}}*`;
}

function learn(structure: Set<string>): void {
  const [first = ""] = structure;
  const known = structures.get(first);
  const isKnown =
    known?.size === structure.size && [...structure].every((name) => structures.get(name) === known);
  if (isKnown) return;
  for (const name of structure) structures.set(name, structure);
  learnt++;
}

/**
 * A way round that leads through the closures of more functions than this is no way that data goes: there would be one
 * for each choice among the functions that hold one another.
 */
const mostFunctions = 1;

const tangled = new Map<string, boolean>();

/** The way leads through the closures of many functions, each of which holds what another one lies in. */
export function isTangled(component: string): boolean {
  if (!isRound(component)) return false;
  let known = tangled.get(component);
  if (known === undefined) {
    const slots = [...namesOf(component)].filter(isSlot);
    known = new Set(slots.map((slot) => slot.slice(slot.indexOf("@")))).size > mostFunctions;
    tangled.set(component, known);
  }
  return known;
}

/** The path with every way round folded into one component. */
export function foldRounds(components: readonly string[]): readonly string[] {
  let folded = components;
  for (;;) {
    const found = findRound(folded);
    if (found === null) return folded;
    const [start, end] = found;
    const rest = withoutElements(folded.slice(end + 1));
    folded = [...folded.slice(0, start), join(folded.slice(start, end + 1)), ...rest];
  }
}

/** The elements of a list that a round ends with are part of it; a property of an element is no element. */
function withoutElements(rest: readonly string[]): readonly string[] {
  let at = 0;
  while (at < rest.length - 1 && (rest[at] === "[]" || isIndex(rest[at] ?? ""))) at++;
  return rest.slice(at);
}

/** `data.data` is a wrapper, not a round: only in a longer path a name that comes again is taken for one. */
const longestExact = 5;

/** The first and last component of a way that comes by one structure again. */
function findRound(components: readonly string[]): readonly [start: number, end: number] | null {
  if (structures.size === 0 && components.length <= longestExact) return null;
  // What a way leads to is told by the name that it ends with, however it came there.
  const last = components.length - (isPropertyName(components.at(-1) ?? "") ? 2 : 1);
  for (let start = 0; start < last; start++) {
    const first = components[start] ?? "";
    if (!isPropertyName(first) && !isRound(first)) continue;
    const structure = structureOf(first);
    for (let end = last; end > start; end--) {
      const isOneRound =
        components[end] === first
          ? structure !== undefined || isRecurring(first, start, end, components)
          : structure !== undefined && staysInside(structure, components, start, end);
      if (isOneRound) return [start, end];
    }
  }
  return null;
}

/** The structure that a name, or the names of a round, belong to. */
function structureOf(component: string): ReadonlySet<string> | undefined {
  if (!isRound(component)) return structures.get(component);
  for (const name of namesOf(component)) if (isPropertyName(name)) return structures.get(name);
  return undefined;
}

/** `settings.settings` is a wrapper too; whoever comes a third time goes round. */
function isRecurring(name: string, start: number, end: number, components: readonly string[]): boolean {
  return components.length > longestExact && (end > start + 1 || components[start - 1] === name);
}

/** All names on the way belong to one structure: only a name that comes again brings new ones into it. */
function staysInside(
  structure: ReadonlySet<string>,
  components: readonly string[],
  start: number,
  end: number,
): boolean {
  const last = components[end] ?? "";
  if (!isPropertyName(last) && !isRound(last)) return false;
  for (let at = start + 1; at <= end; at++) {
    const each = components[at] ?? "";
    if (isRound(each) ? structureOf(each) !== structure : isPropertyName(each) && !structure.has(each))
      return false;
  }
  return true;
}

/** A name comes again in a way that is long enough to go round. */
export function comesAgain(components: readonly string[]): boolean {
  if (components.length <= longestExact) return false;
  const names = components.filter(isPropertyName);
  return new Set(names).size < names.length;
}

/** Closures, variables and lists are passed on a way round as well as behind it; of closures those it came by. */
export function isPassedInRound(component: string | undefined): boolean {
  return component === "[]" || component === "<box>" || /^\^\d+@/u.test(component ?? "");
}

/**
 * True if reading `wanted` may stay within the structure: variables and lists on the way are part of it, and the
 * closures that it came by.
 */
export function staysInRound(wanted: string, round: string): boolean {
  if (wanted === round) return true;
  if (isSlot(wanted)) return namesOf(round).has(wanted);
  if (isPassedInRound(wanted)) return true;
  if (isHidden(wanted)) return false;
  if (!isPropertyName(wanted)) return true;
  for (const name of namesOf(round)) if (componentMeets(wanted, name)) return true;
  return false;
}
