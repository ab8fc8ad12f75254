/** What is told to the process that runs an app, and what it tells back. */

export interface Request {
  /** `POST`, or the word of a driver: `call`, `event`, `job`, `run`. */
  readonly verb: string;
  /** A path, or the name of what is called. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON behind it. */
  readonly body: unknown;
  /** All behind the verb, for drivers that read it in their own way. */
  readonly text: string;
}

export interface AppJob {
  readonly framework: string;
  /** Paths of the program's files, with their text as JavaScript modules. */
  readonly modules: Readonly<Record<string, string>>;
  /** What is loaded, in order. */
  readonly roots: readonly string[];
  readonly requests: readonly Request[];
  /** Packages that are loaded under another name. */
  readonly older: Readonly<Record<string, string>>;
}

/** To keep data (tables, queues, caches, files), to hand it to somebody else, or to have a device read it. */
export type OperationKind = "keeps" | "hands on" | "reads";

export interface Happened {
  /** `pool.query`, `fetch` … */
  readonly what: string;
  readonly kind: OperationKind;
  /** Null where no frame of the program is on the stack. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | null;
  /** Tokens in what was written: `TOKEN1r0`, of the first request; `HELDemailr0` was read from a table during it. */
  readonly tokens: readonly string[];
}

export interface Run {
  readonly operations: readonly Happened[];
  /** How each request ended: a status, a result, an error. */
  readonly answers: readonly string[];
  /** Errors that nobody caught. */
  readonly escaped: readonly string[];
}

/** What guardians have said: yes, no, or nothing yet. */
export type Answer = "granted" | "refused" | "unanswered";

export type AppOutcome = Readonly<Record<Answer, Run>>;
