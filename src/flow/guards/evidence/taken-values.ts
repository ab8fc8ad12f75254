/** Values that were picked out behind a guard: a list that only what a guard agreed to was put into. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { capturedFrom } from "../../program/captured-from.js";
import { originOf } from "../../paths/value-places.js";
import type { OpenWays } from "../open-ways.js";
import { tells } from "../marks/guard-mark.js";
import { at } from "./outcome.js";

const deepest = 12;
export const picking = /\.(?:filter|find|findLast)$/u;
const visiting = /\.(?:map|flatMap|forEach|filter|every|some|find|findLast)$/u;
const adding = /\.(?:push|unshift|add|set|append|enqueue)$/u;

export function isTakenBehindGuard(node: FunctionNode, value: ValueId, open: OpenWays): boolean {
  return isTaken(node, value, open, 0);
}

function isTaken(node: FunctionNode, value: ValueId, open: OpenWays, depth: number): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || depth > deepest) return false;
  const { instruction, point } = definition;
  switch (instruction.kind) {
    case "load":
    case "iterate":
      return isTaken(node, instruction.object, open, depth + 1);
    case "await":
      return isTaken(node, instruction.value, open, depth + 1);
    case "parameter":
      return instruction.index === 0 && isGivenTaken(node, open, depth);
    case "capture":
      return isCapturedTaken(node, instruction.slot, open, depth);
    case "object":
    case "array":
      return open.isNearGuard(node) && isFilledBehindGuard(node, instruction.out, open);
    case "call": {
      if (instruction.new) return isFilledBehindGuard(node, instruction.out, open);
      if (instruction.receiver === null) return false;
      if (/\.(?:map|slice|values|sort|reverse|concat)$/u.test(instruction.name))
        return isTaken(node, instruction.receiver, open, depth + 1);
      return (
        picking.test(instruction.name) &&
        ((open.isNearGuard(node) && picksAgreed(node, point, open)) ||
          isTaken(node, instruction.receiver, open, depth + 1))
      );
    }
    default:
      return false;
  }
}

/** `wanted.map((child) => send(child))`: an element of a list. */
function isGivenTaken(node: FunctionNode, open: OpenWays, depth: number): boolean {
  const { pointsTo } = open.tools;
  const callbacks = pointsTo.callbacksOf(node);
  return (
    callbacks.length > 0 &&
    pointsTo.callersOf(node).length === 0 &&
    callbacks.every(
      ({ site: { instruction, caller } }) =>
        instruction.kind === "call" &&
        instruction.receiver !== null &&
        visiting.test(instruction.name) &&
        isTaken(caller, instruction.receiver, open, depth + 1),
    )
  );
}

function isCapturedTaken(node: FunctionNode, slot: number, open: OpenWays, depth: number): boolean {
  const captured = capturedFrom(open.tools.pointsTo, node, slot);
  return captured !== null && isTaken(captured.node, captured.value, open, depth + 1);
}

/** Something is put into it, and always where a guard has taken effect. */
function isFilledBehindGuard(node: FunctionNode, object: ValueId, open: OpenWays): boolean {
  const points = node.code.flatMap((each, point) => {
    const isAdded =
      (each.kind === "call" && adding.test(each.name) && isSame(node, each.receiver, object)) ||
      (each.kind === "store" && isSame(node, each.object, object)) ||
      ((each.kind === "append-elements" || each.kind === "copy-properties") &&
        isSame(node, each.target, object));
    return isAdded ? [point] : [];
  });
  return points.length > 0 && points.every((point) => !open.isOpenAt(node, point));
}

function isSame(node: FunctionNode, value: ValueId | null, object: ValueId): boolean {
  return value !== null && originOf(node, value) === object;
}

/** `children.filter((child) => agreed(child.guardianId))`, `children.find(hasConsent)` */
export function picksAgreed(node: FunctionNode, point: number, open: OpenWays): boolean {
  const site = open.tools.pointsTo.findSite(node, point);
  const callees = [...(site?.callbacks.values() ?? [])];
  if (site === undefined || open.question.asksOthers?.(site) === true) return false;
  return (
    callees.length > 0 &&
    callees.every(
      ({ callee }) =>
        isGuardItself(callee, open) ||
        (!callee.graph.async && !open.mayReturn(callee, at([], { kind: "truthy" }), false)),
    )
  );
}

/** The function is marked, and what it picks out is what it said yes to. */
function isGuardItself(callee: FunctionNode, open: OpenWays): boolean {
  return open.tools.guards
    .ofFunction(callee)
    .some(
      (mark) =>
        mark.kind === "guard" &&
        !mark.isAsync &&
        open.question.acceptsMark(mark) &&
        tells(mark, at([], { kind: "truthy" })),
    );
}
