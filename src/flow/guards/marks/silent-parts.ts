/**
 * Parts of the object that a guard answers with which plainly say something else than how it came out: when it was
 * asked, by what way, what went wrong. Where several may mean it, each does.
 */
import type { TypeReference } from "../../../contracts/type-reference.js";
import type { ValueId } from "../../../contracts/file-graph.js";
import { definitionOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import { type GuardWord, wordFor } from "./answer-words.js";
import { literalOf, type Members, objectsIn, storesInto } from "./object-words.js";

export type SilentParts = ReadonlySet<string>;

const noSilentParts: SilentParts = new Set();

/** What is known of a function's answers. */
interface Answers {
  readonly node: FunctionNode;
  readonly returned: readonly ValueId[];
  /** Its written type; null: none, or one that is not known. */
  readonly types: readonly Members[] | null;
  readonly words: ReadonlyMap<string, readonly GuardWord[]>;
  isBooleanType(type: TypeReference): boolean;
  mayBeNothing(type: TypeReference): boolean;
  isBoolean(value: ValueId): boolean;
}

interface Part {
  readonly name: string;
  readonly values: readonly ValueId[];
  readonly types: readonly TypeReference[];
  readonly isOptional: boolean;
  /** Some of the objects have it, and others do not. */
  readonly isOfSome: boolean;
}

/** Called by what says how something came out, whatever is in it. */
const deciding = /^(?:status|state|decision|outcome|verdict|answer|result|kind|type)$/iu;

export function silentParts(answers: Answers): SilentParts {
  const parts = partsOf(answers);
  const isBoolean = (part: Part): boolean =>
    part.types.some((type) => answers.isBooleanType(type)) ||
    part.values.some((value) => answers.isBoolean(value));
  const hasBoolean = parts.some(isBoolean);
  const hasOther = parts.some(({ name }) => answers.words.has(name) || wordFor(name, name).isGrant);
  if (!hasBoolean && !hasOther) return noSilentParts;
  const silent = parts.filter((part) => {
    const { name, isOfSome } = part;
    if (isOfSome || answers.words.has(name) || deciding.test(name) || isBoolean(part)) return false;
    if (wordFor(name, name).isGrant && mayBeMissing(part, answers)) return false;
    if (isSetByAnswer(answers, name)) return false;
    return hasBoolean || isPlainlyOther(part, answers);
  });
  return new Set(silent.map(({ name }) => name));
}

function partsOf({ node, returned, types }: Answers): readonly Part[] {
  const made = returned.flatMap((value) => objectsIn(node, value)).map((each) => storesInto(node, each));
  const names = new Set([
    ...made.flatMap((all) => all.map(({ property }) => property)),
    ...(types ?? []).flatMap((members) => members.map(({ name }) => name)),
  ]);
  return [...names].map((name) => {
    const values = made.flatMap((all) => all.filter(({ property }) => property === name));
    const members = (types ?? []).flatMap((all) => all.filter((member) => member.name === name));
    const inMade = made.filter((all) => all.some(({ property }) => property === name)).length;
    return {
      name,
      values: values.map(({ value }) => value),
      types: members.flatMap(({ type }) => type ?? []),
      isOptional: members.some(({ optional }) => optional === true),
      isOfSome:
        (inMade > 0 && inMade < made.length) || (members.length > 0 && members.length < (types?.length ?? 0)),
    };
  });
}

function mayBeMissing({ types, values, isOptional }: Part, answers: Answers): boolean {
  if (isOptional || types.some((type) => answers.mayBeNothing(type))) return true;
  return types.length === 0 && !values.every((value) => isMadeThere(answers.node, value));
}

/** A time, nothing, or something that is written down: whatever the guardian said. */
function isPlainlyOther({ types, values }: Part, { node }: Answers): boolean {
  if (types.some((type) => type.kind === "named" && type.name === "Date")) return true;
  return values.length > 0 && values.every((value) => isMadeThere(node, value));
}

function isMadeThere(node: FunctionNode, value: ValueId): boolean {
  const instruction = definitionOf(node, value);
  if (instruction?.kind === "constant" || instruction?.kind === "template") return true;
  return instruction?.kind === "call" && /^(?:Date(?:\.now)?|performance\.now)$/u.test(instruction.name);
}

/** `{ granted: true, error: null }` here and `{ granted: false, error: "never asked" }` there: the one says the other. */
function isSetByAnswer({ node, returned }: Answers, name: string): boolean {
  const found = returned
    .flatMap((value) => objectsIn(node, value))
    .map((object) => {
      const stores = storesInto(node, object);
      const own = stores.findLast(({ property }) => property === name);
      const answer = stores
        .map(({ value }) => literalOf(node, value))
        .find((each) => typeof each === "boolean");
      return { answer, isNothing: own === undefined || literalOf(node, own.value) === null };
    });
  return (
    found.every(({ answer }) => answer !== undefined) &&
    new Set(found.map(({ answer }) => answer)).size === 2 &&
    new Set(found.map(({ answer, isNothing }) => answer === isNothing)).size === 1
  );
}
