/** Promises that an own function is handed: what they are called in it, and whether its answer is asked how they did. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { CallEdge } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 6;

/** The values in the called function that are, or hold in a list, what it is called with. */
export function receivedAs(
  { callee, shape }: CallEdge,
  call: InstructionOf<"call">,
  value: ValueId,
): readonly ValueId[] {
  if (shape !== "call" || call.arguments.some(({ spread }) => spread)) return [];
  const indexes = call.arguments.flatMap((argument, index) => (argument.value === value ? [index] : []));
  return callee.code.flatMap((each) => {
    if (each.kind !== "parameter") return [];
    const isRest = callee.graph.parameters[each.index]?.rest === true;
    return indexes.some((index) => index === each.index || (isRest && index > each.index)) ? [each.out] : [];
  });
}

/** The program goes another way by what comes of it: `if (!(await remove(…)))`, `const [error] = await …`. */
export function decides(node: FunctionNode, value: ValueId, depth = 0): boolean {
  if (depth > deepest) return true;
  if (node.graph.blocks.some(({ end }) => end.kind === "branch" && end.value === value)) return true;
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    switch (use?.kind) {
      case "await":
      case "declare":
      case "cast":
      case "load":
      case "unary":
      case "binary":
        return decides(node, use.out, depth + 1);
      // What is made of it elsewhere may be asked.
      case "call":
        return use.receiver === value || use.name === "Boolean";
      default:
        return false;
    }
  });
}
