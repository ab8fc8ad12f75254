/**
 * What functions are kept beside: `this.routes.push({ path, run })` or `[path, run]`, where the same file asks `each.path === wanted`
 * before it calls `each.run(request)`. Whoever hands over another path hands over another function.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode, Program } from "../program/program.js";

interface MembersAsked {
  /** Members that are compared with something. */
  readonly compared: ReadonlySet<string>;
  /** Members that are called. */
  readonly called: ReadonlySet<string>;
}

const known = new WeakMap<Program, Map<string, MembersAsked>>();

/** Parameters that a literal holds beside another one, a function. */
export function keysBesideFunctions(
  program: Program,
  inside: readonly FunctionNode[],
  parameterOf: (node: FunctionNode, value: ValueId) => number | null,
): readonly number[] {
  const [callee] = inside;
  if (callee === undefined) return [];
  const found = new Set<number>();
  for (const node of inside)
    for (const made of node.code) {
      if (made.kind !== "object" && made.kind !== "array") continue;
      const members = membersOf(node, made.out, parameterOf);
      if (members.length < 2) continue;
      const { compared, called } = membersAsked(program, callee);
      if (members.some(({ name }) => called.has(name)))
        for (const { name, index } of members) if (compared.has(name) && !called.has(name)) found.add(index);
    }
  return [...found];
}

function membersOf(
  node: FunctionNode,
  made: ValueId,
  parameterOf: (node: FunctionNode, value: ValueId) => number | null,
): readonly { readonly name: string; readonly index: number }[] {
  return (node.uses[made] ?? []).flatMap((point) => {
    const use = node.code[point];
    if (use?.kind !== "store" || use.object !== made || use.property.kind !== "name") return [];
    const index = parameterOf(node, use.value);
    return index === null ? [] : [{ name: use.property.name, index }];
  });
}

function membersAsked(program: Program, { file }: FunctionNode): MembersAsked {
  let byFile = known.get(program);
  if (byFile === undefined) known.set(program, (byFile = new Map<string, MembersAsked>()));
  let asked = byFile.get(file);
  if (asked === undefined) {
    asked = findAsked(program.functions.filter((node) => node.file === file && node.copy === null));
    byFile.set(file, asked);
  }
  return asked;
}

function findAsked(functions: readonly FunctionNode[]): MembersAsked {
  const compared = new Set<string>();
  const called = new Set<string>();
  const add = (names: Set<string>, node: FunctionNode, value: ValueId): void => {
    const load = definitionOf(node, value);
    if (load?.kind === "load" && load.property.kind === "name") names.add(load.property.name);
  };
  for (const node of functions)
    for (const each of node.code) {
      if (each.kind === "call" && !each.new) add(called, node, each.callee);
      if (each.kind !== "binary" || !/^[!=]==?$/u.test(each.operator)) continue;
      add(compared, node, each.left);
      add(compared, node, each.right);
    }
  return { compared, called };
}
