/** What a CommonJS file exports under a name, where that is written once. */
import type { ValueId } from "../../contracts/file-graph.js";
import { linkNode } from "../points-to/member-constraints.js";
import type { LinkTarget } from "../program/module-links.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

export interface Written {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

/** The stores of a program by the name of the property. */
export class NamedStores {
  private stores: Map<string, (Written & { readonly object: ValueId })[]> | null = null;

  constructor(private readonly pointsTo: PointsTo) {}

  /** The only write of an export, by the module itself while it is loaded; null where there may be others. */
  onlyExport(link: LinkTarget): Written | null {
    if (link.kind !== "commonjs" || link.name === null) return null;
    const exported = linkNode(this.pointsTo, { ...link, name: null }).values;
    for (const value of exported)
      if ((this.pointsTo.fieldsOf(value).get("[]")?.values.size ?? 0) > 0) return null;
    const [only, ...others] = this.named(link.name).filter(({ node, object }) =>
      [...this.pointsTo.valuesOf(node, object)].some((value) => exported.has(value)),
    );
    if (only === undefined || others.length > 0) return null;
    return only.node.file === link.file && only.node.graph.kind === "module" ? only : null;
  }

  private named(name: string): readonly (Written & { readonly object: ValueId })[] {
    this.stores ??= this.collect();
    return this.stores.get(name) ?? [];
  }

  private collect(): Map<string, (Written & { readonly object: ValueId })[]> {
    const found = new Map<string, (Written & { readonly object: ValueId })[]>();
    for (const node of this.pointsTo.program.functions) {
      for (const instruction of node.code) {
        if (instruction.kind !== "store" || instruction.property.kind !== "name") continue;
        const { property, object, value } = instruction;
        const list = found.get(property.name);
        if (list === undefined) found.set(property.name, [{ node, object, value }]);
        else list.push({ node, object, value });
      }
    }
    return found;
  }
}
