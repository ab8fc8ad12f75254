/** The inclusion constraints of each instruction; calls are in `call-constraints.ts`. */
import type { Instruction } from "../../contracts/file-graph.js";
import { addCallConstraints, addJsxConstraints, addSuperCallConstraints } from "./call-constraints.js";
import { admittedBy } from "./admitted-values.js";
import type { Constraint, Constraints } from "./constraint-table.js";
import { containerConstraints, generatorObject } from "./container-constraints.js";
import { callDecorator } from "./decorator-calls.js";
import { connectPhi } from "./left-out-defaults.js";
import { loopFoldsOf } from "./loop-folds.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { propertyConstraints } from "./property-constraints.js";
import { caughtNode, valueConstraints } from "./value-constraints.js";
import { isScalarReference } from "../ways/scalar-types.js";
import { variableConstraints } from "./variable-constraints.js";

const constraints: Constraints = {
  ...variableConstraints,
  ...valueConstraints,
  ...propertyConstraints,
  ...containerConstraints,
  call: (pointsTo, node, instruction, point) => {
    addCallConstraints(pointsTo, node, instruction, point);
    if (instruction.decorates !== undefined && instruction.decorates.kind !== "accessor")
      callDecorator(pointsTo, pointsTo.siteAt(node, point), instruction);
  },
  "super-call": addSuperCallConstraints,
  jsx: addJsxConstraints,
};

export function addInstructionConstraints(pointsTo: PointsTo, node: FunctionNode): void {
  const { graph } = pointsTo;
  const folds = [...loopFoldsOf(node).values()];
  for (const block of node.graph.blocks) {
    for (const phi of block.phis) {
      connectPhi(pointsTo, node, phi, folds.find((fold) => fold.phi === phi.out)?.initial);
    }
    if (block.end.kind === "return" && block.end.value !== null && !node.graph.generator) {
      graph.edgeThrough(
        pointsTo.valueNode(node, block.end.value),
        pointsTo.returnNode(node),
        isScalarReference(node.graph.returnType)
          ? null
          : admittedBy(pointsTo, node.file, node.graph.returnType),
      );
    }
    if (block.end.kind === "throw") {
      const caught = block.handler === null ? pointsTo.thrownNode(node) : caughtNode(pointsTo, node);
      graph.edge(pointsTo.valueNode(node, block.end.value), caught);
    }
  }
  if (node.graph.generator) {
    graph.add(pointsTo.returnNode(node), generatorObject(pointsTo, node));
  }
  node.code.forEach((instruction, point) => {
    const add = constraints[instruction.kind] as Constraint<Instruction> | undefined;
    add?.(pointsTo, node, instruction, point);
  });
}
