/** Lists that known texts are split into: `"contact.mail".split(".")` has two elements, and each has its place. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { capturedFrom } from "../program/captured-from.js";
import { definitionOf } from "../paths/value-places.js";

/** Longer lists are not told apart. */
const longest = 8;

/** Takes the call over, if the text may be known; `asAlways` makes its constraints as for any text. */
export function addSplit(
  pointsTo: PointsTo,
  site: CallSite,
  callee: AbstractValue,
  operands: Operands,
  asAlways: () => void,
): boolean {
  const { caller, instruction } = site;
  if (callee.kind !== "foreign" || callee.module !== "lib" || callee.path[1] !== "split") return false;
  if (instruction.kind !== "call" || instruction.receiver === null || pointsTo.isSolved) return false;
  const [separator, ...others] = instruction.arguments;
  if (separator === undefined || separator.spread || others.length > 0) return false;
  const between = constantText(caller, separator.value);
  if (between === null || !standsThere(pointsTo, caller, instruction.receiver)) return false;
  const texts = pointsTo.valueNode(caller, instruction.receiver);
  let taken: string | null = null;
  pointsTo.graph.onQuiet(() => {
    const text = onlyText(texts.values);
    if (text !== null && text === taken) return false;
    const parts = text?.split(between) ?? [];
    if (taken !== null || parts.length === 0 || parts.length > longest) {
      asAlways();
      return true;
    }
    taken = text;
    addList(pointsTo, site, operands, parts);
    return false;
  });
  return true;
}

function addList(pointsTo: PointsTo, { id }: CallSite, { out }: Operands, parts: readonly string[]): void {
  const { graph, values } = pointsTo;
  const list = values.object(id, true);
  graph.add(out, list);
  for (const [place, part] of parts.entries())
    graph.add(pointsTo.fieldNode(list, String(place)), values.constant(part));
}

/** It is written there, or the function is a copy for what a call hands over. */
function standsThere(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  switch (definition?.kind) {
    case "constant":
      return true;
    case "parameter":
      return pointsTo.functionCopies.isNamed(node, definition.index);
    case "capture": {
      const captured = capturedFrom(pointsTo, node, definition.slot);
      return captured !== null && standsThere(pointsTo, captured.node, captured.value);
    }
    default:
      return false;
  }
}

function constantText(node: FunctionNode, value: ValueId): string | null {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && typeof definition.value === "string" ? definition.value : null;
}

function onlyText(values: ReadonlySet<AbstractValue>): string | null {
  const [only, ...others] = values;
  return only?.kind === "constant" && typeof only.value === "string" && others.length === 0
    ? only.value
    : null;
}
