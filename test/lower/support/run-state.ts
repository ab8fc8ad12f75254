import type { FileGraph, FunctionGraph, PropertyName } from "../../../src/contracts/file-graph.js";

export type Callable = (this: unknown, ...args: unknown[]) => unknown;
export type Keyed = Record<PropertyKey, unknown>;

/** What a running function hands out: an awaited value, or a yielded one. */
export interface Step {
  readonly kind: "await" | "yield";
  readonly value: unknown;
  readonly delegate?: boolean;
}

export interface RunState {
  readonly file: FileGraph;
  readonly globals: Map<string, unknown>;
  readonly cells: Map<string, unknown>;
  readonly module: { exports: unknown };
  /** The class made last for each class of the file. */
  readonly homes: Map<number, Callable & { prototype: object }>;
  readonly close: (id: number, captures: readonly unknown[]) => Callable;
  readonly invoke: (
    id: number,
    captures: readonly unknown[],
    self: unknown,
    args: readonly unknown[],
    target: unknown,
  ) => unknown;
}

export interface Frame {
  readonly state: RunState;
  readonly graph: FunctionGraph;
  readonly captures: readonly unknown[];
  readonly self: unknown;
  readonly args: readonly unknown[];
  readonly target: unknown;
  /** Where `super` looks. */
  readonly home: Keyed | undefined;
}

export function keyOf(name: PropertyName, values: readonly unknown[]): PropertyKey {
  if (name.kind === "name") return name.name;
  if (name.kind === "computed") return values[name.value] as PropertyKey;
  throw new Error("an element has no key");
}

/** The halves of an accessor that are there already. */
export function accessors(known: PropertyDescriptor | undefined): PropertyDescriptor {
  return Object.fromEntries(
    Object.entries(known ?? {}).filter(
      ([key, half]) => (key === "get" || key === "set") && half !== undefined,
    ),
  );
}
