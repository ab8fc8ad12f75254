/**
 * The members of a union as they are declared: `{ kind: "student"; name: string } | { kind: "robot"; name: string }`.
 * A field of the one is not in a value whose `kind` is the other's.
 */
import { declarationId } from "../contracts/annotation.js";
import type { FieldId } from "../contracts/annotation.js";
import type { TypeReference } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";

type Literal = string | number | boolean | null;
type Members = Extract<TypeReference, { kind: "object" }>["members"];

/** What a test tells of a member: that it is (or is not) a constant; null: that it is true (or false). */
export interface MemberTest {
  readonly name: string;
  readonly constant: { readonly value: Literal } | null;
  readonly holds: boolean;
}

export class UnionMembers {
  private owners: Map<FieldId, Members[]> | null = null;

  constructor(private readonly pointsTo: PointsTo) {}

  /** True if no value that passes the test is of a type that declares the field, be it one of these or from outside. */
  excludes(field: FieldId, test: MemberTest, values: Iterable<AbstractValue>): boolean {
    const owners = this.ownersOf(field);
    const known = new Set<Literal>();
    for (const members of owners) {
      const literals = literalsOf(members.find((member) => member.name === test.name)?.type ?? null);
      if (literals === null || literals.some((literal) => passes(literal, test))) return false;
      for (const literal of literals) known.add(literal);
    }
    if (owners.length === 0) return false;
    // What the program makes itself is followed by value, whatever type it is given.
    for (const value of values) if (!this.isOneOf(value, test.name, known)) return false;
    return true;
  }

  private isOneOf(value: AbstractValue, name: string, known: ReadonlySet<Literal>): boolean {
    if (value.kind === "constant") return true;
    if (value.kind !== "object") return false;
    const { values } = this.pointsTo.fieldNode(value, name);
    return (
      values.size > 0 &&
      [...values].every(
        (each) => each.kind === "constant" && each.value !== undefined && known.has(each.value),
      )
    );
  }

  private ownersOf(field: FieldId): readonly Members[] {
    if (this.owners === null) {
      this.owners = new Map();
      const files = new Map(this.pointsTo.program.functions.map((node) => [node.file, node.fileGraph]));
      for (const [file, graph] of files)
        for (const { type } of graph.types)
          for (const members of objectsIn(type))
            for (const member of members) {
              const found = this.pointsTo.annotations.byDeclaration.get(
                declarationId(file, member.nameAt[0]),
              );
              if (found === undefined) continue;
              const list = this.owners.get(found);
              if (list === undefined) this.owners.set(found, [members]);
              else list.push(members);
            }
    }
    return this.owners.get(field) ?? [];
  }
}

function objectsIn(type: TypeReference): readonly Members[] {
  if (type.kind === "object") return [type.members];
  return type.kind === "union" || type.kind === "intersection" ? type.members.flatMap(objectsIn) : [];
}

/** The constants a type consists of; null for any other type. */
function literalsOf(type: TypeReference | null): readonly Literal[] | null {
  if (type?.kind === "literal") return [type.value];
  if (type?.kind !== "union") return null;
  const parts = type.members.map(literalsOf);
  return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
}

function passes(literal: Literal, { constant, holds }: MemberTest): boolean {
  return (constant === null ? Boolean(literal) : literal === constant.value) === holds;
}
