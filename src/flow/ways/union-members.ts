/**
 * The members of a union as they are declared: `{ kind: "student"; name: string } | { kind: "robot"; name: string }`.
 * A field of the one is not in a value whose `kind` is the other's.
 */
import { declarationId } from "../../contracts/annotation.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { FileGraph } from "../../contracts/file-graph.js";
import type { TypeDeclaration, TypeReference } from "../../contracts/type-reference.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { MadeProperties } from "../heap/made-properties.js";
import type { Literal, MemberTest, PropertyTest } from "./member-test.js";
import { passes } from "./member-test.js";
import type { PointsTo } from "../points-to/points-to.js";
import { TypeFamilies } from "./type-families.js";
import type { Members, Owner } from "../points-to/type-owner.js";

export class UnionMembers {
  private owners: Map<FieldId, Owner[]> | null = null;
  private families: TypeFamilies | null = null;
  private byName: Map<string, readonly TypeDeclaration[]> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly made: MadeProperties,
  ) {}

  /** True if no value that passes the test is of a type that declares the field, be it one of these or from outside. */
  excludes(field: FieldId, test: MemberTest | PropertyTest, values: readonly AbstractValue[]): boolean {
    return this.excludesAll(this.ownersOf(field), test, values);
  }

  /**
   * The same of what lies below a member of a value of a written type: `transcript.words` is in no message whose `kind`
   * is not that of the members with a `transcript`.
   */
  excludesBelow(
    name: string,
    test: MemberTest | PropertyTest,
    values: readonly AbstractValue[],
    type: TypeReference | null,
  ): boolean {
    const members = type === null ? null : this.unionOf(type, null, new Set());
    const holders = members?.filter((each) => each.members.some((member) => member.name === name)) ?? [];
    return this.excludesAll(holders, test, values);
  }

  /** The object types that a type is a union of, by the names of declarations; null where it is more than that. */
  private unionOf(
    type: TypeReference,
    declaration: TypeDeclaration | null,
    passed: Set<string>,
  ): readonly Owner[] | null {
    if (type.kind === "object") return type.open === true ? null : [{ members: type.members, declaration }];
    if (type.kind === "union") {
      const parts = type.members.map((member) => this.unionOf(member, declaration, passed));
      return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
    }
    if (type.kind !== "named" || type.arguments.length > 0 || passed.has(type.name)) return null;
    passed.add(type.name);
    const [only, ...others] = this.declarationsOf(type.name);
    if (only === undefined || others.length > 0 || only.extends.length > 0) return null;
    return this.unionOf(only.type, only, passed);
  }

  private declarationsOf(name: string): readonly TypeDeclaration[] {
    if (this.byName === null) {
      this.byName = new Map();
      for (const graph of this.files().values())
        for (const declaration of graph.types)
          this.byName.set(declaration.name, [...(this.byName.get(declaration.name) ?? []), declaration]);
    }
    return this.byName.get(name) ?? [];
  }

  private excludesAll(
    owners: readonly Owner[],
    test: MemberTest | PropertyTest,
    values: readonly AbstractValue[],
  ): boolean {
    if (owners.length === 0) return false;
    return "has" in test
      ? this.failsAll(owners, test, values)
      : this.isOfOtherConstants(owners, test, values);
  }

  private isOfOtherConstants(
    owners: readonly Owner[],
    test: MemberTest,
    values: readonly AbstractValue[],
  ): boolean {
    const known = new Set<Literal>();
    for (const { members } of owners) {
      const literals = literalsOf(members.find((member) => member.name === test.name)?.type ?? null);
      if (literals === null || literals.some((literal) => passes(literal, test))) return false;
      for (const literal of literals) known.add(literal);
    }
    // What the program makes itself is followed by value, whatever type it is given.
    return values.every((value) => this.isOneOf(value, test.name, known));
  }

  /** No type of those that declare a field passes: all lack the property, or all have it for certain. */
  private failsAll(owners: readonly Owner[], test: PropertyTest, values: readonly AbstractValue[]): boolean {
    this.families ??= new TypeFamilies(this.files().values());
    const { families } = this;
    const { has, holds, own } = test;
    if (!values.every((value) => value.kind === "constant" || this.made.fails(value, test))) return false;
    if (holds) return owners.every((owner) => families.lacks(owner, has));
    return !this.made.isDeleted(has) && owners.every((owner) => families.alwaysHas(owner, has, own));
  }

  private files(): ReadonlyMap<string, FileGraph> {
    return new Map(this.pointsTo.program.functions.map((node) => [node.file, node.fileGraph]));
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

  private ownersOf(field: FieldId): readonly Owner[] {
    if (this.owners === null) {
      this.owners = new Map();
      for (const [file, graph] of this.files())
        for (const declaration of graph.types)
          for (const members of objectsIn(declaration.type))
            for (const member of members) {
              const found = this.pointsTo.annotations.byDeclaration.get(
                declarationId(file, member.nameAt[0]),
              );
              if (found === undefined) continue;
              const list = this.owners.get(found);
              const owner = { members, declaration };
              if (list === undefined) this.owners.set(found, [owner]);
              else list.push(owner);
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
