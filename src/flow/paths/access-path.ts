/**
 * Access paths: where in a value a fact sits. A component is a property name, or one of
 * `[]` some element, `=key` / `=*` a map's value by key, `<keys>` a map's key, `!` what a promise rejects with,
 * `^n@f` slot n of the closure of function f, `<box>` what a shared variable holds, `get x` / `set x` the accessor of an object
 * literal, `<result>` what a function gives that a library made, `@@…` a symbol, `<text>` what a text was written out from, `<somewhere>` and `<deeper>` what lies at an unknown depth. A path means everything below it too.
 *
 * A long path in which a name comes again goes round a recursive structure (`parent.children[].parent.name`).
 * The round is folded into one component that stands for any way through its names, `{parent,children}*`, so a
 * list or a tree has as few paths as it has kinds of data.
 */
import {
  componentMeets,
  givenBack,
  isHidden,
  isIndex,
  isOutOfReach,
  isPropertyName,
  positionOf,
  isRound,
  isSlot,
  somewhere,
  symbolShown,
  deeper,
} from "./path-components.js";
import { comesAgain, foldRounds, isPassedInRound, isTangled, roundsLearnt, staysInRound } from "./rounds.js";

export interface AccessPath {
  readonly id: number;
  readonly components: readonly string[];
  /** It goes round a recursive structure. */
  readonly goesRound: boolean;
  /** It leads through a closure. */
  readonly entersClosure: boolean;
  /** It leads through closures that hold closures that hold closures. */
  readonly isDeepInClosures: boolean;
  /** A way through closures or round a structure that became too long to be followed. */
  readonly isLost: boolean;
}

/** Longest path that is told apart; a longer one of names is cut, and the cut one covers what lies below. */
const limit = 6;
/** The same for a way through closures, which cannot be cut: what is one closure's is not another's. */
const closuresLimit = 8;
/** So many closures that hold one another are deep. */
const deep = 3;
/** Paths up to this length are kept as they are, whatever comes again in them. */
const exact = 3;

/** Paths by their components, one step each: no text is put together to find one. */
interface Interned {
  readonly next: Map<string, Interned>;
  path: AccessPath | null;
  lost: AccessPath | null;
  /** What the components are folded to, as long as no more is learnt of structures. */
  folded: AccessPath | null;
  foldedAt: number;
}

const start = createInterned();
/** What is left of short paths without their first components, by the id of the path. */
const tails: (AccessPath | undefined)[][] = [];

function createInterned(): Interned {
  return { next: new Map(), path: null, lost: null, folded: null, foldedAt: -1 };
}

export function accessPath(components: readonly string[]): AccessPath {
  if (components.length <= exact) return limited(components);
  const found = follow(start, components);
  const learnt = roundsLearnt();
  if (found.folded !== null && found.foldedAt === learnt) return found.folded;
  const path = limited(foldRounds(components));
  // What folding itself has taught may fold it further.
  if (roundsLearnt() === learnt) {
    found.folded = path;
    found.foldedAt = learnt;
  }
  return path;
}

/** The path of folded components, cut where it is too long. */
function limited(folded: readonly string[]): AccessPath {
  if (folded.some(isTangled)) return intern(folded.slice(0, limit), true);
  if (folded.length <= limit) return intern(folded, false);
  const isRigid = folded.some((component) => isRound(component) || isOutOfReach(component));
  const longest = folded.some(isSlot) ? closuresLimit : limit;
  return intern(folded.slice(0, longest), isRigid && folded.length > longest);
}

function intern(kept: readonly string[], isLost: boolean): AccessPath {
  const found = follow(start, kept);
  const known = isLost ? found.lost : found.path;
  if (known !== null) return known;
  const path = {
    id: tails.length,
    components: kept.slice(),
    goesRound: kept.some(isRound),
    entersClosure: kept.some(isSlot),
    isDeepInClosures: kept.filter(isSlot).length >= deep,
    isLost,
  };
  tails.push([]);
  if (isLost) found.lost = path;
  else found.path = path;
  return path;
}

function follow(from: Interned, components: readonly string[]): Interned {
  let current = from;
  for (const component of components) {
    let next = current.next.get(component);
    if (next === undefined) current.next.set(component, (next = createInterned()));
    current = next;
  }
  return current;
}

export const emptyPath = accessPath([]);

/**
 * Where in a literal or under a variable something was put, as it is written: no way round a structure is seen in
 * it, for a name that comes again in a literal says nothing of the data. Null if it comes by one name again.
 */
