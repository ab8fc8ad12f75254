/** The public entry `eslint-plugin-child-privacy/annotations`: the brand and the decorator, without any other code. */

/** What a piece of personal information is about; the default is `other`. */
export type ChildDataCategory =
  | "identity"
  | "contact"
  | "guardian"
  | "family"
  | "location"
  | "education"
  | "health"
  | "biometric"
  | "media"
  | "communication"
  | "content"
  | "credential"
  | "device"
  | "account"
  | "behaviour"
  | "financial"
  | "status"
  | "belief"
  | "other";

/**
 * A child's personal information: `birthDate: ChildData<Date, "identity">`. The same type as `T`, so that
 * values are assignable both ways; the tool reads the name where it is written.
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the category is read by the tool, not by the compiler
export type ChildData<T, Category extends ChildDataCategory = "other"> = T;

/** Does nothing at run time; fits classes, fields, accessors, methods and parameters, legacy and standard. */
export type ChildDataDecorator = (target: unknown, context?: unknown, descriptor?: unknown) => void;

/**
 * Marks a class, or a field, accessor or parameter of one, as a child's personal information:
 * `@ChildData("identity") name!: string`.
 */
export function ChildData(category?: ChildDataCategory): ChildDataDecorator;
export function ChildData(): ChildDataDecorator {
  return () => undefined;
}
