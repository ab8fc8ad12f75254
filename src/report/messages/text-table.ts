/** What a language has to say. A language that lacks a text does not compile. */
import type { Check } from "../../checks/define-check.js";
import type { checks } from "../../checks/index.js";
import type { BlindSpotKind, Protection, StepNote } from "../../contracts/flow.js";
import type { FindingText } from "../../contracts/message.js";
import type { Level } from "../../contracts/obligation.js";
import type { LeftOutBy, ProjectProblemKind } from "../../contracts/project.js";
import type { Category } from "../../contracts/vocabulary.js";
import type { CliWords } from "./cli-words.js";
import type { GitWords, ImpactWords } from "./impact-words.js";
import type { ModelsWords } from "./models-words.js";
import type { ArticleDuties, MatrixWords, ReportWords } from "./report-words.js";

/** As `--lang` takes them. */
export const languages = ["en", "zh-CN"] as const;
export type Language = (typeof languages)[number];

/** Every rule that this version finds something by. */
export type CheckedRule = (typeof checks)[number]["id"] | "cannot-tell";

type TextsOf<C> =
  C extends Check<infer Id, infer T> ? { readonly [K in keyof T & string as `${Id}.${K}`]: T[K] } : never;
type Joined<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The texts of one check, as a language beside English writes them. */
export type RuleTexts<Id extends CheckedRule> = Extract<
  (typeof checks)[number],
  { readonly id: Id }
>["texts"];

/** The texts of all checks, by message id. */
export type FindingTexts = Joined<TextsOf<(typeof checks)[number]>>;

export type StepTexts = {
  readonly [K in StepNote["kind"]]: (note: Extract<StepNote, { kind: K }>) => string;
};

/** What a check looks at. */
export type Judged = "flow" | "staff-read" | "age-test";

export interface TextTable {
  readonly language: Language;
  readonly levels: Readonly<Record<Level, string>>;
  /** What a rule looks for, in a line. */
  readonly rules: Readonly<Record<CheckedRule, string>>;
  /** What each article asks for, in a line. */
  readonly duties: ArticleDuties;
  readonly categories: Readonly<Record<Category, string>>;
  readonly matrix: MatrixWords;
  readonly report: ReportWords;
  readonly impact: ImpactWords;
  readonly git: GitWords;
  readonly models: ModelsWords;
  readonly cli: CliWords;
  /** A word that stands for a name where there is none (`own server`), and any other text as it is. */
  readonly word: (text: string) => string;
  readonly findings: FindingTexts;
  readonly steps: StepTexts;
  readonly protections: { readonly [K in Protection["kind"]]: string };
  readonly blindSpots: { readonly [K in BlindSpotKind]: (subject: string) => string };
  readonly problems: { readonly [K in ProjectProblemKind]: (subject: string) => FindingText };
  /** The sentence that ends the message of a finding with assumed steps. */
  readonly possible: (assumptions: readonly string[]) => string;
  /** Joins what several findings of one place say that differ in protection. */
  readonly also: (what: string) => string;
  /** Ends the last problem that is told of a kind. */
  readonly more: (count: number) => string;
  readonly noTypes: string;
  readonly internalError: (message: string) => string;
  /** What no run looks at. */
  readonly notExamined: readonly string[];
  /** What this one was told to leave alone. */
  readonly leftOut: {
    readonly files: Readonly<Record<LeftOutBy, (count: number, patterns: string) => string>>;
    readonly unasked: (asked: string) => string;
    readonly switchedOff: (rule: string, place: string, files: number, of: number) => string;
  };
  readonly articles: {
    readonly undecidable: string;
    /** Of Article 7, which the others spell out: those of them that are violated. */
    readonly principles: (violated: readonly number[]) => string;
    /** Of Article 28, which speaks of data that nobody knew to be a child's. */
    readonly unmarked: string;
    readonly unasked: (rule: string) => string;
    readonly switchedOff: (rule: string, files: number, of: number) => string;
    readonly unshown: (rule: string) => string;
    readonly notChecked: string;
    readonly noChildData: string;
    readonly nothingDeclared: string;
    readonly checked: (rule: string, count: number, what: Judged) => string;
    readonly nothingThere: string;
    readonly declared: (what: string) => string;
    readonly lackingPapers: (keys: readonly string[]) => string;
    readonly blindSpots: (count: number) => string;
    readonly violated: (rule: string) => string;
    readonly silenced: (rule: string, reason: string | null) => string;
    readonly protected: (field: string, by: string) => string;
    readonly reached: (callee: string, entry: string) => string;
    readonly noShutdown: string;
    readonly unreadMigrations: (count: number) => string;
    readonly noPurposes: (fields: number) => string;
  };
  readonly headings: {
    readonly steps: string;
    /** Between what happens on one line. */
    readonly stepJoint: string;
    readonly id: string;
    readonly moreBlindSpots: (count: number) => string;
    readonly why: string;
    readonly mend: string;
    readonly sources: string;
    readonly moreSteps: (count: number, id: string) => string;
    readonly certainty: string;
    readonly log: (client: string) => string;
    readonly sealers: string;
    readonly captures: string;
    readonly guards: string;
    readonly erasing: string;
    readonly notice: string;
    readonly annotations: string;
    readonly setup: string;
    readonly blindSpots: (count: number) => string;
    readonly places: (count: number) => string;
    readonly nothing: (files: number, fields: number) => string;
    readonly noFields: string;
    readonly summary: (counts: {
      readonly errors: number;
      readonly warnings: number;
      /** Where people are shown something: several fields at one place are several errors. */
      readonly places: number;
      readonly files: number;
    }) => string;
    readonly suppressed: (count: number) => string;
    readonly known: (count: number) => string;
    readonly opinion: string;
    readonly notExamined: string;
  };
}
