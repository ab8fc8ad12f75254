/** Own functions that a library gives back as functions of a promise: a callback stands behind their arguments. */
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "./abstract-value.js";
import { channelModule } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallEdge, CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

/** What the callback gets at a position, and where that goes. */
const parts: readonly { readonly index: number; readonly to: Address }[] = [
  { index: 0, to: { root: { kind: "return" }, steps: [{ kind: "rejected" }], text: "return!" } },
  { index: 1, to: { root: { kind: "return" }, steps: [], text: "return" } },
];

/** A package's function is one of a promise itself, as far as models know it. */
export function promisify(pointsTo: PointsTo, given: PointerNode, out: PointerNode): void {
  pointsTo.graph.onValue(given, (value) => {
    if (value.kind === "function") pointsTo.graph.add(out, pointsTo.values.promised(value.function));
    else if (value.kind === "foreign") pointsTo.graph.add(out, value);
  });
}

/** The callback that a call hands in behind its arguments: a mouth for the error, and one for the value. */
export function addCallback(
  pointsTo: PointsTo,
  site: CallSite,
  callee: FunctionNode,
  operands: Operands,
): void {
  const position = callbackAt(callee, operands.arguments);
  for (const { index, to } of parts) {
    const text = textOf(position, index);
    const mouth = mouthOf(pointsTo, site, text, to);
    if (mouth === null) continue;
    const from: Address = {
      root: { kind: "argument", index: position },
      steps: [{ kind: "parameter", index }],
      text,
    };
    pointsTo.addChannel(mouth, site, from, to);
    pointsTo.graph.add(pointsTo.parameterNode(callee, position), mouth);
    if (index === 1) pointsTo.graph.edge(pointsTo.fieldNode(mouth, `<given ${String(index)}>`), operands.out);
  }
}

/** What the callback of one call is: not that of another. */
export function promisedCallback(
  pointsTo: PointsTo,
  { site, callee, shape }: CallEdge,
): readonly [position: number, values: ReadonlySet<AbstractValue>] | null {
  if (shape !== "promised" || site.instruction.kind !== "call") return null;
  const position = callbackAt(callee, site.instruction.arguments);
  const mouths = parts.map(({ index, to }) => mouthOf(pointsTo, site, textOf(position, index), to));
  return [position, new Set(mouths.flatMap((mouth) => (mouth === null ? [] : [mouth])))];
}

/** It stands behind what is written; where a list of unknown length is spread, last. */
function callbackAt(callee: FunctionNode, given: readonly { readonly spread: boolean }[]): number {
  const isCounted = !given.some(({ spread }) => spread);
  return isCounted ? given.length : Math.max(0, callee.graph.parameters.length - 1);
}

function textOf(position: number, index: number): string {
  return `arg${String(position)}.param${String(index)}`;
}

function mouthOf(pointsTo: PointsTo, site: CallSite, text: string, to: Address): AbstractValue | null {
  return pointsTo.values.foreign(channelModule, [site.id, text, to.text], null);
}
