/** Whether a call that takes one thing or a list of such (`plainToInstance(Child, rows)`) gives one or a list. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { operandsAt } from "../models/address-values.js";
import { isListType as isListName } from "../stores/entity-types.js";
import { isTransparentType } from "./transparent-types.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { typesGiven } from "./written-schemas.js";

export interface OneOrMany {
  readonly one: boolean;
  readonly many: boolean;
}

const one: OneOrMany = { one: true, many: false };
const many: OneOrMany = { one: false, many: true };
const either: OneOrMany = { one: true, many: true };

const ofLists: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Array.prototype));

/** By what stands at the address, its type, or what is done with what comes out; where these tell nothing: either. */
export function oneOrMany(resolver: Pick<Resolver, "typesAt">, site: CallSite, given: Address): OneOrMany {
  const { caller, instruction } = site;
  const [value] = operandsAt(site, given);
  if (value !== undefined) {
    const made = definitionOf(caller, value);
    if (made?.kind === "array") return many;
    if (made?.kind === "object") return one;
  }
  if (instruction.kind !== "call") return either;
  const argument = instruction.arguments.find((each) => each.value === value);
  const types = argument === undefined ? [] : resolver.typesAt(caller.file, argument.at);
  if (types.length > 0) return types.every(({ key }) => /^lib#(Readonly)?Array$/u.test(key)) ? many : one;
  const written = typesGiven(caller, instruction.out, instruction.satisfies).filter(saysWhat);
  if (written.length > 0) return written.every(isListType) ? many : one;
  const uses = usesBehindNames(caller, instruction.out, 0);
  if (uses.some(isOfOne)) return one;
  return uses.some(isOfMany) ? many : either;
}

function saysWhat(type: TypeReference): boolean {
  return type.kind !== "keyword" && type.kind !== "other";
}

function isListType(type: TypeReference): boolean {
  if (type.kind === "array" || type.kind === "tuple") return true;
  if (type.kind !== "named") return false;
  const [inner] = type.arguments;
  return isListName(type.name) || (isTransparentType(type.name) && inner !== undefined && isListType(inner));
}

function isOfOne(use: Instruction): boolean {
  return (
    use.kind === "object-rest" ||
    (use.kind === "load" &&
      use.property.kind === "name" &&
      !ofLists.has(use.property.name) &&
      !/^\d+$/u.test(use.property.name))
  );
}

function isOfMany(use: Instruction): boolean {
  return use.kind === "iterate" || (use.kind === "load" && !isOfOne(use));
}

const deepest = 4;

function usesBehindNames(node: FunctionNode, value: ValueId, depth: number): readonly Instruction[] {
  if (depth > deepest) return [];
  return (node.uses[value] ?? []).flatMap((point) => {
    const use = node.code[point];
    if (use === undefined) return [];
    if (use.kind === "declare" || use.kind === "cast" || use.kind === "await")
      return usesBehindNames(node, use.out, depth + 1);
    // What is read of another thing by this one tells nothing of it.
    return "object" in use && use.object !== value ? [] : [use];
  });
}
