/** Which version of the notice holds: the last one that has come into effect. */
import type { UnversionedGuard } from "../contracts/flow.js";
import type { Day } from "../base/day.js";
import type { Notice } from "../contracts/notice.js";

/** Those that a config names, by its folder. */
export function noticesOf(notices: readonly Notice[], folder: string): Notice[] {
  return notices.filter(({ folders }) => folders.includes(folder));
}

/** The last one in effect, if it changes in substance what an earlier one said. */
export function substantiveNotice(notices: readonly Notice[], today: Day): Notice | null {
  const effective = effectiveNotices(notices, today);
  const last = effective.findLast((notice) => notice.substantive === true);
  return last === undefined || effective.indexOf(last) === 0 ? null : last;
}

/** Guards that do not ask for a notice's version or for one that has come since: only for those before it. */
export function guardsBefore(
  guards: readonly UnversionedGuard[],
  changed: Notice,
  notices: readonly Notice[],
): UnversionedGuard[] {
  const before = notices.filter(({ effective }) => effective < changed.effective);
  const outdated = new Set(before.map((notice) => String(notice.version)));
  return guards.filter(({ asked }) => asked.every((version) => outdated.has(version)));
}

/** Those in effect, the oldest first. */
export function effectiveNotices(notices: readonly Notice[], today: Day): Notice[] {
  return notices
    .filter(({ effective }) => effective <= today)
    .sort((a, b) => (a.effective < b.effective ? -1 : a.effective > b.effective ? 1 : 0));
}

interface RepeatedNotice {
  readonly notice: Notice;
  readonly other: Notice;
  readonly by: "version" | "day";
}

/** Two files that say to be the same version, or to take effect on the same day: nobody can tell which one holds. */
export function repeatedNotices(notices: readonly Notice[]): RepeatedNotice[] {
  return notices.flatMap((notice, index): RepeatedNotice[] => {
    const before = notices.slice(0, index);
    const sameVersion = before.find(({ version }) => String(version) === String(notice.version));
    if (sameVersion !== undefined) return [{ notice, other: sameVersion, by: "version" }];
    const sameDay = before.find(({ effective }) => effective === notice.effective);
    return sameDay === undefined ? [] : [{ notice, other: sameDay, by: "day" }];
  });
}
