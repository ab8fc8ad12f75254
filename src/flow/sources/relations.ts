/** Properties by which other rows are found, as their declarations say: `@BelongsTo(() => Sailor) sailor: Sailor`. */
import type { DeclarationId } from "../../contracts/annotation.js";
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { FunctionNode } from "../program/program.js";

export class Relations {
  constructor(
    private readonly resolver: Resolver,
    private readonly declared: ReadonlyMap<string, ReadonlySet<DeclarationId>> = new Map(),
  ) {}

  /** Some class has one of this name. */
  mayBe(name: string): boolean {
    return this.declared.has(name);
  }

  /** It is one that is read, and no other property of the same name. */
  isRead({ file }: FunctionNode, { property, nameAt }: InstructionOf<"load">): boolean {
    const declared = property.kind === "name" ? this.declared.get(property.name) : undefined;
    return (
      declared !== undefined &&
      (this.resolver.declarationsOfRead?.(file, nameAt[0]) ?? []).some((each) => declared.has(each))
    );
  }
}
