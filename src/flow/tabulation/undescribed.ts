/** What is said of functions that nothing describes, whether they are called or handed over, and where they may put what they got. */
import type { BlindSpotKind, Protection, StepNote } from "../../contracts/flow.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, emptyPath } from "../paths/access-path.js";
import { isIndex, somewhere } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Fact } from "./fact.js";

export type TellBlindSpot = (kind: BlindSpotKind, site: CallSite, fact: Fact, subject: string) => void;

/** What is believed of a function whose body is not seen: what it gives is protected so, or is not the data at all. */
export interface Belief {
  readonly role: "encrypts" | "decrypts" | "redacts" | "anonymizes";
  readonly protection: Protection;
  readonly note: StepNote;
}

/** A value that is a member of an interface with a role (`@encrypts`), or a declared function with one. */
export function believed(
  pointsTo: PointsTo,
  caller: FunctionNode,
  callee: number,
  name: string,
): Belief | null {
  const definition = caller.definitions[callee];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  const nameStart = instruction.kind === "load" ? instruction.nameAt[0] : instruction.at[0];
  for (const { tag } of pointsTo.resolver.rolesAt?.(caller.file, nameStart) ?? []) {
    if (tag === "decrypts")
      return { role: tag, protection: { kind: "raw" }, note: { kind: "revealed", by: name } };
    if (tag !== "encrypts" && tag !== "redacts" && tag !== "anonymizes") continue;
    const protection: Protection =
      tag === "encrypts" ? { kind: "encrypted", by: name } : { kind: "pseudonymised", by: name };
    return { role: tag, protection, note: { kind: "protected", by: name, as: protection.kind } };
  }
  return null;
}

/**
 * Where a call that nothing describes may have put a part of what it got: under its own name, who knows where.
 * What it makes of `{ to: child.email }` may hold a `to`; its `id` and its `error` are not the address.
 */
export function unknownPlace({ components }: AccessPath): AccessPath {
  if (components[0] === "<text>") return accessPath([somewhere, "<text>"]);
  const text = components.indexOf("<text>");
  const kept = text === -1 ? components : components.slice(0, text);
  const last = kept.findLastIndex((component) => !isIndex(component) && !/^(?:\[\]|=.*)$/u.test(component));
  return last === -1 ? emptyPath : accessPath([somewhere, ...kept.slice(last)]);
}
