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
  if (isOfModule(pointsTo, node, object, name)) return true;
  if (!givesInput(pointsTo.catalogue.membersNamed("lib", name, "read"))) return false;
  return (
    givesInput(readModels(pointsTo, node, object, name).models) ||
    typeNames(pointsTo, node, object).some((type) =>
      givesInput(pointsTo.catalogue.match("lib", [type, name], "read")),
    )
  );
}

/** The same of what a package exports: `workerData`. */
export function importsInput({ catalogue }: PointsTo, module: string, path: readonly string[]): boolean {
  return path.length > 0 && givesInput(catalogue.match(module, path, "read"));
}

/** `threads.workerData` of `const threads = require("node:worker_threads")`. */
function isOfModule(pointsTo: PointsTo, node: FunctionNode, object: ValueId, name: string): boolean {
  for (const value of pointsTo.valuesOf(node, object))
    if (value.kind === "foreign" && value.path.length === 0 && importsInput(pointsTo, value.module, [name]))
      return true;
  return false;
}

/** `process.env.X`, `process.argv`: given from outside when the program was started. */
export function isGivenToProcess(
  pointsTo: PointsTo,
  node: FunctionNode,
  { object, property }: InstructionOf<"load">,
): boolean {
  if (property.kind !== "name" || !/^(?:env|argv)$/u.test(property.name)) return false;
  return [...pointsTo.valuesOf(node, object)].some(
    (value) => value.kind === "foreign" && value.path.at(-1) === "process",
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
