/** Makes the constraints of every function, solves them, and seeds what value flow does not reach. */
import { shareHeldInstances } from "./held-instances.js";
import { addInstructionConstraints } from "./instruction-constraints.js";
import { findIncompletePlaces } from "../constants/complete-values.js";
import type { PointsToInput } from "./points-to.js";
import { linkFolders } from "../folders/loaded-folders.js";
import { PointsTo } from "./points-to.js";
import { seedUnknowns } from "./type-seeds.js";
import { seedUnseenCallees } from "./unknown-callbacks.js";

export function buildPointsTo(input: PointsToInput): PointsTo {
  const pointsTo = new PointsTo(input, (node) => {
    addInstructionConstraints(pointsTo, node);
  });
  // Copies of functions that are made meanwhile have their constraints already.
  for (const node of [...input.program.functions]) addInstructionConstraints(pointsTo, node);
  pointsTo.graph.solve();
  if (linkFolders(pointsTo)) pointsTo.graph.solve();
  seedUnknowns(pointsTo);
  seedUnseenCallees(pointsTo);
  shareHeldInstances(pointsTo);
  pointsTo.isSolved = true;
  findIncompletePlaces(pointsTo);
  pointsTo.graph.close();
  return pointsTo;
}
