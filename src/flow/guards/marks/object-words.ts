/** Words in the objects that a guard answers with, as its body makes them or its type says: `{ kind: "granted" }`. */
import type { FileGraph, ValueId } from "../../../contracts/file-graph.js";
import type { TypeReference } from "../../../contracts/type-reference.js";
import { originOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import { decidingWords, type GuardWord, wordFor, wordsOfAll } from "./answer-words.js";

type Parts = ReadonlyMap<string, readonly GuardWord[]>;

const deepest = 6;

/** The literals that a value may be, whichever way it came. */
export function objectsIn(node: FunctionNode, value: ValueId, depth = 0): ValueId[] {
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  if (definition === undefined || depth > deepest) return [];
  if (definition.kind === "phi")
    return definition.phi.inputs.flatMap((input) => objectsIn(node, input.value, depth + 1));
  return definition.instruction.kind === "object" ? [origin] : [];
}

export function storesInto(
  node: FunctionNode,
  object: ValueId,
): { readonly property: string; readonly value: ValueId }[] {
  return node.code.flatMap((each) =>
    each.kind === "store" && each.initial && each.object === object && each.property.kind === "name"
      ? [{ property: each.property.name, value: each.value }]
      : [],
  );
}

export function literalOf(node: FunctionNode, value: ValueId): string | number | boolean | null | undefined {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" && definition.instruction.kind === "constant"
    ? definition.instruction.value
    : undefined;
}

/** Properties that every one of the objects has, with one of some words in it. */
export function partsMade(
  node: FunctionNode,
  objects: readonly ValueId[],
  wordsIn: (value: ValueId) => readonly GuardWord[] | null,
): Parts {
  const stores = objects.map((object) => storesInto(node, object));
  const names = new Set(stores.flat().map(({ property }) => property));
  return new Map(
    [...names].flatMap((name): [string, readonly GuardWord[]][] => {
      const words = wordsOfAll(
        stores.map((all) => {
          const store = all.findLast(({ property }) => property === name);
          return store === undefined ? null : wordsIn(store.value);
        }),
      );
      const isOne = words === null || words.length < 2 || words.every(({ isRefusal }) => isRefusal);
      return isOne ? [] : [[name, chosen(words)]];
    }),
  );
}

/** The same of a written type, of which some words are known to grant or to refuse. */
export function partsWritten(file: FileGraph, type: TypeReference): Parts {
  const members = objectsOfType(file, type, 0);
  const names = new Set(members?.flatMap((each) => each.map(({ name }) => name)) ?? []);
  return new Map(
    [...names].flatMap((name): [string, readonly GuardWord[]][] => {
      const words = wordsOfAll(
        (members ?? []).map((each) => {
          const written = each.find((member) => member.name === name)?.type ?? null;
          return written === null ? null : wordsOfType(written);
        }),
      );
      const deciding = decidingWords(words);
      return deciding.length === 0 ? [] : [[name, deciding]];
    }),
  );
}

/** Where none of the words is known, each may be the one that grants. */
function chosen(words: readonly GuardWord[]): readonly GuardWord[] {
  const deciding = decidingWords(words);
  return deciding.length > 0 ? deciding : words.map((each) => ({ ...each, isRefusal: false }));
}

export type Members = Extract<TypeReference, { kind: "object" }>["members"];

export function objectsOfType(
  file: FileGraph,
  type: TypeReference,
  depth: number,
): readonly Members[] | null {
  if (depth > deepest) return null;
  if (type.kind === "object") return [type.members];
  if (type.kind === "named") {
    const declared = file.types.find(({ name }) => name === type.name);
    return declared === undefined ? null : objectsOfType(file, declared.type, depth + 1);
  }
  if (type.kind !== "union") return null;
  const all = type.members.map((member) => objectsOfType(file, member, depth + 1));
  return all.includes(null) ? null : all.flatMap((each) => each ?? []);
}

/** Of a union of words. `named`: those of a type that is only named. */
export function wordsOfType(
  type: TypeReference,
  named: (name: string) => readonly GuardWord[] | null = () => null,
): readonly GuardWord[] | null {
  switch (type.kind) {
    case "literal":
      if (typeof type.value === "string") return [wordFor(type.value, type.value)];
      return type.value === null ? [{ value: null, isRefusal: true, isGrant: false }] : null;
    case "keyword":
      return type.name === "undefined" ? [{ value: undefined, isRefusal: true, isGrant: false }] : null;
    case "named":
      return named(type.name);
    case "union":
      return wordsOfAll(type.members.map((member) => wordsOfType(member, named)));
    default:
      return null;
  }
}
