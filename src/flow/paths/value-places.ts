/** The names of one value: what it is given as, and what it was loaded from. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";

/** A value by where it comes from: `v3.owner` for what is loaded from it. */
export interface Place {
  readonly base: ValueId;
  readonly path: readonly string[];
}

const deepest = 8;

/** A value under its own name, and as the part of what it is loaded from. */
export function placesOf(node: FunctionNode, value: ValueId): Place[] {
  const places: Place[] = [];
  let path: readonly string[] = [];
  let base = originOf(node, value);
  for (let hops = 0; hops < deepest; hops++) {
    places.push({ base, path });
    const definition = node.definitions[base];
    if (definition?.kind !== "instruction") return places;
    const { instruction } = definition;
    if (instruction.kind === "box-read") {
      path = ["<box>", ...path];
      base = originOf(node, instruction.box);
    } else if (instruction.kind === "load" && instruction.property.kind === "name") {
      path = [instruction.property.name, ...path];
      base = originOf(node, instruction.object);
    } else return places;
  }
  return places;
}

/** The same, with every name that the value has on the way from where it comes. */
export function namesOf(node: FunctionNode, value: ValueId): Place[] {
  const names: Place[] = [];
  let path: readonly string[] = [];
  let base = value;
  for (let hops = 0; hops < 2 * deepest; hops++) {
    names.push({ base, path });
    const definition = node.definitions[base];
    if (definition?.kind !== "instruction") return names;
    const { instruction } = definition;
    if (instruction.kind === "declare" || instruction.kind === "cast") base = instruction.value;
    else if (instruction.kind === "load" && instruction.property.kind === "name") {
      path = [instruction.property.name, ...path];
      base = instruction.object;
    } else if (instruction.kind === "box-read") {
      path = ["<box>", ...path];
      base = instruction.box;
    } else return names;
  }
  return names;
}

/** The value behind the names that it is given. */
export function originOf(node: FunctionNode, value: ValueId): ValueId {
  let base = value;
  for (let hops = 0; hops < deepest; hops++) {
    const definition = node.definitions[base];
    if (definition?.kind !== "instruction") break;
    const { instruction } = definition;
    if (instruction.kind !== "declare" && instruction.kind !== "cast") break;
    base = instruction.value;
  }
  return base;
}

/** The instruction that makes the value behind its names; null for a phi. */
export function definitionOf(node: FunctionNode, value: ValueId): Instruction | null {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" ? definition.instruction : null;
}

/** The value is one of several that another one may be: `fresh ? [] : people`. */
export function isChosenLater(node: FunctionNode, value: ValueId): boolean {
  return node.graph.blocks.some(({ phis }) =>
    phis.some(({ inputs }) => inputs.some((input) => input.value === value)),
  );
}
