/** What stands behind `typeof createContext`. */
import type { FilePath } from "../../base/keys.js";
import { findImport } from "./module-links.js";
import type { LinkTarget } from "./module-links.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { PointsTo } from "../points-to/points-to.js";

/** What a name means at the top of a file, imported names included. */
export function nodesNamed(pointsTo: PointsTo, file: FilePath, name: string): readonly PointerNode[] {
  const imported = pointsTo.program.graphOf(file)?.imports.find(({ local }) => local === name);
  const links: readonly LinkTarget[] =
    imported === undefined
      ? [{ kind: "cell", file, cell: name }]
      : findImport(pointsTo, file, imported.specifier, imported.name);
  const cells = links.flatMap((link) =>
    link.kind === "cell" ? [pointsTo.cellNode(link.file, link.cell)] : [],
  );
  return imported === undefined ? [...cells, ...declared(pointsTo, file, name)] : cells;
}

/** What nobody but the type speaks of is no shared variable of its module. */
function declared(pointsTo: PointsTo, file: FilePath, name: string): readonly PointerNode[] {
  const module = pointsTo.program.moduleOf(file);
  return (module?.code ?? []).flatMap((each) => {
    const isMeant =
      (each.kind === "declare" && each.name === name) ||
      (each.kind === "function" && module?.fileGraph.functions[each.function]?.name === name);
    return isMeant && module !== undefined ? [pointsTo.valueNode(module, each.out)] : [];
  });
}
