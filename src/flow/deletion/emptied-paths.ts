/** Parts of a tree at which null is written, or something else that says nothing of a child: what stood there is gone. */
import { type PathsAsked, pathsWritten } from "../stores/paths-below.js";
import { isFixed } from "./fixed-values.js";

export function emptiedPaths(asked: PathsAsked): readonly string[] {
  const found = pathsWritten(asked).filter(({ node, value }) => isFixed(asked.pointsTo, node, value));
  return [...new Set(found.flatMap(({ targets }) => targets))].sort();
}
