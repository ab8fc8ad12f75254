/**
 * Functions that are handed over with others that run before them: `defineEventHandler({ onRequest, handler })` gives a
 * handler, wherever that is put, that is only run behind `onRequest`. The function itself is the chain.
 */
import type { FunctionNode } from "../../program/program.js";
import type { OpenWays } from "../open-ways.js";
import type { Chains } from "./chains.js";

export function isBehindItsOwn(chains: Chains, node: FunctionNode, open: OpenWays): boolean {
  return chains.registrations
    .on(chains.pointsTo.values.function(node))
    .some((each) => each.kind === "registration" && chains.isGuardedWithin(each, node, null, open));
}
