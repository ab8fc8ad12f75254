/**
 * Access paths: where in a value a fact sits. A component is a property name, or one of
 * `[]` some element, `=key` / `=*` a map's value by key, `<keys>` a map's key, `!` what a promise rejects with,
 * `^n` slot n of a closure, `<box>` what a shared variable holds, `get x` / `set x` the accessor of an object
 * literal, `<text>` what a text was written out from. A path means everything below it too.
 */
export interface AccessPath {
  readonly id: number;
  readonly components: readonly string[];
}

/** Longest path that is told apart; a longer one is cut, and the cut one covers what lies below. */
const limit = 6;

const interned = new Map<string, AccessPath>();
const byId: AccessPath[] = [];

export function accessPath(components: readonly string[]): AccessPath {
  const kept = components.length > limit ? components.slice(0, limit) : components;
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
  if (isHidden(wanted) || isHidden(present)) return false;
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
  const shared = Math.min(path.components.length, prefix.length);
  for (let index = 0; index < shared; index++) {
    if (!componentMeets(prefix[index] ?? "", path.components[index] ?? "")) return null;
  }
  return path.components.length <= prefix.length
    ? emptyPath
    : accessPath(path.components.slice(prefix.length));
}

export function prepend(prefix: readonly string[], path: AccessPath): AccessPath {
  return prefix.length === 0 ? path : accessPath([...prefix, ...path.components]);
}

/** For traces: `.queue[].email`. Internal components are left out. */
export function renderPath(components: readonly string[]): string {
  return components
    .filter((component) => !isHidden(component))
    .map((component) =>
      component === "[]" || component === "=*"
        ? "[…]"
        : component.startsWith("=")
          ? `[${component.slice(1)}]`
          : isIndex(component)
            ? `[${component}]`
            : `.${component}`,
    )
    .join("");
}
