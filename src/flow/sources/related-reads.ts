/**
 * Related rows that are read of a row: `prize.winner`. A row does not hold them by itself, so what they hold begins
 * where they are read, and not where the row's type says that it may have them.
 */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { Origins } from "./origins.js";
import type { Relations } from "./relations.js";
import type { Seeds } from "./seeds.js";
import type { ToldByType } from "./told-by-type.js";
import type { FunctionNode } from "../program/program.js";

export class RelatedReads {
  constructor(
    private readonly resolver: Resolver,
    private readonly relations: Relations,
    private readonly origins: Origins,
    private readonly told: ToldByType,
    private readonly seeds: Seeds,
  ) {}

  /** Begins what the rows hold; false where none are read. */
  seed(node: FunctionNode, point: number, load: InstructionOf<"load">, name: string): boolean {
    if (!this.relations.isRead(node, load)) return false;
    const { object, out, nameAt, at } = load;
    const isOutside =
      this.origins.isOpaque(node, object) || this.origins.ofProperty(node, object, name) !== "no";
    const parts = isOutside ? this.resolver.childDataIn(node.file, nameAt) : [];
    if (parts.length === 0 || this.told.isToldAtRoot(node, object, 0, [name])) return false;
    for (const { path, field } of parts) {
      const note = { kind: "reads", field: this.seeds.nameOf(field) } as const;
      this.seeds.beginFrom(object, node, point, out, path, field, at, note, [name]);
    }
    return true;
  }
}
