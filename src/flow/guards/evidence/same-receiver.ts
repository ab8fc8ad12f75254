/** Calls on `this`: where the class of the object is known, only its own methods are meant. */
import { chainOf } from "../../class-chain.js";
import type { CallEdge, CallSite, PointsTo } from "../../points-to.js";
import type { ClassNode, FunctionNode } from "../../program.js";
import type { ConsentQuestion } from "../consent-question.js";
import { originOf } from "../../value-places.js";

/** The functions that a call may go to, if `this` is an object of the class. */
export function edgesOf(pointsTo: PointsTo, site: CallSite, self: ClassNode | null): readonly CallEdge[] {
  const edges = [...site.edges.values()];
  if (self === null || edges.length < 2 || !isOnThis(site)) return edges;
  const chain = chainOf(pointsTo, self).flatMap((value) => (value.kind === "class" ? [value.class] : []));
  const rank = ({ callee }: CallEdge): number => {
    const home = pointsTo.program.homeClass(callee);
    return home === undefined ? -1 : chain.indexOf(home);
  };
  const own = edges.filter((edge) => rank(edge) !== -1);
  const nearest = Math.min(...own.map(rank));
  return own.length === 0 ? edges : own.filter((edge) => rank(edge) === nearest);
}

/** Where it is known which function was handed over, only that one: `work(unit)`. */
export function edgesMeant(
  question: Pick<ConsentQuestion, "facts">,
  site: CallSite,
  edges: readonly CallEdge[],
): readonly CallEdge[] {
  const meant = functionMeant(question, site);
  return meant === null ? edges : edges.filter(({ callee }) => callee === meant);
}

/** Of several functions that a call may go to, the one that is known to be handed over. */
export function functionMeant(
  { facts }: Pick<ConsentQuestion, "facts">,
  { caller, instruction, edges }: CallSite,
): FunctionNode | null {
  if (facts?.functionOf === undefined || edges.size < 2 || instruction.kind !== "call") return null;
  return facts.functionOf(caller, instruction.callee);
}

/** `this.save(child)`, also in an arrow function of the method. */
export function isOnThis({ caller, instruction }: CallSite): boolean {
  const receiver =
    instruction.kind === "call"
      ? instruction.receiver
      : instruction.kind === "load" || instruction.kind === "store"
        ? instruction.object
        : null;
  if (receiver === null) return false;
  const definition = caller.definitions[originOf(caller, receiver)];
  return definition?.kind === "instruction" && definition.instruction.kind === "this";
}
