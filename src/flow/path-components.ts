/** The components of access paths: property names, and what stands for elements, entries, closures and the like. */

/** A component that stands for any way through some names, none included. */
export function isRound(component: string): boolean {
  return component.startsWith("{") && component.endsWith("}*");
}

/** Somewhere below, at what depth is not known: where a call that nothing describes may have put what it got. */
export const somewhere = "<somewhere>";

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
