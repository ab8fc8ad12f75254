/** Functions that packages make of patterns, and that say whether the address of a request is one of these. */
import { foldValues } from "../../constants/constants.js";
import { valuesAt } from "../../models/address-values.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { ModelAt } from "../../program/model-at.js";
import { isFitted, patternPath } from "../handlers/route-paths.js";
import { textTest } from "../handlers/text-tests.js";

/** For each of the addresses, what the call says of it; null where that is not known, or the call says no such thing. */
export function coveredAt(
  pointsTo: PointsTo,
  modelsAt: (site: CallSite) => readonly ModelAt[],
  site: CallSite,
  addresses: () => readonly string[],
): readonly boolean[] | null {
  const [called, ...others] = site.foreign;
  const maker = called?.site == null || others.length > 0 ? undefined : pointsTo.sites.get(called.site);
  if (maker === undefined) return null;
  const patterns = modelsAt(maker).flatMap(({ model, names }) =>
    model.roles.flatMap((role) =>
      role.kind === "covers" ? patternsAmong(pointsTo, valuesAt(pointsTo, maker, role.paths, names)) : [],
    ),
  );
  const samples = patterns.length === 0 ? [] : addresses();
  if (samples.length === 0) return null;
  const answers = samples.map((sample) => covers(patterns, sample));
  const known = answers.filter((each) => each !== null);
  return known.length === answers.length ? known : null;
}

type Values = ReturnType<typeof valuesAt>;

/** Texts, and regular expressions marked as such, those of lists among them; null for what cannot be read. */
function patternsAmong(pointsTo: PointsTo, values: Values): readonly (string | null)[] {
  return values.flatMap((value) => {
    if (value.kind === "object" && value.array)
      return patternsAmong(pointsTo, [...pointsTo.fieldNode(value, "*").values]);
    const texts = foldValues(pointsTo, [value]);
    if (value.kind === "constant") return texts;
    return value.kind === "foreign" && texts.length === 1 ? texts.map(patternPath) : [null];
  });
}

function covers(patterns: readonly (string | null)[], sample: string): boolean | null {
  const answers = patterns.map((pattern) => {
    if (pattern === null) return null;
    return pattern.startsWith("~")
      ? textTest(pattern.slice(1), "test", sample)
      : isFitted(pattern, sample, "i");
  });
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}
