/** Guards that are asked about each element of a list: `children.map(childAgreed)`, `children.every((each) => agreed(each))`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { originOf } from "../../paths/value-places.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { GuardPlaces } from "./guard-places.js";
import { partsOf } from "./subject-parts.js";

const visiting = /\.(?:map|flatMap|every|some)$/u;

/** The lists that a function has asked about so, with the calls that ask. */
export function askedByElement(
  pointsTo: PointsTo,
  places: GuardPlaces,
  node: FunctionNode,
): readonly { readonly list: ValueId; readonly sites: readonly CallSite[] }[] {
  return node.code.flatMap((instruction, point) => {
    if (instruction.kind !== "call" || instruction.receiver === null || !visiting.test(instruction.name))
      return [];
    const site = pointsTo.findSite(node, point);
    const callees = [...(site?.callbacks.values() ?? [])].map(({ callee }) => callee);
    if (site === undefined || callees.length === 0) return [];
    const inside = callees.flatMap((callee) => asking(places, callee));
    const isGuard = callees.every((callee) => places.isGuard(callee));
    return isGuard || inside.length > 0
      ? [{ list: originOf(node, instruction.receiver), sites: isGuard ? [site, ...inside] : inside }]
      : [];
  });
}

/** The calls of guards that are about the element. */
function asking(places: GuardPlaces, callee: FunctionNode): readonly CallSite[] {
  return places.in(callee).flatMap(({ site }) => {
    const given = site.instruction.kind === "call" ? site.instruction.arguments : [];
    const isOfElement = given.some(({ value }) =>
      partsOf(callee, value).some(({ base }) => {
        const definition = callee.definitions[base];
        return (
          definition?.kind === "instruction" &&
          definition.instruction.kind === "parameter" &&
          definition.instruction.index === 0
        );
      }),
    );
    return isOfElement ? [site] : [];
  });
}
