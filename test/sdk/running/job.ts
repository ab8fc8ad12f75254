/** What the process that runs the programs is told, and what it answers. */
export interface SdkJob {
  /** Programs as JavaScript, by name. */
  readonly modules: Readonly<Record<string, string>>;
}

/** A value of a child's, met in a request. */
export interface Arrival {
  readonly program: string;
  /** The exported function that got the child. */
  readonly run: string;
  readonly field: string;
  /** `POST api.segment.io/v1/batch` */
  readonly request: string;
}

export interface SdkOutcome {
  readonly arrivals: readonly Arrival[];
  /** `program: run` → what it threw. */
  readonly errors: Readonly<Record<string, string>>;
  readonly requests: readonly string[];
}
