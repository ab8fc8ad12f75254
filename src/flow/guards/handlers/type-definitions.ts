/** Types of a schema as they are written down in its definition language: which directives stand at their fields. */
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { valuesAt } from "../../models/address-values.js";
import { foldValues } from "../../constants/constants.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import { type Directives, directivesIn } from "./definition-language.js";

const known = new WeakMap<CallSite, Map<Address, Directives | null>>();

/** The directives of each field; null where the text is not known in full. */
export function directivesAt(pointsTo: PointsTo, site: CallSite, address: Address): Directives | null {
  let ofSite = known.get(site);
  if (ofSite === undefined) known.set(site, (ofSite = new Map<Address, Directives | null>()));
  let found = ofSite.get(address);
  if (found === undefined) {
    const text = textAmong(pointsTo, valuesAt(pointsTo, site, address), []);
    ofSite.set(address, (found = text === null ? null : directivesIn(text)));
  }
  return found;
}

/** All of it: several texts are the parts of one, or stand for each other. */
function textAmong(
  pointsTo: PointsTo,
  values: Iterable<AbstractValue>,
  around: readonly CallSite[],
): string | null {
  const texts = [...values].map((each) => textOf(pointsTo, each, around));
  return texts.includes(null) || texts.length === 0 ? null : texts.join("\n");
}

function textOf(pointsTo: PointsTo, value: AbstractValue, around: readonly CallSite[]): string | null {
  if (value.kind === "object" && value.array)
    return textAmong(pointsTo, pointsTo.fieldNode(value, "*").values, around);
  if (value.kind === "constant" || value.kind === "computed") return foldValues(pointsTo, [value]).join("\n");
  // What a package makes of a template that is written out.
  const made = value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
  return made === undefined || around.includes(made) ? null : textOfTemplate(pointsTo, made, around);
}

/** The text with what stands in its holes. */
function textOfTemplate(pointsTo: PointsTo, made: CallSite, around: readonly CallSite[]): string | null {
  const { instruction, caller } = made;
  if (instruction.kind !== "call" || instruction.template === undefined) return null;
  const [first = "", ...rest] = instruction.template;
  const texts = rest.map((text, index) => {
    const hole = instruction.arguments[index];
    const [value, ...others] = hole === undefined ? [] : pointsTo.valuesOf(caller, hole.value);
    // One of several would have to be tried with each of the other holes.
    if (value === undefined || others.length > 0) return null;
    const held = textOf(pointsTo, value, [...around, made]);
    return held === null ? null : held + text;
  });
  return texts.includes(null) ? null : first + texts.join("");
}

/** The names of directives that a call asks for, as its models say. */
export function directivesAskedAt(pointsTo: PointsTo, site: CallSite): readonly string[] {
  return [...site.foreign]
    .flatMap(({ module, path }) => pointsTo.catalogue.match(module, path, "call"))
    .flatMap(({ model }) => model.roles)
    .flatMap((role) =>
      role.kind === "route" && role.fact === "directive" && role.name !== null
        ? foldValues(pointsTo, valuesAt(pointsTo, site, role.name))
        : [],
    );
}
