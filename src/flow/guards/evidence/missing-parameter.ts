/** What is known of a function where one of its parameters, or a part of it, is given nothing. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { placesOf } from "../../paths/value-places.js";
import type { GivenFacts, Known, Written } from "../handlers/given-facts.js";

export class MissingParameter implements GivenFacts {
  readonly key: string;
  readonly isEnough = true;

  constructor(
    private readonly node: FunctionNode,
    private readonly index: number,
    /** In the parameter; empty: the parameter itself. */
    private readonly path: readonly string[],
    private readonly nothing: null | undefined,
    /** What is known besides. */
    private readonly besides: GivenFacts | null,
  ) {
    this.key = `${besides?.key ?? ""}[${String(node.index)}#${[index, ...path].join(".")}=${String(nothing)}]`;
  }

  valueOf(node: FunctionNode, value: ValueId): Known | null {
    if (node === this.node && this.isMeant(value)) return { value: this.nothing, isTold: true };
    return this.besides?.valueOf(node, value) ?? null;
  }

  private isMeant(value: ValueId): boolean {
    return placesOf(this.node, value).some(({ base, path }) => {
      if (path.length !== this.path.length || path.some((name, at) => name !== this.path[at])) return false;
      const definition = this.node.definitions[base];
      const instruction = definition?.kind === "instruction" ? definition.instruction : null;
      return instruction?.kind === "parameter" && instruction.index === this.index;
    });
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
