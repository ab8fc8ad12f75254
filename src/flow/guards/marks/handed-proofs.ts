/** What a caller hands over for a proof, or for something in which one lies: made by somebody who asked, as far as is told. */
import type { DeclarationId } from "../../../contracts/annotation.js";
import type { Argument, InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import { originOf } from "../../paths/value-places.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { BroughtProofs } from "./brought-proofs.js";

const deepest = 8;

export class HandedProofs {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly brought: BroughtProofs,
  ) {}

  /** `path`: where in the argument the proof lies. */
  isProof(
    node: FunctionNode,
    { value, at }: Argument,
    path: readonly string[],
    type: DeclarationId,
  ): boolean {
    return this.pointsTo.resolver.isForced?.(node.file, at) !== true && this.isTold(node, value, path, type);
  }

  private isTold(
    node: FunctionNode,
    value: ValueId,
    path: readonly string[],
    type: DeclarationId,
    depth = 0,
  ): boolean {
    if (depth > deepest || this.brought.isBrought(node, value) || this.isSaidToBe(node, value, path, type))
      return false;
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "object") return true;
    const [name, ...rest] = path;
    // A literal in the place of a proof: nothing was asked.
    if (name === undefined) return false;
    const { stores, copies } = writtenInto(node, definition.instruction.out);
    const named = stores.filter(({ property }) => property.kind === "name" && property.name === name);
    if (named.length > 0)
      return named.every(
        (store) =>
          this.pointsTo.resolver.isForced?.(node.file, store.nameAt) !== true &&
          this.isTold(node, store.value, rest, type, depth + 1),
      );
    return (
      copies.length > 0 && copies.every(({ source }) => this.isTold(node, source, path, type, depth + 1))
    );
  }

  /** `{} as Permit`, `find(id)!`: that it is one is only said. */
  private isSaidToBe(
    node: FunctionNode,
    value: ValueId,
    path: readonly string[],
    type: DeclarationId,
  ): boolean {
    const { resolver } = this.pointsTo;
    let definition = node.definitions[value];
    for (let hops = 0; hops < deepest && definition?.kind === "instruction"; hops++) {
      const { instruction } = definition;
      if (instruction.kind === "cast") {
        const shapes = resolver.typesAt(node.file, instruction.typeAt);
        return (
          path.length > 0 || shapes.length === 0 || shapes.some(({ declaration }) => declaration === type)
        );
      }
      if (instruction.kind !== "declare") return false;
      if (resolver.isForced?.(node.file, instruction.nameAt) === true) return true;
      definition = node.definitions[instruction.value];
    }
    return false;
  }
}

function writtenInto(
  node: FunctionNode,
  object: ValueId,
): {
  readonly stores: readonly InstructionOf<"store">[];
  readonly copies: readonly InstructionOf<"copy-properties">[];
} {
  const stores = node.code.filter((each) => each.kind === "store");
  const copies = node.code.filter((each) => each.kind === "copy-properties");
  return {
    stores: stores.filter((each) => originOf(node, each.object) === object),
    copies: copies.filter((each) => originOf(node, each.target) === object),
  };
}
