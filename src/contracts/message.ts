/**
 * Messages are ids with parameters, so that a finding is data and every language says it in its own words.
 * The texts of a check's findings stand beside the check; `src/report/messages/` joins them to one table a
 * language, complete by type.
 */
import type { Protection } from "./flow.js";

export type MessageParameter = string | number | null | readonly string[] | Protection;

export interface Message {
  readonly id: string;
  readonly parameters: Readonly<Record<string, MessageParameter>>;
}

/** What a finding says: what is so, why it matters, and what mends it; each is one or more full sentences. */
export interface FindingText {
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}
