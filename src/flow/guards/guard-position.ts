/** How a guard's call lies to an operation in the same function: on every way there, in a loop before it, beside it. */
import type { ValueId } from "../../contracts/file-graph.js";
import { successors } from "../program/successors.js";
import type { FunctionNode } from "../program/program.js";

/** Does every way to the point come past the call? */
export function isOnEveryWay(node: FunctionNode, call: number, until: number): boolean {
  const start = node.blockOf[call] ?? 0;
  const end = node.blockOf[until] ?? 0;
  if (start === end) return call < until;
  return start === 0 || !reached(node, [0], start).has(end);
}

/** Does it stand in a loop that is over where the point is reached? */
export function isInLoopBefore(node: FunctionNode, call: number, until: number): boolean {
  const start = node.blockOf[call] ?? 0;
  const end = node.blockOf[until] ?? 0;
  const behind = reached(node, after(node, start), null);
  return behind.has(start) && behind.has(end) && !reached(node, after(node, end), null).has(start);
}

/** `Promise.allSettled`, `race` and `any` come out though one of the promises fails. */
export function isOutvoted(node: FunctionNode, values: readonly ValueId[]): boolean {
  return node.code.some(
    (each) =>
      each.kind === "call" &&
      /^Promise\.(?:allSettled|race|any)$/u.test(each.name) &&
      each.arguments.some(({ value }) => values.includes(value)),
  );
}

/** `requireConsent(id).then(log)`: a promise that is only gone on from. */
export function isPromiseMember(node: FunctionNode, point: number): boolean {
  const use = node.code[point];
  return (
    use?.kind === "load" &&
    use.property.kind === "name" &&
    /^(?:then|catch|finally)$/u.test(use.property.name)
  );
}

function after(node: FunctionNode, position: number): readonly number[] {
  const block = node.graph.blocks[position];
  if (block === undefined) return [];
  return successors(block.end).flatMap((id) => node.blockById.get(id) ?? []);
}

/** Blocks that are reached from some, those included, past another one. */
function reached(node: FunctionNode, from: readonly number[], past: number | null): ReadonlySet<number> {
  const seen = new Set<number>();
  const queue = from.filter((each) => each !== past);
  for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
    if (seen.has(position)) continue;
    seen.add(position);
    const handler = node.graph.blocks[position]?.handler ?? null;
    const handling = handler === null ? undefined : node.blockById.get(handler);
    for (const next of [...after(node, position), ...(handling === undefined ? [] : [handling])])
      if (next !== past) queue.push(next);
  }
  return seen;
}
