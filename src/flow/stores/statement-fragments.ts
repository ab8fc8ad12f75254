/** What stands in the holes of a statement and is text of it: sql`…` in sql`…`, and `sql.raw("…")`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { SplicedRole } from "../../contracts/text-roles.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import { selectModels } from "../models/select-models.js";
import { originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** The call that made what stands there, if it is one. */
export function makerOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId): CallSite | null {
  const [made, ...others] = [...pointsTo.valuesOf(node, value)].filter(
    (each) => each.kind === "foreign" && each.site !== null,
  );
  if (made?.kind === "foreign" && made.site !== null && others.length === 0)
    return pointsTo.sites.get(made.site) ?? null;
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return null;
  return pointsTo.findSite(node, node.code.indexOf(definition.instruction)) ?? null;
}

/** Its text, where a package says that it is put into statements as it is, and it is told. */
export function splicedText(pointsTo: PointsTo, site: CallSite): string | null {
  for (const callee of site.foreign)
    for (const { model, names } of selectModels(pointsTo, site, callee)) {
      const role = model.roles.find((each): each is SplicedRole => each.kind === "spliced");
      if (role === undefined) continue;
      const [text, ...others] = foldValues(pointsTo, valuesAt(pointsTo, site, role.text, names));
      if (text === undefined || others.length > 0 || /\*|^env:/u.test(text)) return null;
      return role.quoted ? `"${text.replaceAll('"', '""')}"` : text;
    }
  return null;
}
