/** The client of a store, as a call names it. */
export interface Client {
  /** `pg`, `node:fs`, `global`. */
  readonly package: string;
  /** As its model does, or the platform: `Client.query`, `localStorage.clear`. */
  readonly path: string;
  /** What it speaks to (`sql`, `mongodb`): the same name in two engines is two stores. None: that is not told. */
  readonly engines: readonly string[];
}
