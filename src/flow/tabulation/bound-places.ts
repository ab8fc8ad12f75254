/** Where a function that a library calls has what was bound to it, and what it has captured. */
import type { AccessPath } from "../paths/access-path.js";
import { prepend, readPrefix } from "../paths/access-path.js";
import { boundOperandsOf } from "../points-to/bound-copies.js";
import type { BoundOperand } from "../points-to/bound-copies.js";
import type { FunctionNode } from "../program/program.js";
import type { Base } from "./fact.js";
import { closure, incoming, receiver } from "./fact.js";

interface Place {
  readonly base: Base;
  readonly path: AccessPath;
}

const boundReceiver = ["^bound0"];

/** What lies under a slot of the function that is handed over lies there in the function that runs. */
export function insidePlaces(callee: FunctionNode, path: AccessPath): readonly Place[] {
  const self = readPrefix(path, boundReceiver);
  if (self !== null) return [{ base: receiver, path: self }];
  const operands = boundOperandsOf(callee) ?? [];
  const places = operands.flatMap((operand): Place[] => {
    const rest = readPrefix(path, outside(operand));
    return rest === null
      ? []
      : [{ base: incoming(operand.parameter), path: prepend(elementOf(operand), rest) }];
  });
  const isBound = path.components[0]?.startsWith("^bound") === true;
  return isBound ? places : [{ base: closure, path }];
}

/** The same the other way round, for what the function leaves in what was bound to it. */
export function boundPaths(
  callee: FunctionNode,
  base: Base,
  path: AccessPath,
): readonly (readonly string[])[] {
  const operands = boundOperandsOf(callee);
  if (operands === null || path.components.length === 0) return [];
  if (base === receiver) return [[...boundReceiver, ...path.components]];
  return operands.flatMap((operand) => {
    const rest = incoming(operand.parameter) === base ? readPrefix(path, elementOf(operand)) : null;
    return rest === null || rest.components.length === 0 ? [] : [[...outside(operand), ...rest.components]];
  });
}

function outside({ argument, below }: BoundOperand): readonly string[] {
  return [`^bound${String(argument)}`, ...below];
}

function elementOf({ element }: BoundOperand): readonly string[] {
  return element === null ? [] : [element];
}
