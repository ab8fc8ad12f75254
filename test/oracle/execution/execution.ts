/** What goes to the worker that runs programs, and what comes back. */
import type { MarkedType } from "../shape.js";

export interface Job {
  readonly id: number;
  /** Module path in the program's folder, with JavaScript of CommonJS form. */
  readonly modules: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly type: MarkedType;
  readonly inputs: readonly Input[];
}

/** One call of the entry (the last of `blank` stands for all unmarked fields), and another one after it where something may be left from the first. */
export interface Input {
  readonly calls: readonly {
    readonly flags: readonly boolean[];
    readonly blank: readonly boolean[];
    readonly count: number;
  }[];
}

export interface Outcome {
  readonly id: number;
  /** Sink and token, as `3:0`, sorted. */
  readonly seen: readonly string[];
  readonly runs: number;
  /** First exception that ended a run, and how many there were. */
  readonly failure: string | null;
  readonly failures: number;
}

/** Names of fields that hold child data, `Child.email`, in the order of their tokens. */
export function fieldNamesOf(type: MarkedType): string[] {
  return type.fields.flatMap((field) =>
    field.shape.kind === "marked"
      ? fieldNamesOf(field.shape.type)
      : field.category === null
        ? []
        : [`${type.name}.${field.name}`],
  );
}
