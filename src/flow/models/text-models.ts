/** Models of texts, and the facts that may be texts. */
import type { Fact } from "../tabulation/fact.js";
import { isRound } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ModelAt } from "../program/model-at.js";
import { wordsOf } from "../ways/declared-words.js";
import { firstRank } from "./select-models.js";

export function isOfTexts({ path: [type] }: ModelAt["model"]): boolean {
  return type?.kind === "name" && type.name === "String";
}

export function mayBeText({ path }: Fact): boolean {
  const [first] = path.components;
  return first === undefined || first === "<text>" || isRound(first);
}

/**
 * What a method that nothing describes does with a fact that is all of its receiver: of a field that is declared as a
 * text it is the method that texts have (`res.locals.row.email.split("@")`). None where functions are handed over, which
 * another method may call.
 */
export function methodsOfText(
  pointsTo: PointsTo,
  site: CallSite,
  { base, path, state }: Fact,
): readonly ModelAt[] {
  const { instruction, caller } = site;
  if (instruction.kind !== "call" || instruction.new || instruction.receiver !== base) return [];
  if (path.components.length > 0 || site.edges.size > 0 || site.callbacks.size > 0) return [];
  const definition = caller.definitions[instruction.callee];
  const loaded = definition?.kind === "instruction" ? definition.instruction : null;
  if (loaded?.kind !== "load" || loaded.property.kind !== "name") return [];
  const { name } = loaded.property;
  const callee = pointsTo.values.foreign("lib", ["String", name], null);
  if (callee?.kind !== "foreign") return [];
  const matches = pointsTo.catalogue.match("lib", ["String", name], "call");
  if (matches.length === 0) return [];
  const words = wordsOf(pointsTo.resolver, state.field);
  if (words.length !== 1 || words[0] !== "string") return [];
  return firstRank(pointsTo, site, matches).map((match) => ({ ...match, callee }));
}
