/** Names that a function only hands on to another one of the program: `on(topic, listener) { this.listOf(topic).push(listener); }`. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { ModuleConstants } from "../constants/module-constants.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode, Program } from "../program/program.js";
import type { DecidingParameter } from "./deciding-parameters.js";

export function handedOnNames(
  program: Program,
  constants: ModuleConstants,
  node: FunctionNode,
  namesOf: (callee: FunctionNode) => readonly DecidingParameter[],
): readonly DecidingParameter[] {
  const found = new Set<number>();
  for (const call of node.code) {
    if (call.kind !== "call" || call.new || call.arguments.some(({ spread }) => spread)) continue;
    const given = call.arguments.map(({ value }) => {
      const definition = definitionOf(node, value);
      return definition?.kind === "parameter" ? definition.index : null;
    });
    if (given.every((index) => index === null)) continue;
    const callee = calleeOf(program, constants, node, call);
    for (const { index, isRest, member } of callee === null || callee === node ? [] : namesOf(callee)) {
      const own = given[index] ?? null;
      if (own !== null && !isRest && member === null) found.add(own);
    }
  }
  return [...found]
    .filter((index) => node.graph.parameters[index]?.rest !== true)
    .sort((a, b) => a - b)
    .map((index) => ({ index, isRest: false, member: null }));
}

/** The function that a call surely means by its name: one of the module, an imported one, a method of the own class. */
function calleeOf(
  program: Program,
  constants: ModuleConstants,
  node: FunctionNode,
  { callee, receiver }: InstructionOf<"call">,
): FunctionNode | null {
  if (receiver !== null) {
    const loaded = definitionOf(node, callee);
    const home = definitionOf(node, receiver)?.kind === "this" ? program.homeClass(node) : undefined;
    if (home === undefined || loaded?.kind !== "load" || loaded.property.kind !== "name") return null;
    const { name } = loaded.property;
    const member = home.graph.members.find(
      (each) => each.kind === "method" && each.name.kind === "name" && each.name.name === name,
    );
    return member?.function == null ? null : (program.memberOf(home, member.function) ?? null);
  }
  const made = constants.of(node, callee) ?? { node, value: callee };
  const definition = definitionOf(made.node, made.value);
  return definition?.kind === "function"
    ? (program.functionIn(made.node, definition.function) ?? null)
    : null;
}
