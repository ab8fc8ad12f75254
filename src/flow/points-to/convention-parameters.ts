/** What functions are called with that a command line finds by their file and name: `exports.up = (knex) => …`. */
import type { AbstractValue } from "./abstract-value.js";
import { allExports, findExports, moduleExportsCell } from "../program/module-links.js";
import type { PointsTo } from "./points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

/** Only where nothing else tells. */
export function seedConventionParameters(pointsTo: PointsTo): boolean {
  let seeded = false;
  for (const { file } of pointsTo.program.files) {
    if (pointsTo.catalogue.find(`file:${file}`).length === 0) continue;
    for (const name of allExports(pointsTo, file).keys())
      for (const value of exportedAs(pointsTo, file, name))
        seeded = seedExport(pointsTo, file, name, value) || seeded;
    for (const value of pointsTo.cellNode(file, moduleExportsCell).values)
      seeded = seedExport(pointsTo, file, "default", value) || seeded;
  }
  return seeded;
}

function exportedAs(pointsTo: PointsTo, file: string, name: string): readonly AbstractValue[] {
  return findExports(pointsTo, file, name).flatMap((target) =>
    target.kind === "cell" ? [...pointsTo.cellNode(target.file, target.cell).values] : [],
  );
}

/**
 * The function itself, those in an object that is exported as a whole (`module.exports = { up, down }`), or the methods
 * of a class.
 */
function seedExport(pointsTo: PointsTo, file: string, name: string, value: AbstractValue): boolean {
  if (value.kind === "function") return seedFunction(pointsTo, file, [name], value.function);
  if (value.kind === "class") return seedMethods(pointsTo, file, value.class);
  if (value.kind !== "object" || value.array) return false;
  let seeded = false;
  for (const [key, { values }] of pointsTo.fieldsOf(value))
    for (const each of values)
      if (each.kind === "function") seeded = seedFunction(pointsTo, file, [key], each.function) || seeded;
      else if (each.kind === "class") seeded = seedMethods(pointsTo, file, each.class) || seeded;
  return seeded;
}

/** Under the name of the class: as the default it would be no part of what is exported. */
function seedMethods(pointsTo: PointsTo, file: string, home: ClassNode): boolean {
  const { name } = home.graph;
  let seeded = false;
  for (const { kind, name: member, function: id } of home.graph.members) {
    if (kind !== "method" || member.kind !== "name" || id === null) continue;
    const method = pointsTo.program.memberOf(home, id);
    if (method !== undefined) seeded = seedFunction(pointsTo, file, [name, member.name], method) || seeded;
  }
  return seeded;
}

function seedFunction(
  pointsTo: PointsTo,
  file: string,
  path: readonly string[],
  node: FunctionNode,
): boolean {
  const given: { readonly index: number; readonly value: AbstractValue }[] = [];
  for (const { model } of pointsTo.catalogue.match(`file:${file}`, path, "convention"))
    for (const role of model.roles) {
      if (role.kind !== "type" || typeof role.type !== "string" || role.output.root.kind !== "argument")
        continue;
      const hash = role.type.indexOf("#");
      const { index } = role.output.root;
      if (hash === -1 || role.output.steps.length > 0 || !pointsTo.parameterNode(node, index).isEmpty)
        continue;
      const type = role.type.slice(hash + 1).split(".");
      const site = `typed:function:${String(node.index)}`;
      const value = pointsTo.values.foreign(role.type.slice(0, hash), type, site);
      if (value !== null) given.push({ index, value });
    }
  for (const { index, value } of given) {
    pointsTo.markShared(value);
    pointsTo.graph.add(pointsTo.parameterNode(node, index), value);
  }
  return given.length > 0;
}
