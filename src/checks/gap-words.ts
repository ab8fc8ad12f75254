/** What a record of the register lacks, in words: what is wrong with it, and the line to add. */
import { listWords } from "../base/word-list.js";
import type { Gap } from "./coverage.js";

const gapWords: {
  readonly [K in Gap["kind"]]: (gap: Extract<Gap, { kind: K }>) => readonly [string, string];
} = {
  role: ({ found, wanted }) => [`is a record of a ${found}, and this is a ${wanted}`, `\`role: ${wanted}\``],
  "not-assessed": () => ["names no day of an assessment", "`assessed: YYYY-MM-DD`"],
  future: ({ day }) => [
    `says that the assessment is made on ${day}, which is still to come`,
    "`assessed:` with the day on which it was made",
  ],
  expired: ({ day }) => [`ran out on ${day}`, "`assessed:` and `expires:` of a new assessment"],
  unread: ({ keys }) => [
    `says ${listWords(keys, "and")} in words that cannot be read`,
    keys.map((key) => `\`${key}:\` as it is meant`).join(", "),
  ],
  ended: ({ day }) => [`names an agreement that ended on ${day}`, "the new agreement, without `ended:`"],
  "no-agreement": () => [
    "names no agreement",
    "`agreement:` with signed, document, responsibilities, period, nature and purpose",
  ],
  "not-signed-yet": ({ day }) => [
    `names an agreement that is signed on ${day}, which is still to come`,
    "`agreement.signed:` with the day on which it was signed",
  ],
  agreement: ({ lacks }) => [
    `names an agreement without ${listWords(lacks, "and")}`,
    lacks.map((item) => `\`agreement.${item}:\``).join(", "),
  ],
  "no-basis": () => ["names no basis", "`basis:` with the law, or the agreement with the guardians"],
  category: ({ wanted }) => [`does not cover the category ${wanted}`, `\`${wanted}\` under scope.categories`],
  field: ({ wanted }) => [`does not cover ${wanted}`, `\`${wanted}\` under scope.fields`],
  purpose: ({ wanted }) => [`does not cover the purpose ${wanted}`, `\`${wanted}\` under scope.purposes`],
};

function wordsOf(gap: Gap): readonly [string, string] {
  return (gapWords[gap.kind] as (gap: Gap) => readonly [string, string])(gap);
}

/** `ran out on 2026-01-15 and names no basis`, of the record. */
export function flawsOf(gaps: readonly Gap[]): string {
  return listWords(
    gaps.map((gap) => wordsOf(gap)[0]),
    "and",
  );
}

/** What is to be written into it. */
export function mendsOf(gaps: readonly Gap[]): string {
  return listWords(
    gaps.map((gap) => wordsOf(gap)[1]),
    "and",
  );
}
