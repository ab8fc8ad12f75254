/** Functions that say something about consent: which they are, and how their answer is to be read. */
import type { FunctionAnnotation } from "../../../contracts/annotation.js";
import { modelsOwnWord } from "../../../contracts/models-own.js";
import type { Operation, Purpose } from "../../../contracts/vocabulary.js";
import type { Outcome } from "../evidence/outcome.js";
import { mayBe, mayBeObject } from "../evidence/outcome.js";
import { type GuardWord, isRefusing, wordFor } from "./answer-words.js";
import type { CallbackAnswer } from "./callback-answers.js";
import type { Presences } from "./object-presence.js";
import type { SilentParts } from "./silent-parts.js";

/**
 * How a guard tells: `value`, a boolean that is to be tested; `object`, an object with a boolean or a word in it;
 * `presence`, something where there is consent and nothing where there is none; `words`, one of some words, of which
 * some refuse; `count`, how many there are, none of which is none; `callback`, it calls what it is given; `throw`, it does not return.
 */
export type Telling = "value" | "object" | "presence" | "words" | "count" | "callback" | "throw";

export interface GuardMark {
  /** `adult`: where it is known to be false, the person is no child. */
  readonly kind: "guard" | "adult";
  readonly name: string;
  /** None: all. */
  readonly operations: readonly Operation[];
  /** None: all. */
  readonly purposes: readonly Purpose[];
  readonly telling: Telling;
  readonly isAsync: boolean;
  /** All that a guard answers that tells by words. */
  readonly words: readonly GuardWord[];
  /** The words that stand in properties of the object that it answers with: `{ kind: "granted" }`. */
  readonly parts: ReadonlyMap<string, readonly GuardWord[]>;
  /** Its properties that say by being there, or by not being there, how it came out. */
  readonly presences: Presences;
  /** Its properties that say something else. */
  readonly silent: SilentParts;
  /** Of one that tells by a callback. */
  readonly answer: CallbackAnswer | null;
}

/** Does an outcome of the guard's call say that there is consent (or that the person is no child)? */
export function tells(mark: GuardMark, outcome: Outcome): boolean {
  const { test, path } = outcome;
  if (mark.kind === "adult") return isFalse(outcome);
  switch (mark.telling) {
    case "throw":
      return true;
    case "callback":
      return false;
    case "value":
      return isTrue(outcome) || isSome(outcome);
    case "count":
      return path.length === 0 && test.kind !== "any" && !mayBe(0, outcome) && !isBelow(outcome);
    case "words":
      // A word that is never said tells nothing.
      return excludesRefusals(mark.words, outcome);
    case "presence":
      return (
        path.length > 0 ||
        test.kind === "truthy" ||
        test.kind === "defined" ||
        (test.kind === "isnt" && test.values.some((value) => value == null)) ||
        (test.kind === "is" && test.value != null && test.value !== false)
      );
    case "object":
      return path.length > 0 && objectTells(mark, path, test);
  }
}

/** Does an argument of a guard's callback say so by coming out so: `askConsent(id, (error, granted) => …)`? */
export function answersSo(
  mark: GuardMark,
  question: { acceptsMark(mark: GuardMark): boolean },
  index: number,
  outcome: Outcome,
): boolean {
  if (mark.answer === null || !question.acceptsMark(mark)) return false;
  const { argument, isYes } = mark.answer;
  if (argument === null) return true;
  return index === argument && (isYes ? isTrue(outcome) : !mayBeObject(outcome));
}

function objectTells(
  { parts, presences, silent }: GuardMark,
  path: readonly string[],
  test: Outcome["test"],
): boolean {
  const name = path.at(-1) ?? "";
  if (path.length === 1 && silent.has(name) && !speaksOfGrant(test)) return false;
  const presence = path.length === 1 ? presences.get(name) : undefined;
  if (presence !== undefined && isNothing(test)) return presence.absent;
  // What those that refuse have, too, says nothing by being there.
  if (presence?.there === false && test.kind === "defined") return false;
  const words = path.length === 1 ? parts.get(name) : undefined;
  if (words === undefined) return partTells(isRefusing(modelsOwnWord(name)), test);
  // Nobody knows which of them grants: whoever asks for one does.
  if (!words.some(({ isRefusal }) => isRefusal)) return test.kind === "is" || test.kind === "isnt";
  return excludesRefusals(words, { test, path: [] });
}

/** What it is compared with is a word that grants. */
function speaksOfGrant(test: Outcome["test"]): boolean {
  return test.kind === "is" && typeof test.value === "string" && wordFor(test.value, test.value).isGrant;
}

function excludesRefusals(words: readonly GuardWord[], outcome: Outcome): boolean {
  return words.every(({ value, isRefusal }) => !isRefusal || !mayBe(value, outcome));
}

/** A part of an object that says how it came out; `refused`, `denied` say so by being false. */
function partTells(isRefusal: boolean, test: Outcome["test"]): boolean {
  const part = { test, path: [] };
  if (test.kind === "is" && typeof test.value === "string") return !isRefusing(test.value);
  if (test.kind === "isnt" && test.values.some((value) => typeof value === "string"))
    return test.values.some((value) => typeof value === "string" && isRefusing(value));
  if (isRefusal) return isFalse(part) || test.kind === "nullish";
  return isTrue(part) || test.kind === "defined";
}

function isNothing(test: Outcome["test"]): boolean {
  return test.kind === "nullish" || (test.kind === "is" && test.value === undefined);
}

function isTrue({ test, path }: Outcome): boolean {
  if (path.length > 0) return false;
  return (
    test.kind === "truthy" ||
    (test.kind === "is" && test.value !== false && Boolean(test.value)) ||
    (test.kind === "isnt" && test.values.includes(false))
  );
}

/** What is compared with a number is one, and it is not none. */
function isSome(outcome: Outcome): boolean {
  const { test, path } = outcome;
  const isNumber = test.kind === "lies" || (test.kind === "isnt" && test.values.includes(0));
  return path.length === 0 && isNumber && !mayBe(0, outcome) && !isBelow(outcome);
}

/** Less than none is what stands for no answer: `-1`. */
function isBelow(outcome: Outcome): boolean {
  return outcome.test.kind === "lies" && mayBe(-1, outcome);
}

function isFalse({ test, path }: Outcome): boolean {
  if (path.length > 0) return false;
  return (
    test.kind === "falsy" ||
    (test.kind === "is" && test.value === false) ||
    (test.kind === "isnt" && test.values.includes(true))
  );
}

export function isGuardTag({ tag }: FunctionAnnotation): boolean {
  return tag === "guardianConsent" || tag === "childCheck";
}
