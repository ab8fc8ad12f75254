/** Members of library objects by which a value from outside is read: what somebody typed into a field of a page. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { ModelMatch } from "../../models/catalogue.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { readModels } from "../models/read-flows.js";

/** A model says so of the object, by what it may be or else by its type. */
export function readsInput(
  pointsTo: PointsTo,
  node: FunctionNode,
  { object, property }: InstructionOf<"load">,
): boolean {
  if (property.kind !== "name") return false;
  const { name } = property;
  if (!givesInput(pointsTo.catalogue.membersNamed("lib", name, "read"))) return false;
  return (
    givesInput(readModels(pointsTo, node, object, name).models) ||
    typeNames(pointsTo, node, object).some((type) =>
      givesInput(pointsTo.catalogue.match("lib", [type, name], "read")),
    )
  );
}

function givesInput(models: readonly Pick<ModelMatch, "model">[]): boolean {
  return models.some(({ model }) => model.roles.some((role) => role.kind === "input"));
}

/** The library types of a value. */
function typeNames(pointsTo: PointsTo, node: FunctionNode, value: ValueId): readonly string[] {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return [];
  const { instruction } = definition;
  const span =
    instruction.kind === "declare" || instruction.kind === "load" ? instruction.nameAt : instruction.at;
  return pointsTo.resolver
    .typesAt(node.file, span)
    .flatMap(({ key }) => (key.startsWith("lib#") ? [key.slice("lib#".length)] : []));
}