export function writtenPath(components: readonly string[]): AccessPath | null {
  if (components.length > exact && comesAgain(components)) return null;
  if (components.length <= limit) return intern(components, false);
  if (!components.some(isOutOfReach)) return intern(components.slice(0, limit), false);
  return components.length <= closuresLimit && components.some(isSlot) ? intern(components, false) : null;
}

/**
 * What is left of `path` after reading `prefix` from it: the rest; empty where the path ends inside the prefix
 * (the whole was marked, so the part is); null where they do not meet.
 */
export function readPrefix(path: AccessPath, prefix: readonly string[]): AccessPath | null {
  const { components } = path;
  let at = 0;
  let isDeeper = false;
  for (const wanted of prefix) {
    const present = components[at];
    if (present === undefined) return isPartOfData(wanted) ? emptyPath : null;
    if (isRound(present)) {
      if (staysInRound(wanted, present)) {
        if (endsWithElement(components, at, wanted)) return emptyPath;
        continue;
      }
      // What was read on the way round may have been the closure or the list behind it already.
      do at++;
      while (isPassedInRound(components[at]) && components[at] !== wanted);
      if (at > 1 && at === components.length && isPassedInRound(components[at - 1])) return null;
    } else if (present === somewhere || present === deeper) {
      const below = components[at + 1];
      if (below === undefined || !componentMeets(wanted, below)) {
        if (isHidden(wanted)) return null;
        isDeeper ||= isProperty(wanted);
        continue;
      }
      at++;
    }
    const next = components[at];
    if (next === undefined) return isPartOfData(wanted) ? emptyPath : null;
    // A part of a text, or of the bytes it was made into, is data whatever the text was written out from.
    if (next === "<text>" && !isProperty(wanted) && !wanted.startsWith("="))
      return isPartOfData(wanted) ? emptyPath : null;
    if (!componentMeets(wanted, next)) return null;
    at++;
    isDeeper = false;
  }
  if (isDeeper) return accessPath([deeper, ...components.slice(at + 1)]);
  return at === 0 ? path : at >= components.length ? emptyPath : tailOf(path, at);
}

/**
 * What lies behind a way round may be the next that is read: a text among the children of a node, the `name` of one of
 * many that have a `name` on the way. What stays on the way is below it, so the whole covers both.
 */
function endsWithElement(components: readonly string[], round: number, wanted: string): boolean {
  const last = components[round + 1];
  return (
    last !== undefined &&
    round + 2 === components.length &&
    isProperty(wanted) === isPropertyName(last) &&
    componentMeets(wanted, last)
  );
}

/** A short tail is always the same; a long one depends on the rounds that are known. */
function tailOf(path: AccessPath, from: number): AccessPath {
  const rest = path.components.length - from;
  const known = rest > exact ? undefined : tails[path.id]?.[from];
  if (known !== undefined) return known;
  const tail = accessPath(path.components.slice(from));
  const row = tails[path.id];
  if (row !== undefined && rest <= exact) row[from] = tail;
  return tail;
}

/** A name as it is written, not just any element or property. */
function isProperty(wanted: string): boolean {
  return wanted !== "[]" && wanted !== "*" && !wanted.startsWith("=") && !isIndex(wanted);
}

export function prepend(prefix: readonly string[], path: AccessPath): AccessPath {
  if (prefix.length === 0) return path;
  if (prefix.length + path.components.length <= exact) {
    const known = follow(follow(start, prefix), path.components).path;
    if (known !== null) return known;
  }
  return accessPath([...prefix, ...path.components]);
}

function shownName(component: string): string {
  const symbol = symbolShown(component);
  return symbol === null ? `.${component}` : `[${symbol}]`;
}

/** For traces: `.queue[].email`. Internal components are left out. */
export function renderPath(components: readonly string[]): string {
  return components
    .filter((component) => !isHidden(component))
    .map((component) =>
      isRound(component) || component === somewhere || component === deeper
        ? ".…"
        : component === "[]" || component === "=*"
          ? "[…]"
          : component.startsWith("=")
            ? `[${component.slice(1)}]`
            : isIndex(component)
              ? `[${String(positionOf(component))}]`
              : shownName(component),
    )
    .join("");
}

/** What a promise rejects with, and what is put into a function's result, is there under this name alone. */
function isPartOfData(component: string): boolean {
  return component !== "!" && component !== givenBack;
}
