/** What the checks report. A finding is data: its words are made from its message when it is shown. */
import type { Location } from "../base/location.js";
import type { Field } from "./annotation.js";
import type { Protection, Sink, StepNote, TraceStep } from "./flow.js";
import type { Message } from "./message.js";
import type { Level, RuleId } from "./obligation.js";

/** `possible`: a step was assumed; the assumptions say which. */
export type Verdict = "proven" | "possible";

interface FindingBase {
  /** Where only some of the rule's articles are concerned; all of them if it is left out. */
  readonly articles?: readonly number[];
  readonly message: Message;
  readonly location: Location;
}

/** A field that reaches a sink where it must not arrive as it is. */
export interface FlowFinding extends FindingBase {
  readonly rule: FlowRule;
  readonly verdict: Verdict;
  readonly field: Field;
  readonly sink: Sink;
  readonly protection: Protection;
  readonly trace: readonly TraceStep[];
  readonly otherSources: readonly Location[];
  readonly assumptions: readonly StepNote[];
  /** Reported by `strict` only. */
  readonly isStrict?: boolean;
}

/** An annotation that says nothing, or something else than was meant. */
export interface AnnotationFinding extends FindingBase {
  readonly rule: "valid-annotation";
  readonly verdict: "proven";
  /** What it is about, for the fingerprint: the word. */
  readonly subject: string;
}

/**
 * A guard that is none, or tests the wrong age, a sealer that does not encrypt, an SDK that takes data by itself: at
 * its own place.
 */
export interface GuardFinding extends FindingBase {
  readonly rule:
    | "require-assessment"
    | "require-encryption"
    | "require-guardian-consent"
    | "valid-age-threshold"
    | "require-deletion-path"
    | "complete-notice";
  readonly verdict: Verdict;
  /** What it is about, for the fingerprint: the guard's name, the function that the test stands in. */
  readonly subject: string;
  /** What the code does that it is about, where it stands elsewhere. */
  readonly trace?: readonly TraceStep[];
}

/** Something wrong around the code: config, register, papers, suppressions, the run itself. */
export interface SetupFinding extends FindingBase {
  readonly rule: "valid-setup";
  readonly verdict: "proven";
  readonly subject: string;
  /** Reported by `strict` only. */
  readonly isStrict?: boolean;
}

/** What a check finds. */
export type Finding = FlowFinding | AnnotationFinding | GuardFinding | SetupFinding;

/** The duties whose findings are flows; `cannot-tell` only carries the possible findings of others. */
export type FlowRule = Exclude<
  RuleId,
  "valid-annotation" | "valid-age-threshold" | "valid-setup" | "complete-notice" | "cannot-tell"
>;

/** A finding with what policy adds to it. */
export type RatedFinding = Finding & {
  readonly articles: readonly number[];
  readonly severity: Level;
  /** Stable over edits elsewhere: made from keys, never from text or lines. */
  readonly fingerprint: string;
};

export interface SuppressedFinding {
  readonly finding: RatedFinding;
  readonly reason: string | null;
  /** The last day on which the suppression holds. */
  readonly until: string | null;
  readonly comment: Location;
  /** The comment names the finding's own rule, or every rule; else it names `cannot-tell`. */
  readonly namesRule: boolean;
}
