/** What comparisons, members that are read and questions after a property tell of the objects that they are about. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Finding, KnownOf, Sides } from "./branch-findings.js";
import { constantOf, eitherOf, findingsOn, missingOn, nothing } from "./branch-findings.js";
import { listWord } from "./member-test.js";
import type { MemberTest } from "./member-test.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { originOf, placesOf } from "../paths/value-places.js";

const emptyWords: ReadonlySet<unknown> = new Set(["undefined", "boolean", "symbol"]);
const flatWords: ReadonlySet<unknown> = new Set(["string", "number", "bigint"]);

export function testOfComparison(node: FunctionNode, operator: string, left: ValueId, right: ValueId): Sides {
  const equality = /^[!=]==?$/u.test(operator);
  if (!equality) return testOfLength(node, operator, left, right);
  const constant = constantOf(node, right) ?? constantOf(node, left);
  if (constant === null) return nothing;
  const other = constantOf(node, right) === null ? right : left;
  const sides = testOfEquality(node, other, constant.value, operator.length === 2);
  return operator.startsWith("!") ? { then: sides.else, else: sides.then } : sides;
}

function testOfEquality(node: FunctionNode, value: ValueId, constant: unknown, isLoose: boolean): Sides {
  const typeOf = operandOfTypeof(node, value);
  if (typeOf === null) {
    const isNothing =
      constant === null || constant === undefined || ((constant === false || constant === "") && !isLoose);
    const member = isLiteral(constant) ? testOfMember(node, value, { value: constant }) : nothing;
    const left = constant === 0 ? unfilled(node, value) : constant === "" ? blank(node, value) : [];
    const found = [...member.then, ...left];
    return { then: isNothing ? [...found, ...findingsOn(node, value, "empty")] : found, else: member.else };
  }
  if (emptyWords.has(constant)) return { then: findingsOn(node, typeOf, "empty"), else: [] };
  if (typeof constant !== "string") return nothing;
  const said = (isSaid: boolean): KnownOf[] =>
    findingsOn(node, typeOf, { word: constant, said: isSaid, value: typeOf });
  const flat = findingsOn(node, typeOf, "flat");
  if (constant === "object") return { then: said(true), else: flat };
  return { then: flatWords.has(constant) ? [...flat, ...said(true)] : said(true), else: said(false) };
}

/** `name.length > 0`. */
function testOfLength(node: FunctionNode, operator: string, left: ValueId, right: ValueId): Sides {
  const limit = constantOf(node, right)?.value;
  const least = operator === ">" || operator === "<=" ? 0 : 1;
  if (!/^[<>]=?$/u.test(operator) || limit !== least) return nothing;
  const none = unfilled(node, left);
  return operator.startsWith(">") ? { then: [], else: none } : { then: none, else: [] };
}

/** `list.length` or `list?.length`, where it is nothing: there is nothing in the list, or there is no list. */
export function unfilled(node: FunctionNode, value: ValueId): readonly Finding[] {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "phi") return unfilledAt(node, value);
  const target = node.graph.blocks[definition.block]?.id;
  return eitherOf(
    definition.phi.inputs.map((input) =>
      constantOf(node, input.value) === null
        ? unfilledAt(node, input.value)
        : missingOn(node, input.block, target),
    ),
  );
}

function unfilledAt(node: FunctionNode, value: ValueId): readonly Finding[] {
  const load = originOf(node, value);
  const definition = node.definitions[load];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "load") return [];
  const { object, property } = definition.instruction;
  return property.kind === "name" && property.name === "length"
    ? [
        ...findingsOn(node, object, "unfilled").map((known) => ({ ...known, seen: load })),
        ...blank(node, object),
      ]
    : [];
}

/** `name.trim()`, where it is nothing: there is nothing but space in the text. */
export function blank(node: FunctionNode, value: ValueId): readonly KnownOf[] {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return [];
  const { receiver, name, arguments: given } = definition.instruction;
  return receiver !== null && given.length === 0 && /\.trim(?:Start|End)?$/u.test(name)
    ? [...findingsOn(node, receiver, "unfilled"), ...blank(node, receiver)]
    : [];
}

function isLiteral(constant: unknown): constant is string | number | boolean | null {
  return constant === null || /^(?:string|number|boolean)$/u.test(typeof constant);
}

/** `x.kind === "robot"`, `x.ok`: what the object is. */
export function testOfMember(node: FunctionNode, value: ValueId, constant: MemberTest["constant"]): Sides {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind === "phi")
    return constant === null ? nothing : testOfChosen(node, definition, constant);
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "load") return nothing;
  const { object, property, out } = definition.instruction;
  if (property.kind !== "name") return nothing;
  const { name } = property;
  return {
    then: findingsOn(node, object, { name, constant, holds: true }, out),
    else: findingsOn(node, object, { name, constant, holds: false }, out),
  };
}

