/** Types of a schema as they are written down in its definition language: which directives stand at their fields. */
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../abstract-value.js";
import { valuesAt } from "../../address-values.js";
import { foldValues } from "../../constants.js";
import type { CallSite, PointsTo } from "../../points-to.js";

/** By `/Type/field`. */
type Directives = ReadonlyMap<string, ReadonlySet<string>>;

const known = new WeakMap<CallSite, Map<Address, Directives | null>>();

/** The directives of each field; null where the text is not known in full. */
export function directivesAt(pointsTo: PointsTo, site: CallSite, address: Address): Directives | null {
  let ofSite = known.get(site);
  if (ofSite === undefined) known.set(site, (ofSite = new Map<Address, Directives | null>()));
  let found = ofSite.get(address);
  if (found === undefined) {
    const texts = textsAmong(pointsTo, valuesAt(pointsTo, site, address));
    ofSite.set(
      address,
      (found = texts === null || texts.length === 0 ? null : directivesIn(texts.join("\n"))),
    );
  }
  return found;
}

function textsAmong(pointsTo: PointsTo, values: readonly AbstractValue[]): readonly string[] | null {
  const texts: string[] = [];
  for (const value of values) {
    const found = textsOf(pointsTo, value);
    if (found === null) return null;
    texts.push(...found);
  }
  return texts;
}

function textsOf(pointsTo: PointsTo, value: AbstractValue): readonly string[] | null {
  if (value.kind === "object" && value.array)
    return textsAmong(pointsTo, [...pointsTo.fieldNode(value, "*").values]);
  if (value.kind === "constant" || value.kind === "computed") {
    const texts = foldValues(pointsTo, [value]);
    return texts.some((text) => text === "*") ? null : texts;
  }
  // What a package makes of a template that is written out.
  const made = value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
  return made?.instruction.kind === "call" && made.instruction.template !== undefined
    ? [made.instruction.template.join(" ")]
    : null;
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

const comments = /#[^\n]*|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/gu;
const types = /\b(?:type|interface)\s+(\w+)[^{}]*\{([^{}]*)\}/gu;
const fields = /(\w+)\s*(?:\([^()]*\))?\s*:\s*[[\]!\w]+((?:\s*@\w+(?:\s*\([^()]*\))?)*)/gu;

function directivesIn(text: string): Directives {
  const found = new Map<string, Set<string>>();
  for (const [, type = "", body = ""] of text.replaceAll(comments, "").matchAll(types))
    for (const [, field = "", written = ""] of body.matchAll(fields)) {
      const names = [...written.matchAll(/@(\w+)/gu)].map(([, name = ""]) => name);
      found.set(`/${type}/${field}`, new Set(names));
    }
  return found;
}
