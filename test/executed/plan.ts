/** How to make a value of a type, as plain data: what goes to the worker that runs fixtures. */

/** Index into the list of plans, so that types that hold themselves end. */
export type PlanId = number;

export type Plan =
  | { readonly kind: "text" | "number" | "bigint" | "date" | "bytes"; readonly token: number | null }
  | { readonly kind: "boolean" | "null" | "undefined" | "error" | "stub" | "anything" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "union" | "tuple"; readonly of: readonly PlanId[] }
  | { readonly kind: "list" | "set" | "promise" | "iterator" | "async-iterator"; readonly of: PlanId }
  | { readonly kind: "record"; readonly of: PlanId }
  | { readonly kind: "map"; readonly key: PlanId; readonly of: PlanId }
  | { readonly kind: "function"; readonly returns: PlanId }
  | { readonly kind: "object"; readonly fields: readonly PlannedField[] }
  | {
      readonly kind: "instance";
      readonly module: string;
      readonly name: string;
      readonly parameters: readonly PlanId[];
      readonly fields: readonly PlannedField[];
    };

export interface PlannedField {
  readonly name: string;
  readonly plan: PlanId;
  readonly isOptional: boolean;
}

/** What of a module is called, with values for its parameters. */
export type Entry =
  | {
      readonly kind: "function";
      readonly module: string;
      readonly name: string;
      readonly parameters: readonly PlanId[];
    }
  | {
      readonly kind: "class";
      readonly module: string;
      readonly name: string;
      readonly parameters: readonly PlanId[];
      readonly methods: readonly PlannedMethod[];
    }
  | {
      readonly kind: "object";
      readonly module: string;
      readonly name: string;
      readonly methods: readonly PlannedMethod[];
    };

export interface PlannedMethod {
  readonly name: string;
  readonly parameters: readonly PlanId[];
}

/** A fixture ready to be run. */
export interface FixtureJob {
  readonly name: string;
  /** Path in the fixture to JavaScript of CommonJS form. */
  readonly modules: Readonly<Record<string, string>>;
  /** `from file\nspecifier` to the path of a module of the fixture. */
  readonly imports: Readonly<Record<string, string>>;
  /** Modules to load, in order. */
  readonly roots: readonly string[];
  readonly plans: readonly Plan[];
  readonly entries: readonly Entry[];
  /** Names that only a declaration tells of, by their value's plan. */
  readonly ambient: Readonly<Record<string, PlanId>>;
  /** Texts and numbers that the fixture compares with. */
  readonly words: readonly string[];
  readonly numbers: readonly number[];
  /** What a value of which nothing is known may be: objects of the fixture's own types. */
  readonly anything: readonly PlanId[];
  readonly inputs: number;
  /** Lines and fields that are marked: fewer arrivals are not enough. */
  readonly hopedFor: number;
}

export type SinkClass = "log" | "file" | "package";

/** A token that arrived somewhere. */
export interface Arrival {
  readonly file: string;
  /** Of the instrumented text, 1-based. */
  readonly line: number;
  /** 0-based, of the callee; null where only the line is known: where a function was handed on, or a stream made. */
  readonly column: number | null;
  readonly token: number;
  readonly sink: SinkClass;
}

export interface FixtureOutcome {
  readonly arrivals: readonly Arrival[];
  /** Messages of what was thrown while loading or out of an entry, the most frequent first. */
  readonly failures: readonly (readonly [string, number])[];
  /** Calls of entries. */
  readonly calls: number;
  /** Those that ended without throwing. */
  readonly ended: number;
  /** Whether the worker is as it was before, so that the next fixture may run in it. */
  readonly leavesNothing: boolean;
}
