/** The inclusion constraints of parameters, variables and what modules give each other. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Constraints } from "./constraint-table.js";
import { siteId } from "./constraint-table.js";
import { addAssigned, assignedGlobal } from "./assign-constraints.js";
import { addReadType } from "./foreign-members.js";
import { addKeptRead } from "./kept-reads.js";
import { linkNode } from "./member-constraints.js";
import { givesData } from "../models/gives-data.js";
import type { LinkTarget } from "../program/module-links.js";
import { findImport, moduleExportsCell } from "../program/module-links.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { typedEdge } from "./value-constraints.js";

export const variableConstraints = {
  parameter: (pointsTo, node, instruction, point) => {
    const { graph, values } = pointsTo;
    const out = pointsTo.valueNode(node, instruction.out);
    const declared = node.graph.parameters[instruction.index];
    const type = declared?.type ?? null;
    typedEdge(pointsTo, pointsTo.parameterNode(node, instruction.index), out, type, node.file);
    if (declared?.rest === true) graph.add(out, values.object(siteId(node, point), true));
  },
  arguments: (pointsTo, node, { out }) => {
    pointsTo.graph.edge(pointsTo.argumentsNode(node), pointsTo.valueNode(node, out));
  },
  this: (pointsTo, node, { out }) => {
    pointsTo.graph.edge(pointsTo.receiverNode(node), pointsTo.valueNode(node, out));
  },
  capture: (pointsTo, node, { slot, out }) => {
    pointsTo.graph.edge(pointsTo.slotNode(node, slot), pointsTo.valueNode(node, out));
  },
  "box-read": (pointsTo, node, instruction) => {
    pointsTo.graph.onValue(pointsTo.valueNode(node, instruction.box), (box) => {
      pointsTo.graph.edge(pointsTo.fieldNode(box, "<box>"), pointsTo.valueNode(node, instruction.out));
    });
  },
  "box-write": (pointsTo, node, instruction) => {
    pointsTo.graph.onValue(pointsTo.valueNode(node, instruction.box), (box) => {
      pointsTo.graph.edge(pointsTo.valueNode(node, instruction.value), pointsTo.fieldNode(box, "<box>"));
    });
  },
  "cell-read": (pointsTo, node, { cell, out }) => {
    pointsTo.graph.edge(pointsTo.cellNode(node.file, cell), pointsTo.valueNode(node, out));
  },
  "cell-write": (pointsTo, node, { cell, value }) => {
    pointsTo.graph.edge(pointsTo.valueNode(node, value), pointsTo.cellNode(node.file, cell));
  },
  "import-read": (pointsTo, node, instruction, point) => {
    addKeptRead(pointsTo, node, instruction, point);
    const binding = node.fileGraph.imports[instruction.import];
    if (binding !== undefined)
      linkImport(pointsTo, node, binding.specifier, binding.name, pointsTo.valueNode(node, instruction.out));
  },
  require: (pointsTo, node, { specifier, out }) => {
    linkImport(pointsTo, node, specifier, "=", pointsTo.valueNode(node, out));
  },
  "import-call": (pointsTo, node, { specifier, out }) => {
    if (specifier !== null) linkImport(pointsTo, node, specifier, "*", pointsTo.valueNode(node, out));
  },
  "module-exports": (pointsTo, node, { out }) => {
    const cell = pointsTo.cellNode(node.file, moduleExportsCell);
    pointsTo.graph.add(cell, pointsTo.values.object(`${node.file}:exports`, false));
    pointsTo.graph.edge(cell, pointsTo.valueNode(node, out));
  },
  "module-exports-write": (pointsTo, node, { value }) => {
    pointsTo.graph.edge(pointsTo.valueNode(node, value), pointsTo.cellNode(node.file, moduleExportsCell));
  },
  global: (pointsTo, node, instruction, point) => {
    addKeptRead(pointsTo, node, instruction, point);
    const { graph } = pointsTo;
    const out = pointsTo.valueNode(node, instruction.out);
    // What its type says is all that is known of it, where no model knows its name.
    if (isOfOwnName(instruction) || isModelled(pointsTo, instruction.name))
      addGlobal(pointsTo, out, instruction.name);
    graph.edge(graph.node(`g${instruction.name}`), out);
  },
  "global-write": (pointsTo, node, { name, value }, point) => {
    const { graph } = pointsTo;
    const given = pointsTo.valueNode(node, value);
    graph.edge(given, graph.node(`g${name}`));
    addAssigned(pointsTo, node, point, assignedGlobal(pointsTo, name), null, given);
  },
} satisfies Constraints;

function linkImport(
  pointsTo: PointsTo,
  node: FunctionNode,
  specifier: string,
  name: string,
  out: PointerNode,
): void {
  for (const link of findImport(pointsTo, node.file, specifier, name))
    if (!isRead(pointsTo, link)) pointsTo.graph.edge(linkNode(pointsTo, link), out);
}

/** Data that is read from a package is no part of the package. */
function isRead({ catalogue }: PointsTo, link: LinkTarget): boolean {
  return (
    link.kind === "foreign" &&
    link.path.length > 0 &&
    catalogue.match(link.module, link.path, "read").some(({ model }) => model.roles.some(givesData))
  );
}

function addGlobal(pointsTo: PointsTo, out: PointerNode, name: string): void {
  const value = pointsTo.values.foreign("global", [name], null);
  if (value?.kind !== "foreign") return;
  pointsTo.graph.add(out, value);
  addReadType(pointsTo, value, out);
}

/** Its name stands for it, in models and where nothing describes it. */
function isOfOwnName({ declared }: InstructionOf<"global">): boolean {
  return declared === undefined || declared === "otherwise";
}

function isModelled({ catalogue }: PointsTo, name: string): boolean {
  return catalogue
    .find("global")
    .some(({ paths }) => paths.some(({ path: [first] }) => first?.kind === "name" && first.name === name));
}
