/**
 * Access paths: where in a value a fact sits. A component is a property name, or one of
 * `[]` some element, `=key` / `=*` a map's value by key, `<keys>` a map's key, `!` what a promise rejects with,
 * `^n` slot n of a closure, `<box>` what a shared variable holds, `get x` / `set x` the accessor of an object
 * literal, `<text>` what a text was written out from. A path means everything below it too.
 *
 * A path of more than three components in which a name comes again goes round a recursive structure
 * (`parent.children[].parent.name`). The round is folded into one component that stands for any way through its
 * names, `{parent,children,[]}*`, so a list or a tree has as few paths as it has kinds of data.
 */
export interface AccessPath {
  readonly id: number;
  readonly components: readonly string[];
}

/** Longest path that is told apart; a longer one is cut, and the cut one covers what lies below. */
const limit = 6;
/** Paths up to this length are kept as they are, whatever comes again in them. */
const exact = 3;

const interned = new Map<string, AccessPath>();
const byId: AccessPath[] = [];

export function accessPath(components: readonly string[]): AccessPath {
  const folded = components.length > exact ? foldRounds(components) : components;
  const kept = folded.length > limit ? folded.slice(0, limit) : folded;
  const key = kept.join("\u0000");
  let path = interned.get(key);
  if (path === undefined) {
    path = { id: byId.length, components: kept.slice() };
    interned.set(key, path);
    byId.push(path);
  }
  return path;
}

export const emptyPath = accessPath([]);

/** A component that stands for any way through some names, none included. */
export function isRound(component: string): boolean {
  return component.startsWith("{") && component.endsWith("}*");
}

function round(names: ReadonlySet<string>): string {
  return `{${[...names].sort().join("\u0001")}}*`;
}

const namesByRound = new Map<string, ReadonlySet<string>>();

function namesOf(component: string): ReadonlySet<string> {
  let names = namesByRound.get(component);
  if (names === undefined) {
    names = new Set(component.slice(1, -2).split("\u0001"));
    namesByRound.set(component, names);
  }
  return names;
}

/** Lists in lists are no recursion: only a property's name that comes again tells of one. */
function mayComeAgain(component: string): boolean {
  return !(
    component === "[]" ||
    component.startsWith("=") ||
    isIndex(component) ||
    isHidden(component) ||
    isRound(component)
  );
}

function foldRounds(components: readonly string[]): readonly string[] {
  let folded = components;
  for (;;) {
    const found = findRound(folded);
    if (found === null) return folded;
    const [start, end] = found;
    const names = new Set<string>();
    for (const component of folded.slice(start, end + 1))
      for (const name of isRound(component) ? namesOf(component) : [component]) names.add(name);
    folded = [...folded.slice(0, start), round(names), ...folded.slice(end + 1)];
  }
}

/** The first and last component of a way that comes by one name twice. */
function findRound(components: readonly string[]): readonly [start: number, end: number] | null {
  for (let end = 1; end < components.length; end++) {
    const last = components[end] ?? "";
    for (let start = end - 1; start >= 0; start--) {
      const first = components[start] ?? "";
      const comesAgain = isRound(first)
        ? isRound(last) || namesOf(first).has(last)
        : isRound(last)
          ? namesOf(last).has(first) && mayComeAgain(first)
          : first === last && mayComeAgain(first);
      if (comesAgain) return [start, end];
    }
  }
  return null;
}

export function isIndex(component: string): boolean {
  return /^\d+$/.test(component);
}

/** Internal components, which a property read by an unknown name does not meet. */
export function isHidden(component: string): boolean {
  return (
    /^(?:\^|#|[gs]et )/u.test(component) ||
    component === "<box>" ||
    component === "!" ||
    component === "<keys>" ||
    component === "<return>" ||
    component === "<text>"
  );
}

/** Components under which lies what no writing out shows: closures, private fields, accessors, rejections. */
export function isUnprinted(component: string): boolean {
  return /^(?:\^|#|[gs]et )/u.test(component) || component === "!" || component === "<return>";
}

/** True if reading `wanted` from a value whose fact sits under `present` may meet it. */
export function componentMeets(wanted: string, present: string): boolean {
  if (wanted === present) return true;
  if (isHidden(wanted) || isHidden(present) || isRound(wanted)) return false;
  if (wanted === "*") return true;
  if (wanted === "[]") return present === "[]" || isIndex(present) || present.startsWith("=");
  if (present === "[]") return !wanted.startsWith("=") || wanted === "=*";
  if (wanted.startsWith("=")) return present.startsWith("=") && (wanted === "=*" || present === "=*");
  return false;
}

/**
 * What is left of `path` after reading `prefix` from it: the rest; empty where the path ends inside the prefix
 * (the whole was marked, so the part is); null where they do not meet.
 */
export function readPrefix(path: AccessPath, prefix: readonly string[]): AccessPath | null {
  const { components } = path;
  let at = 0;
  for (const wanted of prefix) {
    const present = components[at];
    if (present === undefined) return emptyPath;
    if (isRound(present)) {
      if (goesRound(wanted, present)) continue;
      at++;
    }
    const next = components[at];
    if (next === undefined) return emptyPath;
    if (!componentMeets(wanted, next)) return null;
    at++;
  }
  return at === 0 ? path : at >= components.length ? emptyPath : accessPath(components.slice(at));
}

function goesRound(wanted: string, present: string): boolean {
  if (wanted === present) return true;
  for (const name of namesOf(present)) if (componentMeets(wanted, name)) return true;
  return false;
}

export function prepend(prefix: readonly string[], path: AccessPath): AccessPath {
  return prefix.length === 0 ? path : accessPath([...prefix, ...path.components]);
}

/** For traces: `.queue[].email`. Internal components are left out. */
export function renderPath(components: readonly string[]): string {
  return components
    .filter((component) => !isHidden(component))
    .map((component) =>
      isRound(component)
        ? ".…"
        : component === "[]" || component === "=*"
          ? "[…]"
          : component.startsWith("=")
            ? `[${component.slice(1)}]`
            : isIndex(component)
              ? `[${component}]`
              : `.${component}`,
    )
    .join("");
}
