/** What is handed to a setter that runs where a library copies properties into its object. */
import type { Instruction } from "../../contracts/file-graph.js";
import { assignedArgument } from "../../contracts/models-own.js";
import type { FunctionNode } from "../program/program.js";
import { setterName } from "../program/setter-names.js";
import { closure, incoming, receiver } from "./fact.js";
import type { Base } from "./fact.js";

interface Handed {
  readonly from: Base;
  readonly prefix: readonly string[];
  readonly to: Base;
  readonly add: readonly string[];
}

/** `Object.assign(profile, one, another)`: each of the others may have what the setter is of. */
export function assignedLinks({ graph }: FunctionNode, instruction: Instruction): Handed[] {
  if (instruction.kind !== "call") return [];
  const name = setterName(graph.name);
  return instruction.arguments.flatMap(({ value: from, spread }, index): Handed[] =>
    index === assignedArgument
      ? [
          { from, prefix: [], to: receiver, add: [] },
          { from, prefix: [`set ${name}`], to: closure, add: [] },
        ]
      : [{ from, prefix: spread ? ["[]", name] : [name], to: incoming(0), add: [] }],
  );
}
