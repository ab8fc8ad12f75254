/**
 * Of the objects that a guard answers with, which properties only those have that refuse, or only those that grant:
 * `{ kind: "granted", at } | { kind: "refused", reason }`. Whether one is there says how it came out.
 */
import type { TypeReference } from "../../../contracts/type-reference.js";
import type { FunctionNode } from "../../program/program.js";
import type { ValueId } from "../../../contracts/file-graph.js";
import { type GuardWord, isRefusing } from "./answer-words.js";
import { literalOf, type Members, storesInto, wordsOfType } from "./object-words.js";

export interface Presence {
  /** That it is there tells that there is consent; that it is not. */
  readonly there: boolean;
  readonly absent: boolean;
}

export type Presences = ReadonlyMap<string, Presence>;

type Parts = ReadonlyMap<string, readonly GuardWord[]>;

/** One of the objects: what stands in its properties, as far as it is known. */
interface Answer {
  readonly says: ReadonlyMap<string, readonly GuardWord[] | boolean | null>;
  readonly optional: ReadonlySet<string>;
}

const none: Presences = new Map();

export function presencesWritten(types: readonly Members[] | null, parts: Parts): Presences {
  return presences(
    (types ?? []).map((members) => ({
      says: new Map(members.map(({ name, type }) => [name, type === null ? null : saidBy(type)])),
      optional: new Set(members.flatMap(({ name, optional }) => (optional === true ? [name] : []))),
    })),
    parts,
  );
}

export function presencesMade(
  node: FunctionNode,
  objects: readonly ValueId[],
  parts: Parts,
  wordsIn: (value: ValueId) => readonly GuardWord[] | null,
): Presences {
  const isWhole = objects.every((object) =>
    (node.uses[object] ?? []).every((point) => {
      const use = node.code[point];
      return use?.kind !== "copy-properties" || use.target !== object;
    }),
  );
  if (!isWhole) return none;
  return presences(
    objects.map((object) => ({
      says: new Map(
        storesInto(node, object).map(({ property, value }) => {
          const literal = literalOf(node, value);
          return [property, typeof literal === "boolean" ? literal : wordsIn(value)];
        }),
      ),
      optional: new Set<string>(),
    })),
    parts,
  );
}

function saidBy(type: TypeReference): readonly GuardWord[] | boolean | null {
  return type.kind === "literal" && typeof type.value === "boolean" ? type.value : wordsOfType(type);
}

function presences(answers: readonly Answer[], parts: Parts): Presences {
  const granting: Answer[] = [];
  const refusing: Answer[] = [];
  for (const answer of answers) {
    const says = verdictOf(answer, parts);
    if (says === null) return none;
    (says ? granting : refusing).push(answer);
  }
  if (granting.length === 0 || refusing.length === 0) return none;
  const names = new Set(answers.flatMap(({ says }) => [...says.keys()]));
  return new Map(
    [...names].map((name) => [
      name,
      {
        there: refusing.every(({ says }) => !says.has(name)),
        absent: refusing.every(({ says, optional }) => says.has(name) && !optional.has(name)),
      },
    ]),
  );
}

/** Does it grant? Null: that is not known. */
function verdictOf({ says }: Answer, parts: Parts): boolean | null {
  const verdicts = new Set<boolean>();
  for (const [name, said] of says) {
    if (typeof said === "boolean") verdicts.add(said !== isRefusing(name));
    else if (said !== null && said.length > 0 && parts.has(name)) {
      const deciding = said.map(({ value }) => parts.get(name)?.find((each) => each.value === value));
      if (deciding.every((each) => each?.isRefusal === true)) verdicts.add(false);
      if (deciding.every((each) => each?.isRefusal === false)) verdicts.add(true);
    }
  }
  const [only] = verdicts;
  return verdicts.size === 1 && only !== undefined ? only : null;
}
