/** What somebody was asked and answered: `(await fetch("/api/consent")).json()`, also through an own function. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";

const deepest = 12;
export const asking: ReadonlySet<string> = new Set([
  "sql",
  "store",
  "http",
  "disclose",
  "rows",
  "public",
  "child-data",
]);

/** Is the value an answer, or a part of one? */
export function isAnswer(
  pointsTo: PointsTo,
  models: SiteModels,
  node: FunctionNode,
  value: ValueId,
  depth = 0,
): boolean {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction" || depth > deepest) return false;
  const { instruction, point } = definition;
  const again = (other: ValueId): boolean => isAnswer(pointsTo, models, node, other, depth + 1);
  switch (instruction.kind) {
    case "declare":
    case "cast":
    case "await":
      return again(instruction.value);
    case "load":
    case "iterate":
      return again(instruction.object);
    case "call": {
      const site = pointsTo.findSite(node, point);
      if (site === undefined) return false;
      if (asks(models, site) || (instruction.receiver !== null && again(instruction.receiver))) return true;
      const ends = [...site.edges.values()].flatMap(({ callee }) =>
        callee.graph.blocks.flatMap(({ end }) =>
          end.kind === "return" && end.value !== null ? [{ callee, value: end.value }] : [],
        ),
      );
      return (
        ends.length > 0 && ends.every((end) => isAnswer(pointsTo, models, end.callee, end.value, depth + 1))
      );
    }
    default:
      return false;
  }
}

function asks(models: SiteModels, site: CallSite): boolean {
  const described = models.at(site);
  // What a package answers that nobody described is its own: that it repeats what it is asked is not known.
  if (described.length === 0) return [...site.foreign].some(({ module }) => module.startsWith("npm:"));
  return described.some(({ model }) => model.roles.some(({ kind }) => asking.has(kind)));
}
