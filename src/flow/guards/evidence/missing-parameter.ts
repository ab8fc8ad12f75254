/** What is known of a function where one of its parameters is given nothing. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { GivenFacts, Known, Written } from "../handlers/given-facts.js";

export class MissingParameter implements GivenFacts {
  readonly key: string;
  readonly isEnough = true;

  constructor(
    private readonly node: FunctionNode,
    private readonly index: number,
    private readonly nothing: null | undefined,
    /** What is known besides. */
    private readonly besides: GivenFacts | null,
  ) {
    this.key = `${besides?.key ?? ""}[${String(node.index)}#${String(index)}=${String(nothing)}]`;
  }

  valueOf(node: FunctionNode, value: ValueId): Known | null {
    if (node === this.node) {
      const definition = node.definitions[originOf(node, value)];
      if (definition?.kind === "instruction" && definition.instruction.kind === "parameter")
        if (definition.instruction.index === this.index) return { value: this.nothing, isTold: true };
    }
    return this.besides?.valueOf(node, value) ?? null;
  }

  isObject(node: FunctionNode, value: ValueId): boolean {
    return this.besides?.isObject?.(node, value) === true;
  }

  functionOf(node: FunctionNode, value: ValueId): FunctionNode | null {
    return this.besides?.functionOf?.(node, value) ?? null;
  }

  mayHaveWritten(writer: FunctionNode): boolean {
    return this.besides?.mayHaveWritten?.(writer) ?? true;
  }

  hasWritten(places: readonly Written[]): boolean {
    return this.besides?.hasWritten?.(places) ?? false;
  }
}
