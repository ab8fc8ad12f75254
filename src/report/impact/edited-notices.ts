/** Notices in effect that say something else than before under the same version: who consented to it was told the old one. */
import { parseDuration } from "../../base/duration.js";
import type { Analysis } from "../../contracts/analysis.js";
import type { EditedNotice } from "../../contracts/impact.js";
import type { Notice } from "../../contracts/notice.js";

export function editedNotices(was: Analysis, is: Analysis): EditedNotice[] {
  return was.notices
    .filter(({ effective }) => effective <= was.today)
    .flatMap((before): EditedNotice[] => {
      const after = is.notices.find((each) => isSameVersion(before, each));
      if (after === undefined) return [];
      const changed = keys.filter((key) => writtenAs(before[key]) !== writtenAs(after[key]));
      if (changed.length === 0) return [];
      const { file, version, effective } = after;
      return [
        { file, version: String(version), effective, added: addedIn(before, after), changed: [...changed] },
      ];
    });
}

const keys = [
  "effective",
  "substantive",
  "purposes",
  "categories",
  "stores",
  "recipients",
  "safeguards",
  "afterExpiry",
  "consequencesOfRefusal",
  "refusal",
  "complaints",
  "reports",
  "correction",
  "deletion",
] as const satisfies readonly (keyof Notice)[];

function isSameVersion(a: Notice, b: Notice): boolean {
  return String(a.version) === String(b.version) && a.folders.some((folder) => b.folders.includes(folder));
}

/** The order of a list says nothing, nor do spaces. */
function writtenAs(value: Notice[(typeof keys)[number]]): string {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value ?? ""];
  return JSON.stringify(
    texts.map((each) => (typeof each === "string" ? folded(each) : JSON.stringify(each))).sort(),
  );
}

function folded(text: string): string {
  return text.trim().replace(/\s+/gu, " ");
}

/** What guardians who were told the old one were not told of. */
function addedIn(was: Notice, is: Notice): EditedNotice["added"] {
  const more = (
    kind: "category" | "purpose" | "recipient",
    before: readonly string[] = [],
    after: readonly string[] = [],
  ) => {
    const told = new Set(before.map((word) => folded(word).toLowerCase()));
    return after.filter((word) => !told.has(folded(word).toLowerCase())).map((what) => ({ kind, what }));
  };
  return [
    ...more("category", was.categories, is.categories),
    ...moreStores(was.stores ?? [], is.stores ?? []),
    ...more("recipient", was.recipients, is.recipients),
    ...more("purpose", was.purposes, is.purposes),
  ];
}

type Stores = NonNullable<Notice["stores"]>;

/** Another place, or a period that is not known to be as short as the one before. */
function moreStores(was: Stores, is: Stores): EditedNotice["added"] {
  return is.flatMap(({ medium, where = "", period = "" }): EditedNotice["added"] => {
    const what = where === "" ? medium : `${medium} (${where})`;
    const before = was.filter((each) => each.medium === medium && folded(each.where ?? "") === folded(where));
    if (before.length === 0) return [{ kind: "store", what }];
    return before.some((each) => !isLonger(each.period ?? "", period)) ? [] : [{ kind: "retention", what }];
  });
}

function isLonger(was: string, is: string): boolean {
  if (folded(was) === folded(is)) return false;
  const [before, after] = [parseDuration(was), parseDuration(is)];
  return before === null || after === null || after > before;
}
