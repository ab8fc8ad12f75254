/** Where an imported or exported name leads: a module cell of an own file, a namespace, or a package's export. */
import type { FilePath } from "../../base/keys.js";
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "./program.js";

export type LinkTarget =
  | { readonly kind: "cell"; readonly file: FilePath; readonly cell: string }
  | { readonly kind: "namespace"; readonly file: FilePath }
  /** A property of a CommonJS file's `module.exports`; null: the object itself. */
  | { readonly kind: "commonjs"; readonly file: FilePath; readonly name: string | null }
  | { readonly kind: "foreign"; readonly module: string; readonly path: readonly string[] };

/** The cell that stands for a file's `module.exports`. */
export const moduleExportsCell = "*exports";

function isCommonJs(pointsTo: PointsTo, file: FilePath): boolean {
  const graph = pointsTo.program.graphOf(file);
  return graph !== undefined && graph.exports.length === 0;
}

/** Every cell that an export name of an own file may lead to (several through `export *`). */
export function findExports(
  pointsTo: PointsTo,
  file: FilePath,
  name: string,
  seen = new Set<string>(),
): LinkTarget[] {
  const mark = `${file}#${name}`;
  const graph = pointsTo.program.graphOf(file);
  if (graph === undefined || seen.has(mark)) return [];
  seen.add(mark);
  if (isCommonJs(pointsTo, file)) return [{ kind: "commonjs", file, name }];
  const direct: LinkTarget[] = [];
  for (const each of graph.exports) {
    if (each.kind === "all" || each.name !== name) continue;
    if (each.kind === "cell") {
      const imported = graph.imports.find((binding) => binding.local === each.cell);
      if (imported === undefined) direct.push({ kind: "cell", file, cell: each.cell });
      else direct.push(...linksOf(pointsTo, file, imported.specifier, imported.name, seen));
    } else direct.push(...linksOf(pointsTo, file, each.specifier, each.imported, seen));
  }
  if (direct.length > 0 || name === "default") return direct;
  return graph.exports.flatMap((each) =>
    each.kind === "all" ? linksOf(pointsTo, file, each.specifier, name, seen) : [],
  );
}

const known = new WeakMap<PointsTo, Map<string, readonly LinkTarget[]>>();

/** What `import { name } from "specifier"` in `from` leads to; `*` is the namespace, `=` the CommonJS value. */
export function findImport(
  pointsTo: PointsTo,
  from: FilePath,
  specifier: string,
  name: string,
): readonly LinkTarget[] {
  let all = known.get(pointsTo);
  if (all === undefined) known.set(pointsTo, (all = new Map<string, readonly LinkTarget[]>()));
  const key = `${from}\0${specifier}\0${name}`;
  let links = all.get(key);
  if (links === undefined) all.set(key, (links = linksOf(pointsTo, from, specifier, name, new Set())));
  return links;
}

function linksOf(
  pointsTo: PointsTo,
  from: FilePath,
  specifier: string,
  name: string,
  seen: Set<string>,
): readonly LinkTarget[] {
  const target = pointsTo.resolver.moduleOf(from, specifier);
  if (target === null) return [];
  if ("module" in target)
    return [{ kind: "foreign", module: target.module, path: name === "*" || name === "=" ? [] : [name] }];
  const { file } = target;
  if (pointsTo.program.graphOf(file) === undefined) return [];
  const commonJs = isCommonJs(pointsTo, file);
  if (name === "*" || name === "=")
    return commonJs ? [{ kind: "commonjs", file, name: null }] : [{ kind: "namespace", file }];
  if (commonJs && name === "default")
    return [
      { kind: "commonjs", file, name: null },
      { kind: "commonjs", file, name },
    ];
  return findExports(pointsTo, file, name, seen);
}

/** What is imported is of a package, or its file only declares it: no code of the program gives it. */
export function isMadeElsewhere(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: InstructionOf<"import-read">,
): boolean {
  const binding = node.fileGraph.imports[instruction.import];
  if (binding === undefined) return false;
  return findImport(pointsTo, node.file, binding.specifier, binding.name).every(
    ({ kind }) =>
      kind === "foreign" || (kind === "commonjs" && pointsTo.valuesOf(node, instruction.out).size === 0),
  );
}

/** All export names of a file with where they lead, for reads of a namespace by an unknown name. */
export function allExports(
  pointsTo: PointsTo,
  file: FilePath,
  seen = new Set<string>(),
): Map<string, LinkTarget[]> {
  const found = new Map<string, LinkTarget[]>();
  const graph = pointsTo.program.graphOf(file);
  if (graph === undefined || seen.has(file)) return found;
  seen.add(file);
  for (const each of graph.exports) {
    if (each.kind !== "all") found.set(each.name, findExports(pointsTo, file, each.name));
    else {
      const target = pointsTo.resolver.moduleOf(file, each.specifier);
      if (target !== null && "file" in target)
        for (const [name, links] of allExports(pointsTo, target.file, seen))
          if (name !== "default" && !found.has(name)) found.set(name, links);
    }
  }
  return found;
}
