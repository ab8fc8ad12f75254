/** What functions are called with that a package calls by their type: `const routes: FastifyPluginAsync = async (app) => …`. */
import type { TypeReference } from "../../contracts/type-reference.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { WrittenTypes } from "../sources/written-types.js";
import { typeNamed } from "./type-names.js";

/** Only where nothing else tells: each such function is given an object of its own. */
export function seedPlatformFunctions(pointsTo: PointsTo, types: WrittenTypes): boolean {
  let seeded = false;
  for (const { file } of pointsTo.program.files) {
    const module = pointsTo.program.moduleOf(file);
    for (const each of module?.code ?? []) {
      if (module === undefined || each.kind !== "declare" || each.type?.kind !== "named") continue;
      for (const value of pointsTo.valuesOf(module, each.value))
        if (value.kind === "function") seeded = seed(pointsTo, types, value.function, each.type) || seeded;
    }
  }
  return seeded;
}

function seed(pointsTo: PointsTo, types: WrittenTypes, node: FunctionNode, type: TypeReference): boolean {
  if (type.kind !== "named") return false;
  let seeded = false;
  for (const key of types.declarationsOf(node.file, type.name)) {
    if (key.startsWith("file:")) continue;
    const hash = key.indexOf("#");
    const path = key.slice(hash + 1).split(".");
    for (const { model, package: home } of pointsTo.catalogue.match(key.slice(0, hash), path, "type"))
      for (const role of model.roles) {
        const [step, ...others] = role.kind === "type" ? role.output.steps : [];
        if (role.kind !== "type" || typeof role.type !== "string" || others.length > 0) continue;
        if (role.output.root.kind !== "value" || step?.kind !== "parameter") continue;
        const parameter = pointsTo.parameterNode(node, step.index);
        const given = parameter.isEmpty ? objectOf(pointsTo, home.module, role.type, node) : null;
        if (given === null) continue;
        pointsTo.markShared(given);
        pointsTo.graph.add(parameter, given);
        seeded = true;
      }
  }
  return seeded;
}

function objectOf(
  pointsTo: PointsTo,
  module: string,
  type: string,
  node: FunctionNode,
): AbstractValue | null {
  return pointsTo.values.foreign(...typeNamed(type, module), `typed:function:${String(node.index)}`);
}
