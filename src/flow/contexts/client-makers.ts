/**
 * Functions that make a client of a package out of what they are given, and hand it out: `client(baseUrl)` for each of
 * two hosts is two clients, and what is asked of one does not reach the other's host.
 */
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
