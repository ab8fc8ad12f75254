/**
 * Classes that only say what is known of somebody: marked fields, and nothing that can be called. Whoever is given one,
 * another one may be given elsewhere: what is put into one is in no other.
 */
import { declarationId } from "../../contracts/annotation.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { PropertyName } from "../../contracts/file-graph.js";
import type { ClassNode } from "../program/program.js";
import type { AbstractValue, Site } from "./abstract-value.js";

const prefix = "typed:";
/** Parts of parts that are told apart. */
const deepest = 3;

export function isRecord({ byDeclaration }: AnnotationTable, { file, graph }: ClassNode): boolean {
  const members = graph.members.filter((member) => !member.static);
  return (
    members.every(({ kind }) => kind === "field") &&
    members.some(({ nameAt }) => byDeclaration.has(declarationId(file, nameAt[0])))
  );
}

/** Of what a place holds that is said to be of a type. */
export function siteOfPlace(owner: string): Site {
  return prefix + owner;
}

/** One of those that others are told apart from by where they are. */
export function isOfPlace(value: AbstractValue): boolean {
  return value.kind === "instance" && value.site?.startsWith(prefix) === true;
}

/** The place of what such a record has under a name. */
export function placeBelow(record: AbstractValue, name: PropertyName): { path: string; name: string } | null {
  if (record.kind !== "instance" || record.site === null || name.kind !== "name") return null;
  const path = `${record.site.slice(prefix.length)}.${name.name}`;
  return path.split(".").length > deepest ? null : { path, name: name.name };
}
