/** Files of one program: those that import each other, in whatever direction. A folder may hold several programs. */
import type { FilePath } from "../../base/keys.js";
import type { PointsTo } from "../points-to/points-to.js";

const known = new WeakMap<PointsTo, ReadonlyMap<FilePath, ReadonlySet<FilePath>>>();

/** The file, and all that it is joined with by imports. */
export function connectedWith(pointsTo: PointsTo, file: FilePath): ReadonlySet<FilePath> {
  let found = known.get(pointsTo);
  if (found === undefined) known.set(pointsTo, (found = groupsOf(pointsTo)));
  return found.get(file) ?? new Set([file]);
}

function groupsOf(pointsTo: PointsTo): ReadonlyMap<FilePath, ReadonlySet<FilePath>> {
  const groups = new Map<FilePath, Set<FilePath>>();
  const groupOf = (file: FilePath): Set<FilePath> => {
    const group = groups.get(file) ?? new Set([file]);
    groups.set(file, group);
    return group;
  };
  for (const { graph, file, fileGraph } of pointsTo.program.functions) {
    if (graph.kind !== "module") continue;
    groupOf(file);
    for (const specifier of fileGraph.specifiers) {
      const target = pointsTo.resolver.moduleOf(file, specifier);
      if (target === null || "module" in target) continue;
      const [one, other] = [groupOf(file), groupOf(target.file)];
      if (one === other) continue;
      const [large, small] = one.size < other.size ? [other, one] : [one, other];
      for (const each of small) {
        large.add(each);
        groups.set(each, large);
      }
    }
  }
  return groups;
}
