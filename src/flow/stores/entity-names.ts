/** How the table of an entity is called where nothing says it: by the entity's own name, or the variable that holds it. */
import type { Role } from "../../contracts/model.js";
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { CallSite } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";
import { lowerPluralOf } from "./lower-plurals.js";
import { pluralOf, snakeName } from "./table-names.js";

/** A text of which nothing is known. */
export const unknown = "*";

export function spell(name: string, how: Extract<Role, { kind: "entity" }>["spelled"]): string {
  if (how === "snake") return snakeName(name);
  if (how === "lower plural") return lowerPluralOf(name);
  return how === "plural" ? pluralOf(name) : name;
}

/** The variable that holds what a call gives. */
export function variableOf({ caller }: CallSite, out: number): string | null {
  for (const use of caller.uses[out] ?? []) {
    const instruction = caller.code[use];
    if (instruction?.kind === "declare" && instruction.value === out) return instruction.name;
    if (instruction?.kind === "cell-write" && instruction.value === out) return instruction.cell;
  }
  return null;
}

/** `drizzle-orm` of `npm:drizzle-orm/pg-core`. */
export function packageOf(module: string): string {
  return /^(?:npm:)?((?:@[^/]+\/)?[^/]+)/u.exec(module)?.[1] ?? module;
}

/** The first of several places where one text is known. */
export function only(places: readonly (readonly string[])[]): string | null {
  return places.find((texts) => texts.length === 1 && areKnown(texts))?.[0] ?? null;
}

export function areKnown(texts: readonly string[]): boolean {
  return texts.length > 0 && texts.every((text) => text !== unknown && text !== "undefined");
}

export function classInstruction({ owner, point }: ClassNode): InstructionOf<"class"> | null {
  const created = owner.code[point];
  return created?.kind === "class" ? created : null;
}
