/** Constants of modules that stand at a call by their names: `omit(child, HIDDEN)`, also imported ones. */
import type { FilePath } from "../../base/keys.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { MadeValue } from "../program/made-value.js";
import type { FunctionNode, Program } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";

const furthest = 4;

export class ModuleConstants {
  private readonly files = new Map<FilePath, ReadonlyMap<string, MadeValue | null>>();

  constructor(
    private readonly program: Program,
    private readonly resolver: Pick<Resolver, "moduleOf">,
  ) {}

  /** What the variable of a module that a value is read from is made with, if nothing else is ever put there. */
  of(node: FunctionNode, value: ValueId): MadeValue | null {
    const read = definitionOf(node, value);
    if (read?.kind === "cell-read") return this.onlyIn(node.file, read.cell);
    if (read?.kind !== "import-read") return null;
    const binding = node.fileGraph.imports[read.import];
    return binding === undefined ? null : this.exported(node.file, binding.specifier, binding.name, 0);
  }

  private exported(from: FilePath, specifier: string, name: string, depth: number): MadeValue | null {
    const target = depth > furthest ? null : this.resolver.moduleOf(from, specifier);
    if (target === null || !("file" in target)) return null;
    for (const each of this.program.graphOf(target.file)?.exports ?? []) {
      const found =
        each.kind === "all"
          ? this.exported(target.file, each.specifier, name, depth + 1)
          : each.name !== name
            ? null
            : each.kind === "cell"
              ? this.onlyIn(target.file, each.cell)
              : this.exported(target.file, each.specifier, each.imported, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  private onlyIn(file: FilePath, cell: string): MadeValue | null {
    let cells = this.files.get(file);
    if (cells === undefined) this.files.set(file, (cells = this.cellsOf(file)));
    return cells.get(cell) ?? null;
  }

  /** The one value of each variable; null for variables that are written again. */
  private cellsOf(file: FilePath): ReadonlyMap<string, MadeValue | null> {
    const found = new Map<string, MadeValue | null>();
    for (const { id } of this.program.graphOf(file)?.functions ?? []) {
      const node = this.program.functionOf(file, id);
      for (const each of node?.code ?? [])
        if (node !== undefined && each.kind === "cell-write")
          found.set(
            each.cell,
            found.has(each.cell) || node.graph.kind !== "module" ? null : { node, value: each.value },
          );
    }
    return found;
  }
}
