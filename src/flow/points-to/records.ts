/**
 * Classes that only say what is known of somebody: marked fields, and nothing that can be called. Whoever is given one,
 * another one may be given elsewhere: what is put into one is in no other.
 */
import { declarationId } from "../../contracts/annotation.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { PropertyName } from "../../contracts/file-graph.js";
import type { ClassNode } from "../program/program.js";
import type { AbstractValue, ValueTable } from "./abstract-value.js";

const prefix = "typed:";
/** Parts of parts that are told apart. */
const deepest = 3;

export class Records {
  private readonly known = new Map<ClassNode, Set<AbstractValue>>();

  constructor(
    private readonly values: ValueTable,
    private readonly annotations: AnnotationTable,
  ) {}

  /** What a place holds that is said to be of the class; null where the class is more than a record. */
  at(node: ClassNode, place: string): AbstractValue | null {
    if (!isRecord(this.annotations, node)) return null;
    const record = this.values.instance(node, prefix + place);
    const known = this.known.get(node);
    if (known === undefined) this.known.set(node, new Set([record]));
    else known.add(record);
    return record;
  }

  /** What places hold of which only the type is known. */
  of(node: ClassNode): Iterable<AbstractValue> {
    return this.known.get(node) ?? [];
  }
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

function isRecord({ byDeclaration }: AnnotationTable, { file, graph }: ClassNode): boolean {
  const members = graph.members.filter((member) => !member.static);
  return (
    members.every(({ kind }) => kind === "field") &&
    members.some(({ nameAt }) => byDeclaration.has(declarationId(file, nameAt[0])))
  );
}
