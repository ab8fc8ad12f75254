/** The few types that generated values have; enough to print their annotation and to take them apart again. */

export type Shape =
  | { readonly kind: "text" }
  | { readonly kind: "marked"; readonly type: MarkedType }
  | { readonly kind: "record"; readonly fields: readonly ShapeField[] }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "map"; readonly of: Shape }
  | { readonly kind: "set"; readonly of: Shape }
  | { readonly kind: "promise"; readonly of: Shape }
  | { readonly kind: "thunk"; readonly of: Shape }
  | { readonly kind: "error" };

export interface ShapeField {
  readonly name: string;
  readonly shape: Shape;
}

/** A type of the generated program some of whose properties hold child data. */
export interface MarkedType {
  readonly name: string;
  readonly fields: readonly MarkedField[];
}

export interface MarkedField extends ShapeField {
  /** What stands behind `@childData`, or null for a property that is none. */
  readonly category: string | null;
}

export const text: Shape = { kind: "text" };
export const error: Shape = { kind: "error" };

export function listOf(of: Shape): Shape {
  return { kind: "list", of };
}

export function mapOf(of: Shape): Shape {
  return { kind: "map", of };
}

export function setOf(of: Shape): Shape {
  return { kind: "set", of };
}

export function promiseOf(of: Shape): Shape {
  return { kind: "promise", of };
}

export function thunkOf(of: Shape): Shape {
  return { kind: "thunk", of };
}

export function recordOf(fields: Readonly<Record<string, Shape>>): Shape {
  return { kind: "record", fields: Object.entries(fields).map(([name, shape]) => ({ name, shape })) };
}

/** The type as TypeScript writes it; `nameOf` gives the name under which a marked type is known at that place. */
export function typeText(shape: Shape, nameOf: (type: MarkedType) => string): string {
  const inner = (of: Shape): string => typeText(of, nameOf);
  switch (shape.kind) {
    case "text":
      return "string";
    case "marked":
      return nameOf(shape.type);
    case "record":
      return `{ ${shape.fields.map((field) => `${field.name}: ${inner(field.shape)}`).join("; ")} }`;
    case "list":
      return shape.of.kind === "thunk" ? `(${inner(shape.of)})[]` : `${inner(shape.of)}[]`;
    case "map":
      return `Map<string, ${inner(shape.of)}>`;
    case "set":
      return `Set<${inner(shape.of)}>`;
    case "promise":
      return `Promise<${inner(shape.of)}>`;
    case "thunk":
      return `() => ${inner(shape.of)}`;
    case "error":
      return "Error";
  }
}

/** Whether logging the value shows what is in it. */
export function isShown(shape: Shape): boolean {
  if (shape.kind === "promise" || shape.kind === "thunk") return false;
  if (shape.kind === "list" || shape.kind === "map" || shape.kind === "set") return isShown(shape.of);
  return shape.kind !== "record" || shape.fields.every((field) => isShown(field.shape));
}

/** Whether JSON and structured clones keep the value whole. */
export function isPlain(shape: Shape): boolean {
  switch (shape.kind) {
    case "text":
      return true;
    case "marked":
      return shape.type.fields.every((field) => isPlain(field.shape));
    case "record":
      return shape.fields.every((field) => isPlain(field.shape));
    case "list":
      return isPlain(shape.of);
    default:
      return false;
  }
}

export function isSame(a: Shape, b: Shape): boolean {
  return typeText(a, (type) => type.name) === typeText(b, (type) => type.name);
}
