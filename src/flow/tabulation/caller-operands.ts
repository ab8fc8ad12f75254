/** What a call has to do with values of its caller: the object that it is called on, the object that an operand is. */
import type { ValueId } from "../../contracts/file-graph.js";
import { incomingIndex, receiver } from "./fact.js";
import type { Base, Fact } from "./fact.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Tabulation } from "./tabulation.js";

/**
 * What lies in a parameter or the receiver, by the operand that is certainly the same object: what a callee takes away
 * from the operand, it takes away from what the caller's own caller sees, too.
 */
export function asOperand(
  { aliases, facts }: Pick<Tabulation, "aliases" | "facts">,
  node: FunctionNode,
  operand: Base,
  fact: Fact,
): Fact {
  if (operand < 0 || fact.base === operand || !isAnotherName(node, operand, fact.base)) return fact;
  const isSame = aliases
    .placesOf(node, operand)
    .some(
      ({ base, path, certain, since }) =>
        certain && base === fact.base && since === -1 && path.components.length === 0,
    );
  return isSame ? facts.fact(operand, fact.path, fact.state) : fact;
}

/** What the caller's own caller sees, or what a call before this one was made on: `card.title(name).title("none")`. */
function isAnotherName(node: FunctionNode, operand: ValueId, base: Base): boolean {
  if (base < 0) return base === receiver || incomingIndex(base) !== null;
  const made = definitionOf(node, operand);
  return made?.kind === "call" && made.receiver !== null;
}

/** The called closure is a plain variable of the caller, which therefore follows what it writes. */
export function isMadeHere(node: FunctionNode, site: CallSite, callee: FunctionNode): boolean {
  if (site.instruction.kind !== "call") return false;
  let value = site.instruction.callee;
  for (let hops = 0; hops < 4; hops++) {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return false;
    const { instruction } = definition;
    if (instruction.kind === "function")
      return callee.file === node.file && instruction.function === callee.graph.id;
    if (instruction.kind !== "declare" && instruction.kind !== "cast") return false;
    value = instruction.value;
  }
  return false;
}

/** The object whose member the called closure is, or the called function, which may have members itself. */
export function objectOfCallee(node: FunctionNode, site: CallSite): ValueId | null {
  const { instruction } = site;
  if (instruction.kind === "load" || instruction.kind === "store") return instruction.object;
  if (instruction.kind !== "call") return null;
  let value = instruction.callee;
  for (let hops = 0; hops < 4; hops++) {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return null;
    if (definition.instruction.kind === "load") return definition.instruction.object;
    if (definition.instruction.kind !== "declare" && definition.instruction.kind !== "cast") return value;
    value = definition.instruction.value;
  }
  return null;
}
