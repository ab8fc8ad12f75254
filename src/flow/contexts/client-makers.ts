/**
 * Functions that make something of a package and hand it out. A client of what they are given: `client(baseUrl)` for
 * each of two hosts is two clients, and what is asked of one does not reach the other's host. What passes on what it
 * gets: each `upper()` is a stream of its own, each `deferred()` a promise.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { NamedCalls } from "../constants/named-calls.js";
import type { FunctionNode, Program } from "../program/program.js";
import { isHandedOut } from "./handed-out.js";

/** Instructions of one: more do more than to put a client together. */
const largest = 60;

export function makesClient(program: Program, calls: NamedCalls, node: FunctionNode): boolean {
  return (
    node.graph.parameters.length > 0 &&
    node.code.length <= largest &&
    node.code.some(
      (each) =>
        each.kind === "call" &&
        each.arguments.length > 0 &&
        calls.makesOfItsArguments(node, each) &&
        isHandedOut(program, node, each.out, new Set()),
    )
  );
}

export function makesPassage(program: Program, calls: NamedCalls, node: FunctionNode): boolean {
  return (
    node.code.length <= largest &&
    node.code.some(
      (each) =>
        each.kind === "call" &&
        calls.makesPassage(node, each) &&
        partsOf(node, each.out).some((value) => isHandedOut(program, node, value, new Set())),
    )
  );
}

/** What is made, and what is taken out of it: `const { promise, resolve } = Promise.withResolvers()`. */
function partsOf(node: FunctionNode, value: ValueId): readonly ValueId[] {
  return [
    value,
    ...(node.uses[value] ?? []).flatMap((point) => {
      const use = node.code[point];
      if (use?.kind === "declare" || use?.kind === "cast") return partsOf(node, use.out);
      return use?.kind === "load" && use.object === value ? [use.out] : [];
    }),
  ];
}
