/** Version ranges of npm, as far as models need them: `>=8`, `<3`, `^2.1`, `~1.2`, `1.x`, `>=1 <3`, `1 || 2`. */

type Version = readonly [major: number, minor: number, patch: number];
interface Bound {
  readonly min: Version;
  /** Exclusive; null: open. */
  readonly end: Version | null;
}

/** Alternatives, each of which is met by all of its bounds; null for what is no range. */
export type VersionRange = readonly (readonly Bound[])[];

export function parseVersionRange(text: string): VersionRange | null {
  const alternatives: (readonly Bound[])[] = [];
  for (const alternative of text.split("||")) {
    const bounds: Bound[] = [];
    for (const part of alternative
      .trim()
      .replaceAll(/([<>=~^]+)\s+/gu, "$1")
      .split(/\s+/u)) {
      const bound = readBound(part);
      if (bound === null) return null;
      bounds.push(bound);
    }
    alternatives.push(bounds);
  }
  return alternatives;
}

const lowest: Version = [0, 0, 0];

function readBound(part: string): Bound | null {
  if (part === "*" || part === "") return { min: lowest, end: null };
  const match = /^(>=|<=|>|<|=|\^|~)?v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/u.exec(part);
  if (match === null) return null;
  const given = [match[2], match[3], match[4]]
    .filter((each) => each !== undefined && /^\d/u.test(each))
    .map(Number);
  const version: Version = [given[0] ?? 0, given[1] ?? 0, given[2] ?? 0];
  /** The first version after all that the given digits name. */
  const after = bump(version, given.length - 1);
  switch (match[1]) {
    case ">=":
      return { min: version, end: null };
    case ">":
      return { min: after, end: null };
    case "<":
      return { min: lowest, end: version };
    case "<=":
      return { min: lowest, end: after };
    case "^":
      return {
        min: version,
        end: bump(
          version,
          Math.max(
            0,
            version.findIndex((each) => each > 0),
          ),
        ),
      };
    case "~":
      return { min: version, end: bump(version, Math.min(1, given.length - 1)) };
    default:
      return { min: version, end: after };
  }
}

function bump(version: Version, position: number): Version {
  if (position <= 0) return [version[0] + 1, 0, 0];
  return position === 1 ? [version[0], version[1] + 1, 0] : [version[0], version[1], version[2] + 1];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Whether an installed version lies in a range; what cannot be read counts as inside. */
export function isInRange(version: string, range: string): boolean {
  const digits = /^[^\d]*(\d+)(?:\.(\d+))?(?:\.(\d+))?/u.exec(version);
  const alternatives = parseVersionRange(range);
  if (digits === null || alternatives === null) return true;
  const found: Version = [Number(digits[1]), Number(digits[2] ?? 0), Number(digits[3] ?? 0)];
  return alternatives.some((bounds) =>
    bounds.every(({ min, end }) => compare(found, min) >= 0 && (end === null || compare(found, end) < 0)),
  );
}