/** `user?.kind === "robot"`: the member, or nothing where there is no object. */
function testOfChosen(
  node: FunctionNode,
  { phi, block }: Extract<FunctionNode["definitions"][number], { kind: "phi" }>,
  wanted: NonNullable<MemberTest["constant"]>,
): Sides {
  const target = node.graph.blocks[block]?.id;
  const ways = phi.inputs.map((input) => {
    const constant = constantOf(node, input.value);
    if (constant === null) return { equal: null, sides: testOfLoad(node, input.value, wanted) };
    return {
      equal: constant.value === wanted.value,
      sides: { then: [], else: missingOn(node, input.block, target) },
    };
  });
  return {
    then: eitherOf(ways.filter(({ equal }) => equal !== false).map(({ sides }) => sides.then)),
    else: eitherOf(ways.filter(({ equal }) => equal !== true).map(({ sides }) => sides.else)),
  };
}

function testOfLoad(node: FunctionNode, value: ValueId, wanted: NonNullable<MemberTest["constant"]>): Sides {
  const isLoad = node.definitions[originOf(node, value)]?.kind === "instruction";
  return isLoad ? testOfMember(node, value, wanted) : nothing;
}

/** `"points" in event`. */
export function testOfProperty(node: FunctionNode, name: ValueId, object: ValueId, own: boolean): Sides {
  const has = constantOf(node, name)?.value;
  return typeof has === "string"
    ? {
        then: findingsOn(node, object, { has, holds: true, own }),
        else: [
          ...findingsOn(node, object, { has, holds: false, own }),
          ...(own
            ? []
            : placesOf(node, object).map(({ base, path }): KnownOf => ({
                place: { base, path: [...path, has] },
                nature: "empty",
              }))),
        ],
      }
    : nothing;
}

/** `Array.isArray(x)`; null where something else is asked. */
export function testOfList({ caller, instruction, foreign, invokes }: CallSite): Sides | null {
  if (instruction.kind !== "call" || foreign.size === 0 || invokes !== null) return null;
  const [value] = instruction.arguments;
  const isAsked = [...foreign].every(
    ({ module, path }) => /^(?:lib|global)$/u.test(module) && path.join(".") === "Array.isArray",
  );
  if (!isAsked || value === undefined || value.spread) return null;
  const told = (said: boolean): KnownOf[] =>
    findingsOn(caller, value.value, { word: listWord, said, value: value.value });
  return { then: told(true), else: told(false) };
}

/** `Boolean(x)`; null where something else is asked. */
export function testOfContent({ caller, instruction, foreign, invokes }: CallSite): Sides | null {
  if (instruction.kind !== "call" || instruction.new || foreign.size === 0 || invokes !== null) return null;
  const [value] = instruction.arguments;
  const isAsked = [...foreign].every(
    ({ module, path }) => /^(?:lib|global)$/u.test(module) && path.join(".") === "Boolean",
  );
  return isAsked && value?.spread === false
    ? { then: [], else: findingsOn(caller, value.value, "empty") }
    : null;
}

/** `Object.hasOwn(x, "name")`, `x.hasOwnProperty("name")`, `Reflect.has(x, "name")`. */
export function testOfOwnProperty({ caller, instruction, foreign, invokes }: CallSite): Sides {
  if (instruction.kind !== "call" || foreign.size === 0 || invokes === "apply") return nothing;
  const given = instruction.arguments.map(({ value }) => value);
  if (instruction.arguments.some(({ spread }) => spread)) return nothing;
  const functions = [...foreign].map(({ module, path }) =>
    module === "lib" || module === "global" ? path.join(".") : "",
  );
  const isOfReceiver = functions.every((each) => /\.hasOwnProperty$/u.test(each));
  const isOwn = isOfReceiver || functions.every((each) => each === "Object.hasOwn");
  if (!isOwn && functions.some((each) => each !== "Reflect.has")) return nothing;
  const [object, name] =
    isOfReceiver && invokes === null ? [instruction.receiver ?? undefined, given[0]] : given;
  return object === undefined || name === undefined ? nothing : testOfProperty(caller, name, object, isOwn);
}

function operandOfTypeof(node: FunctionNode, value: ValueId): ValueId | null {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "unary") return null;
  return definition.instruction.operator === "typeof" ? definition.instruction.operand : null;
}
