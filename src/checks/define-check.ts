import type { Finding } from "../contracts/finding.js";
import type { FindingText, Message } from "../contracts/message.js";
import type { RuleId } from "../contracts/obligation.js";
import type { Facts } from "./facts.js";

/** English words of a check's messages; other languages have the same keys and parameters. */
export type CheckTexts = Readonly<Record<string, (parameters: never) => FindingText>>;

/** Makes a message of this check: its text's name, with the parameters that the text wants. */
export type Say<T extends CheckTexts> = <K extends keyof T & string>(
  text: K,
  parameters: Parameters<T[K]>[0],
) => Message;

export interface Check<Id extends RuleId = RuleId, T extends CheckTexts = CheckTexts> {
  readonly id: Id;
  /** What it looks for, in a line; the rule's description. */
  readonly description: string;
  readonly texts: T;
  find(facts: Facts): readonly Finding[];
}

/** Declares a duty: its id, its texts, and what breaks it. Articles and level stand in the obligation table. */
export function defineCheck<const Id extends RuleId, const T extends CheckTexts>(check: {
  readonly id: Id;
  readonly description: string;
  readonly texts: T;
  find(facts: Facts, say: Say<T>): readonly Finding[];
}): Check<Id, T> {
  const say: Say<T> = (text, parameters) => ({
    id: `${check.id}.${text}`,
    parameters: parameters,
  });
  return {
    id: check.id,
    description: check.description,
    texts: check.texts,
    find: (facts) => check.find(facts, say),
  };
}
