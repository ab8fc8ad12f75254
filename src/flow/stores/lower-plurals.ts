/** Plurals by the first rule that fits, of the name in small letters: what clients of documents call a model's collection. */

const unchanging = new Set(
  "advice energy excretion digestion cooperation health justice labour machinery equipment information pollution sewage paper money species series rain rice fish sheep moose deer news expertise status media".split(
    " ",
  ),
);

const rules: readonly (readonly [ending: RegExp, plural: string])[] = [
  [/human$/u, "humans"],
  [/man$/u, "men"],
  [/person$/u, "people"],
  [/child$/u, "children"],
  [/^ox$/u, "oxen"],
  [/(ax|test)is$/u, "$1es"],
  [/(octop|vir)us$/u, "$1i"],
  [/(alias|status)$/u, "$1es"],
  [/bus$/u, "buses"],
  [/(buffal|tomat|potat)o$/u, "$1oes"],
  [/([ti])um$/u, "$1a"],
  [/sis$/u, "ses"],
  [/(?:([^f])fe|([lr])f)$/u, "$1$2ves"],
  [/hive$/u, "hives"],
  [/([^aeiouy]|qu)y$/u, "$1ies"],
  [/(x|ch|ss|sh)$/u, "$1es"],
  [/(?:(matr|vert|ind)ix|ex)$/u, "$1ices"],
  [/([lm])ouse$/u, "$1ice"],
  [/(kn|w|l)ife$/u, "$1ives"],
  [/quiz$/u, "quizzes"],
  [/^goose$/u, "geese"],
  [/s$/u, "s"],
  [/[^a-z]$/u, "$&"],
  [/$/u, "s"],
];

/** `Child` is `children`, `QuizAnswer` `quizanswers`; `Media` stays. */
export function lowerPluralOf(name: string): string {
  const lower = name.toLowerCase();
  const rule = unchanging.has(lower) ? undefined : rules.find(([ending]) => ending.test(lower));
  return rule === undefined ? lower : lower.replace(rule[0], rule[1]);
}
