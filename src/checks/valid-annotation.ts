/** Annotations that say nothing, or something else than was meant. */
import { listWords } from "../base/word-list.js";
import type { AnnotationProblem } from "../contracts/annotation.js";
import type { FindingText } from "../contracts/message.js";
import { deletionKinds } from "../contracts/vocabulary.js";
import { defineCheck } from "./define-check.js";

export interface WordParameters {
  readonly word: string;
  readonly nearest: string | null;
  readonly expected: readonly string[];
}

const why = "An annotation that is not understood protects nothing: what it marks would not be examined.";

function unknown(what: string) {
  return (p: WordParameters): FindingText => ({
    what: `"${p.word}" is no ${what}.`,
    why,
    mend: useInstead(p),
  });
}

function useInstead(p: WordParameters): string {
  if (p.nearest !== null) return `Did you mean "${p.nearest}"?`;
  return p.expected.length > 0 ? `Use ${listWords(p.expected, "or")}.` : "Remove it.";
}

const texts = {
  "unknown-tag": unknown("tag that is known here"),
  "unknown-category": unknown("category of personal information"),
  "unknown-purpose": (p: WordParameters) => ({
    what: `"${p.word}" is no purpose that is known here.`,
    why,
    mend: `${useInstead(p)} Words of your own are added by purposes: in child-privacy.yaml.`,
  }),
  "unknown-operation": unknown("operation"),
  "unknown-deletion-kind": (p: WordParameters) => ({
    what: p.word === "" ? "@deletionPath says no kind of deletion." : `"${p.word}" is no kind of deletion.`,
    why: "An annotation that is not understood protects nothing: the function is no way to erase.",
    mend: `${p.nearest === null ? "" : `Did you mean "${p.nearest}"? `}The kinds are ${listWords(deletionKinds, "and")}.`,
  }),
  "malformed-duration": (p: WordParameters) => ({
    what: `"${p.word}" is no duration.`,
    why,
    mend: "Write days, weeks, months or years (180d, 6m, 3y), ISO 8601 (P180D, PT1H), or until-deregistration.",
  }),
  "misplaced-tag": (p: WordParameters) => ({
    what: `@${p.word.replace(/^@/u, "")} means nothing here.`,
    why,
    mend: p.expected.length > 0 ? `It belongs on ${listWords(p.expected, "or")}.` : "Remove it.",
  }),
  "unresolved-field": (p: WordParameters) => ({
    what: `"${p.word}" leads to no property of the project.`,
    why,
    mend:
      p.nearest === null
        ? "Write the file's glob or the package, #, and Type.property: src/user.ts#User.birthDate."
        : `Did you mean "${p.nearest}"?`,
  }),
  "unresolved-function": (p: WordParameters) => ({
    what: `"${p.word}" leads to no function of the project.`,
    why,
    mend: "Write the file or the package, #, and the function: src/consent.ts#requireGuardian.",
  }),
  "missing-child-data": (p: WordParameters) => ({
    what: `@${p.word.replace(/^@/u, "")} says something about child data, and nothing here is marked as that.`,
    why,
    mend: "Add @childData, with a category, to the same place.",
  }),
} satisfies Record<AnnotationProblem["kind"], (p: WordParameters) => FindingText>;

export const validAnnotation = defineCheck({
  id: "valid-annotation",
  description: "annotations are understood: known words, on places where they mean something",
  texts,
  find(facts, say) {
    // Entries of the config's `fields:` are the config's, and `valid-setup` speaks about that.
    const inConfig = new Set(facts.configs.map((config) => config.file));
    return facts.annotations.problems
      .filter((problem) => !inConfig.has(problem.location.file))
      .map((problem) => ({
        rule: "valid-annotation" as const,
        verdict: "proven" as const,
        subject: `${problem.kind} ${problem.word}`,
        location: problem.location,
        message: say(problem.kind, {
          word: problem.word,
          nearest: problem.nearest,
          expected: problem.expected,
        }),
      }));
  },
});
