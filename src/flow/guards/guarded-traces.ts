/** Data that was taken behind a guard: a step of its way stands where a guard has taken effect. */
import type { Span } from "../../base/location.js";
import type { FunctionNode } from "../program/program.js";
import type { Trace } from "../tabulation/trace.js";
import type { OpenWays } from "./open-ways.js";
import { picking, picksAgreed } from "./evidence/taken-values.js";

const mostSteps = 60;

/** Steps in the function itself and in those that handed the data back; not those of its callers. */
export function passesGuard(trace: Trace, open: OpenWays): boolean {
  const returns: Trace[] = [];
  let current: Trace | null = trace;
  for (let steps = 0; current !== null && steps < mostSteps; steps++) {
    if (current.kind === "entry") {
      current = returns.pop() ?? null;
      continue;
    }
    if (current.kind === "return") {
      returns.push(current.previous);
      current = current.inner;
      continue;
    }
    if (isGuarded(current.node, current.span, open)) return true;
    if (current.kind === "step" && current.note.kind === "through" && isPicked(current, open)) return true;
    current = current.kind === "step" ? current.previous : null;
  }
  return false;
}

/** `children.filter((child) => child.isAgreed)` lets through what a guard agreed to. */
function isPicked(
  { node, span }: { readonly node: FunctionNode; readonly span: Span },
  open: OpenWays,
): boolean {
  if (!open.isNearGuard(node)) return false;
  const point = node.code.findIndex(
    (each) => each.at === span && each.kind === "call" && picking.test(each.name),
  );
  return point !== -1 && picksAgreed(node, point, open);
}

function isGuarded(node: FunctionNode, span: Span, open: OpenWays): boolean {
  if (!open.isNearGuard(node)) return false;
  const point = node.code.findIndex((instruction) => instruction.at === span);
  return point !== -1 && !open.isOpenAt(node, point);
}
