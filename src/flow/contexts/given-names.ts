/**
 * The name that a call hands over, as far as it stands there: a constant or a list of them, a member of a literal, or
 * something that a module has made once and that is a name by being itself (`const STORE = new Token()`). Calls with
 * the same text run the same copy of a function; what the name means there is told by what the copy is handed.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { ModuleConstants } from "../constants/module-constants.js";
import type { MadeValue } from "../program/made-value.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { DecidingParameter } from "./deciding-parameters.js";

/** Lists in lists. */
const deepest = 4;

/** A call that may hand over a name. */
export interface NamingCall {
  readonly caller: FunctionNode;
  readonly instruction: Instruction;
}

/** What stands at the call for a parameter, as text; undefined for any other value. */
export function nameGiven(
  constants: ModuleConstants,
  { caller, instruction }: NamingCall,
  { index, isRest, member }: DecidingParameter,
): string | undefined {
  if (instruction.kind !== "call") return undefined;
  const given = isRest ? instruction.arguments.slice(index) : instruction.arguments.slice(index, index + 1);
  // Behind a list that is spread nobody knows which argument stands where.
  if (instruction.arguments.slice(0, index).some(({ spread }) => spread)) return undefined;
  const texts = given.map(({ value, spread }) => {
    if (spread) return isRest ? listName(constants, caller, value) : undefined;
    const named = member === null ? value : memberOfLiteral(caller, value, member);
    return named === null ? undefined : nameOf(constants, caller, named);
  });
  return texts.length === 0 || texts.includes(undefined) ? undefined : JSON.stringify(texts);
}

function nameOf(constants: ModuleConstants, caller: FunctionNode, value: ValueId): string | undefined {
  const made = constants.of(caller, value);
  if (made !== null) return textOf(made.node, made.value, constants) ?? identityOf(made);
  // What a module makes and hands over itself is the same that others read from its variable.
  const own = caller.graph.kind === "module" ? identityOf({ node: caller, value }) : undefined;
  return textOf(caller, value, constants) ?? memberName(constants, caller, value) ?? own;
}

/** A list of constants that is spread over the call: `omit(child, ...PRIVATE)`. */
function listName(
  constants: ModuleConstants,
  caller: FunctionNode,
  value: ValueId,
  depth = 0,
): string | undefined {
  const made = constants.of(caller, value) ?? { node: caller, value };
  const list = constantList(made.node, made.value, constants, depth);
  return list && `...${list}`;
}

function textOf(node: FunctionNode, value: ValueId, constants: ModuleConstants): string | undefined {
  return constantText(node, value) ?? constantList(node, value, constants);
}

/** A property of what a module has made: `KEYS.theme`. */
function memberName(constants: ModuleConstants, caller: FunctionNode, value: ValueId): string | undefined {
  const read = definitionOf(caller, value);
  if (read?.kind !== "load" || read.property.kind !== "name") return undefined;
  // A module reads what only it uses from no variable.
  const own = caller.graph.kind === "module" ? { node: caller, value: read.object } : null;
  const made = constants.of(caller, read.object) ?? own;
  const literal = made === null ? undefined : frozenLiteral(made.node, made.value);
  return made === null || literal === undefined || definitionOf(made.node, literal)?.kind !== "object"
    ? undefined
    : `${placeOf(made)}.${read.property.name}`;
}

/** An object that is made once is a name of its own: an instance, a symbol, a class. */
function identityOf(made: MadeValue): string | undefined {
  const definition = definitionOf(made.node, made.value);
  const isMade =
    definition?.kind === "class" ||
    definition?.kind === "function" ||
    definition?.kind === "object" ||
    (definition?.kind === "call" && (definition.new || /^Symbol(?:\.for)?$/u.test(definition.name)));
  return isMade ? placeOf(made) : undefined;
}

function placeOf({ node, value }: MadeValue): string {
  return `${node.file}@${String(originOf(node, value))}`;
}

/** What a literal that stands at the call holds under a name; null for any other value. */
function memberOfLiteral(node: FunctionNode, value: ValueId, name: string): ValueId | null {
  const made = originOf(node, value);
  if (definitionOf(node, value)?.kind !== "object") return null;
  const stores = (node.uses[made] ?? []).flatMap((point): readonly InstructionOf<"store">[] => {
    const use = node.code[point];
    return use?.kind === "store" && use.object === made && use.accessor === undefined ? [use] : [];
  });
  const named = stores.filter(({ property }) => property.kind === "name" && property.name === name);
  const [only, ...others] = named;
  return only === undefined || others.length > 0 ? null : only.value;
}

/** A list literal of constants. */
function constantList(
  node: FunctionNode,
  value: ValueId,
  constants: ModuleConstants,
  depth = 0,
): string | undefined {
  if (depth > deepest) return undefined;

  const made = frozenLiteral(node, value);
  if (made === undefined || definitionOf(node, made)?.kind !== "array") return undefined;
  const texts: (string | undefined)[] = [];
  for (const point of node.uses[made] ?? []) {
    const use = node.code[point];
    if (use?.kind === "store" && use.object === made)
      texts.push(constantText(node, use.value) ?? memberName(constants, node, use.value));
    else if (use?.kind === "append-elements" && use.target === made)
      texts.push(listName(constants, node, use.source, depth + 1));
  }
  return texts.length === 0 || texts.includes(undefined) ? undefined : JSON.stringify(texts);
}

/** The value itself, or what `Object.freeze` is given. */
function frozenLiteral(node: FunctionNode, value: ValueId): ValueId | undefined {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "call" || definition.name !== "Object.freeze") return originOf(node, value);
  const [frozen] = definition.arguments;
  return frozen === undefined || frozen.spread ? undefined : originOf(node, frozen.value);
}

/** A constant that stands at the call, as text; undefined for any other value. */
function constantText(node: FunctionNode, value: ValueId): string | undefined {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" ? String(definition.value) : undefined;
}
