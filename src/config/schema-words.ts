/** What a schema expects, in the words of somebody who writes YAML. */
import { z } from "zod";

/** The keys that the schema knows at a path. */
export function knownKeysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema;
  for (const step of path) current = innerSchema(current, step);
  const inner = unwrap(current);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let current = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodNullable) current = current.unwrap();
  return current;
}

function innerSchema(schema: unknown, step: PropertyKey): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return inner.element;
  if (inner instanceof z.ZodObject) return (inner.shape as Record<PropertyKey, unknown>)[step];
  return undefined;
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping of keys",
  record: "a mapping of keys",
};

/** What would have been right: the words that are allowed, or a description of the value. */
export function expectedWords(issue: z.core.$ZodIssue): string[] {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.map(String);
    case "invalid_type":
      // What a schema says of itself is better than the type it is of: `a day such as 2026-03-01`.
      return [
        issue.message.startsWith("Invalid input")
          ? (typeWords[issue.expected] ?? issue.expected)
          : issue.message,
      ];
    case "too_small":
      return [issue.origin === "array" ? "a list with at least one entry" : "text that is not empty"];
    case "invalid_union":
      return [...new Set(issue.errors.flatMap((branch) => branch.flatMap(expectedWords)))];
    default:
      return [issue.message];
  }
}

/** Whether nothing is wrong but that the key is not there. */
export function isMissing(issue: z.core.$ZodIssue, root: unknown): boolean {
  if (issue.path.length === 0) return false;
  let value: unknown = root;
  for (const step of issue.path) {
    if (value === null || typeof value !== "object") return false;
    value = Reflect.get(value, step);
  }
  return value === undefined;
}
