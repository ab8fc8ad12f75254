/** Methods that a framework calls because their class is made on top of one of its own: `validate` of a strategy. */
import type { Role } from "../../../contracts/model.js";
import { chainOf } from "../../program/class-chain.js";
import { runOn } from "../../contexts/run-on.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../../program/program.js";
import { bareEntry, type FoundEntry } from "./entry-found.js";

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
        const calls = bases.flatMap(({ module, path }) => this.callsOf(module, [...path, member]));
        const node = runOn(this.pointsTo, self, this.pointsTo.program.memberOf(home, id));
        if (calls.length > 0 && node !== undefined)
          this.add(
            node,
            self,
            calls.some(({ job }) => job),
          );
      }
    }
  }

  private callsOf(module: string, path: readonly string[]): readonly Extract<Role, { kind: "calls" }>[] {
    return this.pointsTo.catalogue
      .match(module, path, "type")
      .flatMap(({ model }) => model.roles.filter((role) => role.kind === "calls"))
      .filter(({ entry }) => entry);
  }

  private add(node: FunctionNode, self: ClassNode, isJob: boolean): void {
    const entry = { ...bareEntry(node, node.graph.path ?? node.graph.name, isJob), self };
    const known = this.byFunction.get(node);
    if (known === undefined) this.byFunction.set(node, [entry]);
    else known.push(entry);
  }
}
