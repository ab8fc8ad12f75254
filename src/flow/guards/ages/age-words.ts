/** Names that say what a number or a date is, where no value tells: an age, a day of birth, some other day. */

const ages: ReadonlySet<string> = new Set(["age", "ages", "alter", "edad"]);
const limits =
  /^(?:min(?:imum|imal)?|max(?:imum|imal)?|limit|threshold|required|legal|least|from|until|of|consent|group|range|band|rating|bracket|gate|check|restriction|bound)$/u;
/** What is asked about an age or a birthday. */
const questions =
  /^(?:is|has|had|have|was|were|did|does|can|may|should|needs?|valid|invalid|over|under|above|below|older|younger|before|after|passed|reached|ok|known|checked|verified)$/u;
const births = /^(?:birth\w*|dob|born|bday|birthday)$/u;
const otherDays =
  /^(?:created?|joined?|registered?|registration|signup|signed|since|start(?:ed)?|began|expires?|expiry|updated?|modified|issued?|seen|login|visit(?:ed)?|enrolled|hired?|founded|opened|sent|deleted|published|uploaded|membership|member|subscribed|granted|consented|last)$/u;

const adults =
  /^(?:guardians?|parents?|mothers?|fathers?|mums?|moms?|dads?|adults?|teachers?|trainers?|coach(?:es)?|carers?|caretakers?)$/u;

export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/u)
    .filter((word) => word !== "");
}

/** The unit that a name gives an age in; null: it is no age's name. */
export function ageUnitOf(name: string): "year" | "month" | "day" | null {
  const words = wordsOf(name);
  const isOld = words.includes("years") && words.includes("old");
  if (!isOld && !words.some((word) => ages.has(word))) return null;
  if (words.some((word) => limits.test(word) || questions.test(word))) return null;
  if (words.includes("months")) return "month";
  return words.includes("days") ? "day" : "year";
}

/** The unit that a limit's name gives ages in: `CONSENT_AGE`, `ages.minimum`; null: it is no limit of ages. */
export function limitUnitOf(name: string): "year" | "month" | "day" | null {
  const words = wordsOf(name);
  if (!words.some((word) => ages.has(word))) return null;
  if (words.includes("months")) return "month";
  return words.includes("days") ? "day" : "year";
}

/** What a name says of a birth: its day or its year. */
export function birthNameOf(name: string): "date" | "year" | null {
  const words = wordsOf(name);
  if (!words.some((word) => births.test(word)) || words.some((word) => questions.test(word))) return null;
  if (words.includes("year") || words.includes("yob")) return "year";
  return words.some((word) => /^(?:month|place|city|country|name|weight)$/u.test(word)) ? null : "date";
}

/** A day in somebody's life that is not the first. */
export function isOtherDay(name: string): boolean {
  return wordsOf(name).some((word) => otherDays.test(word));
}

/** Somebody who is no child, whatever is asked about the age. */
export function isOfAdult(name: string): boolean {
  return wordsOf(name).some((word) => adults.test(word));
}
