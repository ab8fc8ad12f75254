/** Lists that are written with something in them: `[child]`, `[address, ...others]`, `[to].flat()` of one text. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { FunctionNode } from "../program/program.js";
import { isScalarReference } from "../ways/scalar-types.js";
import { originOf } from "../paths/value-places.js";

const deepest = 8;
/** As many elements come out as go in, or more. */
const keeping = /\.(?:map|concat|sort|toSorted|reverse|toReversed|values|keys|entries)$/u;

export function hasSome(node: FunctionNode, list: ValueId, depth = 0): boolean {
  const definition = node.definitions[originOf(node, list)];
  if (definition === undefined || depth > deepest) return false;
  if (definition.kind === "phi")
    return definition.phi.inputs.every((input) => hasSome(node, input.value, depth + 1));
  const { instruction } = definition;
  if (instruction.kind === "array") return elementsOf(node, instruction.out).length > 0 || isFilled();
  if (instruction.kind !== "call" || instruction.receiver === null) return false;
  const { name, receiver, arguments: given } = instruction;
  if (keeping.test(name)) return hasSome(node, receiver, depth + 1);
  if (!/\.flat$/u.test(name) || given.length > 0) return false;
  const array = originOf(node, receiver);
  return elementsOf(node, array).some(
    (element) => isOneThing(node, element) || hasSome(node, element, depth + 1),
  );

  /** `[...others]`, where the others are some. */
  function isFilled(): boolean {
    return (node.uses[originOf(node, list)] ?? []).some((point) => {
      const use = node.code[point];
      return use?.kind === "append-elements" && hasSome(node, use.source, depth + 1);
    });
  }
}

/** What stands in a list that is written out, whatever happens. */
function elementsOf(node: FunctionNode, array: ValueId): readonly ValueId[] {
  const made = node.definitions[array];
  if (made?.kind !== "instruction" || made.instruction.kind !== "array") return [];
  return (node.uses[array] ?? []).flatMap((point) => {
    const use = node.code[point];
    return use?.kind === "store" && use.initial && use.object === array ? [use.value] : [];
  });
}

/** A text or a number, as it is made or as its type is written: nothing that has elements of its own. */
function isOneThing(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction") return false;
  const { kind } = definition.instruction;
  return kind === "template" || kind === "constant" || isScalarReference(typeOf(node, value, 0));
}

/** As it is written at a parameter, for the part of it that the value is. */
function typeOf(node: FunctionNode, value: ValueId, depth: number): TypeReference | null {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || depth > deepest) return null;
  const { instruction } = definition;
  if (instruction.kind === "parameter") return node.graph.parameters[instruction.index]?.type ?? null;
  if (instruction.kind !== "load" || instruction.property.kind !== "name") return null;
  return memberOf(node, typeOf(node, instruction.object, depth + 1), instruction.property.name, depth);
}

function memberOf(
  node: FunctionNode,
  type: TypeReference | null,
  name: string,
  depth: number,
): TypeReference | null {
  if (type === null || depth > deepest) return null;
  if (type.kind === "object") return type.members.find((member) => member.name === name)?.type ?? null;
  if (type.kind !== "named" || type.arguments.length > 0) return null;
  const [declared, ...others] = node.fileGraph.types.filter((each) => each.name === type.name);
  return declared === undefined || others.length > 0 ? null : memberOf(node, declared.type, name, depth + 1);
}
