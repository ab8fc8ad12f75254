/** The components of access paths: property names, and what stands for elements, entries, closures and the like. */

/** What there is to know of a component by how it is written: found once each, since paths are asked all the time. */
interface Form {
  readonly isRound: boolean;
  readonly isIndex: boolean;
  readonly isHidden: boolean;
  readonly isPropertyName: boolean;
}

const forms = new Map<string, Form>();

function formOf(component: string): Form {
  let form = forms.get(component);
  if (form === undefined) forms.set(component, (form = readForm(component)));
  return form;
}

function readForm(component: string): Form {
  const isRound = component.startsWith("{") && component.endsWith("}*");
  const isIndex = /^\d+$/.test(component) || component.startsWith("<of ");
  const isHidden =
    /^(?:\^|#|[gs]et )/u.test(component) ||
    component === "<box>" ||
    component === "!" ||
    component === "<keys>" ||
    component === "<return>" ||
    component === givenBack ||
    component === "<text>";
  const isOther =
    component === "[]" || component === somewhere || component === deeper || component.startsWith("=");
  return { isRound, isIndex, isHidden, isPropertyName: !isOther && !isIndex && !isHidden && !isRound };
}

/** A component that stands for any way through some names, none included. */
export function isRound(component: string): boolean {
  return formOf(component).isRound;
}

/** Of a function that a library made: what it gives whenever it is called (`map(() => name)`). */
export const givenBack = "<result>";

/** A slot of a closure. */
export function isSlot(component: string | undefined): boolean {
  return component?.startsWith("^") === true;
}

/** A slot of a closure, or a way round that may begin with one. */
export function mayBeSlot(component: string | undefined): boolean {
  return component !== undefined && (isSlot(component) || isRound(component));
}

/** Somewhere below, at what depth is not known: where a call that nothing describes may have put what it got. */
export const somewhere = "<somewhere>";
/**
 * The same, below a property that may as well have nothing to do with it (`receipt.id`): it is met by its own name,
 * and is no reason to take the property for the data.
 */
export const deeper = "<deeper>";

/** The second element of a pair of which the first, a key, is known. */
export function pairValue(key: string): string {
  return `<of ${key}>`;
}

/** The key of the pair whose value the component is. */
export function pairKey(component: string): string | null {
  return component.startsWith("<of ") ? component.slice(4, -1) : null;
}

/** A property that the program itself calls `*`; by that alone all properties are meant. */
export const writtenStar = "<star>";

export function isIndex(component: string): boolean {
  return formOf(component).isIndex;
}

/** Some element of a list, or the one at a position. */
export function isElement(component: string): boolean {
  return component === "[]" || isIndex(component);
}

/** The position that an index means. */
export function positionOf(index: string): number {
  return pairKey(index) === null ? Number(index) : 1;
}

/** Before what names a symbol of the program as a key; well-known symbols begin with `@@` too, and no other name does. */
const ownSymbol = "@@symbol ";

/** The key that a symbol is: of the place that makes it, or of the text that `Symbol.for` gives it for. */
export function symbolKey(name: string): string {
  return `${ownSymbol}${name}`;
}

export function isOwnSymbol(name: string): boolean {
  return name.startsWith(ownSymbol);
}

/** As a reader knows it: `Symbol.iterator`, `Symbol.for("lane")`, or just a symbol; null: it is none. */
export function symbolShown(component: string): string | null {
  if (!component.startsWith("@@")) return null;
  if (!isOwnSymbol(component)) return `Symbol.${component.slice(2)}`;
  const registered = component.slice(ownSymbol.length);
  return registered.startsWith(forText) ? `Symbol.for("${registered.slice(forText.length)}")` : "symbol";
}

const forText = "for ";

/** The key that `Symbol.for` gives for a text. */
export function registeredSymbolKey(text: string): string {
  return symbolKey(`${forText}${text}`);
}

/** The name of a property, and nothing that stands for elements, entries, closures and the like. */
export function isPropertyName(component: string): boolean {
  return formOf(component).isPropertyName;
}

/** Internal components, which a property read by an unknown name does not meet. */
export function isHidden(component: string): boolean {
  return formOf(component).isHidden;
}

/** Components under which lies what a callee that knows the value does not come to see by reading it. */
export function isOutOfReach(component: string): boolean {
  return isHidden(component) && component !== "<text>";
}

/** Components under which lies what no writing out shows: closures, private fields, accessors, rejections. */
export function isUnprinted(component: string): boolean {
  return (
    /^(?:\^|#|[gs]et )/u.test(component) ||
    component === "!" ||
    component === "<return>" ||
    component === givenBack ||
    component === deeper
  );
}

/** True if reading `wanted` from a value whose fact sits under `present` may meet it. */
export function componentMeets(wanted: string, present: string): boolean {
  if (wanted === present) return true;
  if (isHidden(wanted) || isHidden(present) || isRound(wanted)) return false;
  if (wanted === "*" || (wanted === "1" && pairKey(present) !== null)) return true;
  if (wanted === "[]") return present === "[]" || isIndex(present) || present.startsWith("=");
  if (present === "[]") return !wanted.startsWith("=") || wanted === "=*";
  if (wanted.startsWith("=")) return present.startsWith("=") && (wanted === "=*" || present === "=*");
  return false;
}
