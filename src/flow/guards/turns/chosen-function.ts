/** Of a call that runs one function of several in turn: which one it is. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { GivenFacts, Known, Written } from "../handlers/given-facts.js";

export class ChosenFunction implements GivenFacts {
  readonly key: string;
  private readonly called: ValueId;

  constructor(
    private readonly node: FunctionNode,
    called: ValueId,
    private readonly chosen: FunctionNode,
    /** What is known besides. */
    private readonly besides: GivenFacts | null,
  ) {
    this.called = originOf(node, called);
    const at = `${String(node.index)}:${String(this.called)}`;
    this.key = `${besides?.key ?? ""}[${at}=${String(chosen.index)}]`;
  }

  functionOf(node: FunctionNode, value: ValueId): FunctionNode | null {
    if (node === this.node && originOf(node, value) === this.called) return this.chosen;
    return this.besides?.functionOf?.(node, value) ?? null;
  }

  valueOf(node: FunctionNode, value: ValueId): Known | null {
    return this.besides?.valueOf(node, value) ?? null;
  }

  isObject(node: FunctionNode, value: ValueId): boolean {
    return this.besides?.isObject?.(node, value) === true;
  }

  mayHaveWritten(writer: FunctionNode): boolean {
    return this.besides?.mayHaveWritten?.(writer) ?? true;
  }

  hasWritten(places: readonly Written[]): boolean {
    return this.besides?.hasWritten?.(places) ?? false;
  }
}
