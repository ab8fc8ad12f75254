/** What goes to the worker that tries mutants, and what comes back. */

export type Request =
  | { readonly kind: "fixtures" }
  /** Makes and runs the generated programs, before the first trial that needs them. */
  | { readonly kind: "generate" }
  | {
      readonly kind: "try";
      readonly rule: string;
      readonly by: Noticer;
      readonly fixtures: readonly string[];
    };

/** Who may notice that a rule is off. */
export type Noticer = "fixtures" | "oracle" | "graphs";

export type Answer =
  | { readonly kind: "fixtures"; readonly rules: readonly string[]; readonly runs: readonly FixtureRun[] }
  | { readonly kind: "generated" }
  /** Null: nothing is different from what it is with all rules. */
  | { readonly kind: "tried"; readonly difference: string | null };

export interface FixtureRun {
  readonly name: string;
  /** Rules that its analysis used. */
  readonly used: readonly string[];
  readonly milliseconds: number;
}
