/** The rules and the articles behind them. Article numbers stand here and nowhere else. */
import type { RecipientRole } from "./vocabulary.js";

export type Level = "error" | "warn";

interface Obligation {
  readonly articles: readonly number[];
  /** Its level in the `recommended` config and in an audit whose config says nothing else. */
  readonly level: Level;
}

export const obligations = {
  "require-encryption": { articles: [13], level: "error" },
  "require-guardian-consent": { articles: [9, 10, 14], level: "error" },
  "require-assessment": { articles: [16, 17], level: "error" },
  "require-deletion-path": { articles: [20, 23], level: "error" },
  "no-public-disclosure": { articles: [18], level: "error" },
  "no-child-data-in-logs": { articles: [13, 15], level: "error" },
  "require-retention-period": { articles: [12], level: "warn" },
  "no-undeclared-purpose": { articles: [14], level: "warn" },
  "require-access-record": { articles: [15], level: "warn" },
  "require-correction-path": { articles: [19], level: "warn" },
  "no-unused-collection": { articles: [11], level: "warn" },
  "complete-notice": { articles: [10], level: "warn" },
  "valid-age-threshold": { articles: [2], level: "error" },
  "valid-annotation": { articles: [], level: "error" },
  "valid-setup": { articles: [8, 16, 21], level: "error" },
  "cannot-tell": { articles: [], level: "warn" },
} as const satisfies Readonly<Record<string, Obligation>>;

export type RuleId = keyof typeof obligations;

export const ruleIds = Object.keys(obligations) as readonly RuleId[];

export function isRuleId(word: string): word is RuleId {
  return Object.hasOwn(obligations, word);
}

export function articlesOf(rule: RuleId): readonly number[] {
  return obligations[rule].articles;
}

export function defaultLevelOf(rule: RuleId): Level {
  return obligations[rule].level;
}

/** Articles by the duty that they lay down, where only one of a rule's is meant. */
export const articleOf = {
  principles: 7,
  consent: 9,
  notice: 10,
  necessity: 11,
  encryption: 13,
  purposes: 14,
  correction: 19,
  deletion: 20,
  shutdown: 23,
  unrecognised: 28,
} as const;

/** By what somebody is who gets data: entrusted with it, handed it, or anybody. */
export const articleOfRole = {
  processor: 16,
  transfer: 17,
  disclosure: 18,
} as const satisfies Readonly<Record<RecipientRole, number>>;

/** All articles of the Provisions. */
export const articleNumbers: readonly number[] = Array.from({ length: 29 }, (_, index) => index + 1);

/**
 * Articles that no code can show to be kept or broken: purpose, publication bans, guardians, industry bodies,
 * supervision, liability, dates. The report says so instead of leaving them out.
 */
export const undecidableArticles: ReadonlySet<number> = new Set([
  1, 3, 4, 5, 6, 7, 22, 24, 25, 26, 27, 28, 29,
]);

/** Articles that rest on papers, which the config names and code cannot show. */
export const declaredArticles: ReadonlySet<number> = new Set([8, 21]);

/** Papers that the config names, with the article that asks for each. */
export const papers = { officer: 8, specialRules: 8, userAgreement: 8, emergencyPlan: 21 } as const;
export type Paper = keyof typeof papers;

/** The article behind a file that people write by hand. */
export const documentArticles = {
  config: [],
  model: [],
  assessment: [16],
  notice: [10],
} as const satisfies Readonly<Record<string, readonly number[]>>;
