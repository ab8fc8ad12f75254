/** The words of `child-privacy impact`, and of what git says. */
import type { EditedNotice, ImpactDocument, Uncovered } from "../../contracts/impact.js";

type ReasonKind = ImpactDocument["consent"]["reasons"][number]["kind"];

export interface ImpactWords {
  readonly title: string;
  readonly since: (ref: string, commit: string) => string;
  /** Nothing of what is compared differs. */
  readonly unchanged: string;
  readonly parts: {
    readonly fields: string;
    readonly collections: string;
    readonly stores: string;
    readonly recipients: string;
    readonly purposes: string;
    readonly entries: string;
    readonly uncovered: string;
    readonly notices: string;
    readonly consent: string;
    readonly articles: string;
    readonly newFindings: string;
    readonly goneFindings: string;
  };
  readonly signs: { readonly added: string; readonly removed: string; readonly changed: string };
  /** What stands behind a name: `contact, for service, kept 180d`. */
  readonly field: (category: string, purposes: readonly string[], retention: string | null) => string;
  readonly holds: (fields: readonly string[], protection: readonly string[]) => string;
  readonly gets: (fields: readonly string[]) => string;
  readonly reaches: (stores: readonly string[], misses: readonly string[]) => string;
  /** Between what was and what is. */
  readonly became: (was: string, is: string) => string;
  readonly more: (fields: readonly string[]) => string;
  readonly fewer: (fields: readonly string[]) => string;
  readonly uncovered: (item: Uncovered, what: string) => string;
  readonly again: string;
  readonly notAgain: string;
  /** `the recipient Segment`, as a notice tells of it. */
  readonly told: Readonly<Record<EditedNotice["added"][number]["kind"], (what: string) => string>>;
  readonly edited: (notice: EditedNotice, added: readonly string[]) => string;
  readonly reason: Readonly<Record<ReasonKind, (what: string) => string>>;
  readonly asked: (version: string, effective: string, file: string) => string;
  readonly notAsked: string;
}

/** Why there is no state to compare with, and what to do. */
export interface GitWords {
  readonly "no-git": string;
  readonly "no-repository": (folder: string) => string;
  readonly "no-commit": string;
  readonly "no-such-ref": (ref: string) => string;
  readonly "no-common-commit": (ref: string) => string;
  readonly unreadable: (ref: string, reason: string) => string;
  /** Where the clone is shallow. */
  readonly shallow: string;
}
