/** Functions that packages hand out, in the pointer graph: what their calls are given, and what they give. */
import type { Address } from "../../contracts/model.js";
import { isModelsOwn } from "../../contracts/models-own.js";
import { resultOfMade } from "../models/address-nodes.js";
import { onFunction } from "../models/function-addresses.js";
import { calledByChannel } from "../tabulation/channel-mouths.js";
import type { AbstractValue } from "./abstract-value.js";
import { channelModule } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import { loadMember } from "./member-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

/**
 * `arg0.param0.param0 -> return`: whoever calls the function that the callback was given; `this.listeners_.param0`: or
 * what models alone have put there to be called.
 */
export function channelStep(from: Address): number {
  const last = from.steps.findLastIndex((step) => step.kind === "parameter");
  if (last === -1) return -1;
  const before = from.steps.slice(0, last);
  const isGiven =
    from.root.kind === "return" ||
    before.some((step) => step.kind === "parameter" || (step.kind === "property" && isModelsOwn(step.name)));
  return isGiven ? last : -1;
}

/** The field of a channel where what its calls are given is gathered. */
export function givenToChannel(from: Address): string {
  const step = from.steps[channelStep(from)];
  return `<given ${step?.kind === "parameter" ? String(step.index) : ""}>`;
}

/** `arg0 -> return.result`: what comes back is a function, whatever it is called with. */
export function addMade(pointsTo: PointsTo, site: CallSite, out: PointerNode, to: Address): void {
  const from: Address = { root: { kind: "return" }, steps: [], text: "return" };
  const value = pointsTo.values.foreign(channelModule, [site.id, from.text, to.text], null);
  if (value === null) return;
  pointsTo.addChannel(value, site, from, to);
  pointsTo.graph.add(out, value);
}

/** The mouth is one of a function that a library made of those it was given: `flow(trim, shout)`. */
export function isMadeOfOthers(pointsTo: PointsTo, { id }: Foreign): boolean {
  const channel = pointsTo.channelOf(id);
  if (channel?.from.root.kind !== "return") return false;
  const { root, steps } = channel.to;
  return root.kind === "return"
    ? steps[0]?.kind === "result"
    : steps.some(({ kind }) => kind === "parameter");
}

/** A function that a library handed out is called: also with a function, whose result is what is meant. */
export function callChannel(
  pointsTo: PointsTo,
  site: CallSite,
  mouth: Foreign,
  operands: Pick<Operands, "arguments" | "out">,
): void {
  const channel = pointsTo.channelOf(mouth.id);
  if (channel !== undefined) pointsTo.graph.edge(resultOfMade(pointsTo, channel.site), operands.out);
  const calls = channel === undefined ? -1 : calledByChannel(channel.from);
  operands.arguments.forEach((argument, index) => {
    pointsTo.graph.edge(argument.node, pointsTo.fieldNode(mouth, `<given ${String(index)}>`));
    if (index !== calls) return;
    const place: Address = { root: { kind: "argument", index }, steps: [], text: `arg${String(index)}` };
    onFunction(pointsTo, argument.node, (callee) => {
      pointsTo.addCallback(site, callee, place);
    });
  });
}

/** What of that which a channel is given is meant: a property of it (`props.value`), or what it gives when it is called. */
export function partOfGiven(
  pointsTo: PointsTo,
  given: PointerNode,
  { steps }: Address,
  first: number,
): { readonly node: PointerNode; readonly isFromResult: boolean } {
  let node = given;
  let isFromResult = false;
  for (const step of steps.slice(first)) {
    const part = pointsTo.graph.create();
    if (step.kind === "property") loadPart(pointsTo, node, step.name, part);
    else if (step.kind === "result") {
      isFromResult = true;
      onFunction(pointsTo, node, (callee) => {
        pointsTo.graph.edge(pointsTo.returnNode(callee), part);
      });
    }
    node = part;
  }
  return { node, isFromResult };
}

export function loadPart(pointsTo: PointsTo, object: PointerNode, name: string, out: PointerNode): void {
  if (isModelsOwn(name))
    pointsTo.graph.onValue(object, (value) => {
      pointsTo.graph.edge(pointsTo.fieldNode(value, name), out);
    });
  else loadMember(pointsTo, object, { kind: "name", name }, out, null);
}
