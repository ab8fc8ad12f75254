/**
 * Functions that derive a key, or another digest, of what they are given: `keyOf(secret)` of a secret from outside is one
 * key, and of a text in the code another; functions that hand a secret on to one of those, and those that it goes through
 * before.
 */
import type { FunctionNode } from "../program/program.js";
import type { SecretMakers } from "./secret-makers.js";
import type { SecretParameters } from "./secret-parameters.js";

/** Those of one digest are few steps. */
const largest = 60;

export class KeyHelpers {
  constructor(
    private readonly secrets: SecretParameters,
    private readonly makers: SecretMakers,
  ) {}

  is(node: FunctionNode): boolean {
    const isGiven = node.graph.parameters.length > 0 && node.code.length <= largest;
    const gives = isGiven && node.graph.blocks.some(({ end }) => end.kind === "return" && end.value !== null);
    if (!gives) return false;
    const { calls } = this.secrets;
    return (
      node.code.some((each) => each.kind === "call" && calls.digests(node, each)) ||
      this.secrets.of(node).length > 0 ||
      this.makers.has(node)
    );
  }
}
