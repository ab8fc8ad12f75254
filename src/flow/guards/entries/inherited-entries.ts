/** Methods that a framework calls because their class is made on top of one of its own: `validate` of a strategy. */
import { chainOf } from "../../class-chain.js";
import type { PointsTo } from "../../points-to.js";
import type { ClassNode, FunctionNode } from "../../program.js";
import type { FoundEntry } from "./entry-found.js";

const none: readonly FoundEntry[] = [];

export class InheritedEntries {
  private readonly byFunction = new Map<FunctionNode, FoundEntry[]>();

  constructor(private readonly pointsTo: PointsTo) {
    for (const self of pointsTo.program.classes) this.addEntries(self);
  }

  of(node: FunctionNode): readonly FoundEntry[] {
    return this.byFunction.get(node) ?? none;
  }

  private addEntries(self: ClassNode): void {
    const chain = chainOf(this.pointsTo, self);
    const bases = chain.flatMap((value) => (value.kind === "foreign" ? [value] : []));
    if (bases.length === 0) return;
    const seen = new Set<string>();
    for (const value of chain) {
      if (value.kind !== "class") continue;
      const home = value.class;
      for (const { name, function: id, kind } of home.graph.members) {
        if (kind !== "method" || name.kind !== "name" || id === null || seen.has(name.name)) continue;
        // What is written anew is called in place of what it replaces.
        seen.add(name.name);
        const member = name.name;
        if (!bases.some(({ module, path }) => this.isEntry(module, [...path, member]))) continue;
        const node = this.pointsTo.program.functionOf(home.file, id);
        if (node !== undefined) this.add(node, self);
      }
    }
  }

  private isEntry(module: string, path: readonly string[]): boolean {
    return this.pointsTo.catalogue
      .match(module, path, "type")
      .some(({ model }) => model.roles.some((role) => role.kind === "calls" && role.entry));
  }

  private add(node: FunctionNode, self: ClassNode): void {
    const entry: FoundEntry = {
      node,
      self,
      site: null,
      name: node.graph.path ?? node.graph.name,
      method: null,
      path: null,
      root: null,
      isRemote: false,
      decorations: [],
    };
    const known = this.byFunction.get(node);
    if (known === undefined) this.byFunction.set(node, [entry]);
    else known.push(entry);
  }
}
