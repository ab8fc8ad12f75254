/**
 * Ways on which a deletion is begun, and nobody waits until it is done: a list of promises that is dropped, a function
 * that gives its promise to nobody, a timer that ends with the process. Who answers the request in there has waited.
 */
import { type AnnotationTable, declarationId } from "../../contracts/annotation.js";
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { isBehindAwait } from "../duties/done-at-once.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { handsOn, joins } from "../duties/left-promises.js";
import type { SwallowedFailures } from "../duties/swallowed-failures.js";
import type { Passage } from "../guards/open-way.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { AnswersWithin } from "./answers-within.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly annotations: AnnotationTable;
  readonly failures: SwallowedFailures;
}

/** What calls a function later, once, as long as the process lives. */
const timing = /(?:^|\.)(?:setTimeout|setImmediate|nextTick|queueMicrotask|requestIdleCallback)$/u;
/** What gives a list of what the function gives. */
const listing = /\.(?:map|flatMap)$/u;
/** What goes on behind a promise, and gives what the function gives. */
const following = /\.(?:then|catch|finally)$/u;
const deepest = 8;

/** `isPromise`: what the deletion itself gives is a promise. */
export function isLostOn(asked: Asked, { outset, name, way }: EntryWay, isPromise: boolean): boolean {
  const isRequest = outset.kind === "handler" && /^[A-Z]+ \//u.test(name);
  const marked = way.passages.findIndex(({ node }) => isMarked(asked.annotations, node));
  const passages = marked === -1 ? way.passages : way.passages.slice(0, marked + 1);
  const isForSomebody = marked !== -1 || (outset.kind === "handler" && outset.isJob !== true);
  const answers = new AnswersWithin(asked.pointsTo, asked.models, outset);
  // Whether the call on the way gives a promise that the deletion fulfils.
  let gives = isPromise && !passages.slice(0, 1).some((passage) => givesTruth(asked, passage));
  for (const [index, { node, point }] of passages.entries()) {
    const call = node.code[point];
    if (call?.kind !== "call") return false;
    const inner = passages[index - 1];
    const isTold = (): boolean => answers.areIn(passages.slice(0, index).map((each) => each.node));
    if (inner !== undefined) {
      if (
        isForSomebody &&
        isTimer(asked, call, node, point) &&
        !isInPromise(passages[index + 1]) &&
        !isTold()
      )
        return true;
      gives = inner.node.graph.async
        ? gives || isBehindAwait(inner)
        : gives && isReturned(inner.node, inner.point);
    }
    if (!gives) continue;
    const isOfAsync = inner?.node.graph.async === true;
    if (inner !== undefined && isCallback(asked, node, point) && !following.test(call.name)) {
      if (!listing.test(call.name)) continue;
      if (asked.failures.isLeft(node, call.out, isOfAsync)) return true;
    }
    if (asked.failures.isVoid(node, call.out)) {
      const isHeard = node.graph.async || (isRequest && !isListener(asked, passages.slice(index + 1)));
      if (isHeard && !isTold() && !answers.areBehind(node, point)) return true;
    } else if (inner !== undefined && asked.failures.isLeft(node, call.out, false)) {
      if (!following.test(call.name) || !(isTold() || answers.areBehind(node, point))) return true;
    }
  }
  return false;
}

/** What puts a message into a queue may give at once whether it could. */
function givesTruth({ pointsTo, models }: Asked, { node, point }: Passage): boolean {
  const site = pointsTo.findSite(node, point);
  return (
    site !== undefined &&
    models
      .at(site)
      .some(({ model }) => model.roles.some((role) => role.kind === "type" && role.type === "lib#Boolean"))
  );
}

function isMarked({ functions }: AnnotationTable, { file, graph }: FunctionNode): boolean {
  return functions.has(declarationId(file, graph.nameAt[0]));
}

/** The function before on the way is handed over there, and called by what it is handed to. */
function isCallback({ pointsTo }: Asked, node: FunctionNode, point: number): boolean {
  const site = pointsTo.findSite(node, point);
  return site === undefined || site.edges.size === 0;
}

/** Somebody else calls it, who waits for nothing: what an emitter tells. */
function isListener(asked: Asked, outer: readonly Passage[]): boolean {
  return outer.some(({ node, point }) => {
    const call = node.code[point];
    return (
      isCallback(asked, node, point) &&
      !(call?.kind === "call" && /\.(?:forEach|map|flatMap)$/u.test(call.name))
    );
  });
}

function isTimer(asked: Asked, { name }: InstructionOf<"call">, node: FunctionNode, point: number): boolean {
  return timing.test(name) && isCallback(asked, node, point);
}

/** `new Promise((resolve) => setTimeout(…))`, which is waited for. */
function isInPromise(outer: Passage | undefined): boolean {
  const call = outer?.node.code[outer.point];
  return call?.kind === "call" && call.new && call.name === "Promise";
}

/** What the call gives is what its function gives. */
function isReturned(node: FunctionNode, point: number): boolean {
  const call = node.code[point];
  return call?.kind === "call" && comesOut(node, call.out, 0);
}

function comesOut(node: FunctionNode, value: ValueId, depth: number): boolean {
  if (depth > deepest) return false;
  if (handsOn(node, value)) return true;
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    switch (use?.kind) {
      case "declare":
      case "cast":
        return comesOut(node, use.out, depth + 1);
      case "store": {
        const list = definitionOf(node, use.object);
        return use.value === value && list?.kind === "array" && comesOut(node, list.out, depth + 1);
      }
      case "call":
        return (use.receiver === value || joins(use)) && comesOut(node, use.out, depth + 1);
      default:
        return false;
    }
  });
}
