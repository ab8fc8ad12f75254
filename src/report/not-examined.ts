/** What no run looks at, and what this one was told to leave alone. */
import type { Analysis } from "../contracts/analysis.js";
import { plain } from "./plain-location.js";
import type { TextTable } from "./messages/text-table.js";

export function notExamined(analysis: Analysis, texts: TextTable): string[] {
  const { files } = analysis.leftOut;
  const { leftOut: words } = texts;
  return [
    ...texts.notExamined,
    ...files.map(({ by, count, patterns }) => words.files[by](count, patterns.join(", "))),
    ...rulesLeftOut(analysis, texts),
  ];
}

/** Duties that were not judged, in whole or in part. */
export function rulesLeftOut(
  { leftOut: { asked, switchedOff } }: Analysis,
  { leftOut }: TextTable,
): string[] {
  return [
    ...(asked === null ? [] : [leftOut.unasked([...asked].sort().join(", "))]),
    ...switchedOff.map(({ rule, location, files, of }) => {
      const { file, line } = plain(location);
      return leftOut.switchedOff(rule, `${file}:${String(line)}`, files, of);
    }),
  ];
}
