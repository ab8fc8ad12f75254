/** Modules are run before those that import them. */
import type { FilePath } from "../../../base/keys.js";
import type { PointsTo } from "../../points-to/points-to.js";

export function importsTransitively(pointsTo: PointsTo, from: FilePath, to: FilePath): boolean {
  const seen = new Set<FilePath>([from]);
  const queue = [from];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const specifier of pointsTo.program.graphOf(file)?.specifiers ?? []) {
      const target = pointsTo.resolver.moduleOf(file, specifier);
      if (target === null || !("file" in target) || seen.has(target.file)) continue;
      if (target.file === to) return true;
      seen.add(target.file);
      queue.push(target.file);
    }
  }
  return false;
}
