/**
 * Declared types and those that are made of them: a value of the one may be of the other. Told by name, over all
 * files, so that two types of one name count as one.
 */
import type { FileGraph } from "../../contracts/file-graph.js";
import type { TypeDeclaration, TypeReference } from "../../contracts/type-reference.js";
import type { Owner } from "../points-to/type-owner.js";

export class TypeFamilies {
  private readonly declarations = new Map<string, TypeDeclaration[]>();
  /** By the name of a type: the declarations that extend it, by whatever way. */
  private readonly below = new Map<string, TypeDeclaration[]>();
  /** Names of types that classes implement, or that are parts of an intersection. */
  private readonly mixed = new Set<string>();

  constructor(files: Iterable<FileGraph>) {
    for (const file of files) {
      for (const declaration of file.types) this.add(declaration);
      for (const { extends: parent, implements: list } of file.classes)
        for (const type of parent === null ? list : [parent, ...list])
          for (const name of namesIn(type)) this.mixed.add(name);
      for (const { parameters, returnType, blocks } of file.functions) {
        this.mix(returnType);
        for (const { type } of parameters) this.mix(type);
        for (const { instructions } of blocks)
          for (const each of instructions)
            if (each.kind === "declare" || each.kind === "cast") this.mix(each.type);
      }
    }
  }

  /** True if no value of a declared type (or of one of the members of its union) has a property of this name. */
  lacks({ members, declaration }: Owner, property: string): boolean {
    if (members.some((member) => member.name === property)) return false;
    if (declaration === null) return true;
    const family = new Set<TypeDeclaration>();
    const isWithoutItself =
      declaration.type.kind === "union"
        ? declaration.type.members.every((each) => each.kind !== "object" || each.open !== true)
        : this.isWithout(declaration, property, family);
    return isWithoutItself && this.areBelowWithout(declaration, property, family);
  }

  /** True if every value of a declared type has the property, as a property of its own if that is asked. */
  alwaysHas({ members, declaration }: Owner, property: string, own: boolean): boolean {
    if (own && declaration !== null && this.mixed.has(declaration.name)) return false;
    const isNeeded = (each: Owner["members"][number]): boolean =>
      each.name === property && each.optional !== true && !(own && each.type?.kind === "function");
    if (members.some(isNeeded)) return true;
    return (declaration?.extends ?? []).some((parent) => {
      const found = parent.kind === "named" ? (this.declarations.get(parent.name) ?? []) : [];
      return (
        found.length > 0 &&
        found.every(
          (each) =>
            each.type.kind === "object" &&
            this.alwaysHas({ members: each.type.members, declaration: each }, property, own),
        )
      );
    });
  }

  private areBelowWithout(
    { name }: TypeDeclaration,
    property: string,
    family: Set<TypeDeclaration>,
  ): boolean {
    if (this.mixed.has(name)) return false;
    return (this.below.get(name) ?? []).every(
      (each) =>
        family.has(each) ||
        (this.isWithout(each, property, family) && this.areBelowWithout(each, property, family)),
    );
  }

  /** Neither the type itself nor those that it extends have the property; what is not known may have it. */
  private isWithout(declaration: TypeDeclaration, property: string, family: Set<TypeDeclaration>): boolean {
    family.add(declaration);
    if (!isWithout(declaration.type, property)) return false;
    return declaration.extends.every((parent) => {
      const found = parent.kind === "named" ? this.declarations.get(parent.name) : undefined;
      return (
        found !== undefined &&
        found.every((each) => family.has(each) || this.isWithout(each, property, family))
      );
    });
  }

  private add(declaration: TypeDeclaration): void {
    push(this.declarations, declaration.name, declaration);
    for (const parent of declaration.extends)
      for (const name of namesIn(parent)) push(this.below, name, declaration);
    this.mix(declaration.type);
  }

  private mix(type: TypeReference | null): void {
    if (type === null) return;
    if (type.kind === "intersection") for (const name of namesIn(type)) this.mixed.add(name);
    for (const part of partsOf(type)) this.mix(part);
  }
}

function push(table: Map<string, TypeDeclaration[]>, name: string, declaration: TypeDeclaration): void {
  const known = table.get(name);
  if (known === undefined) table.set(name, [declaration]);
  else known.push(declaration);
}

/** The members that are written out do not have the property; a type that is not written out may have any. */
function isWithout(type: TypeReference, property: string): boolean {
  if (type.kind === "union") return type.members.every((member) => isWithout(member, property));
  return (
    type.kind === "object" && type.open !== true && type.members.every((member) => member.name !== property)
  );
}

/** All names in a type, as they stand behind the last dot. */
function namesIn(type: TypeReference): readonly string[] {
  const own = type.kind === "named" ? [type.name.slice(type.name.lastIndexOf(".") + 1)] : [];
  return [...own, ...partsOf(type).flatMap(namesIn)];
}

function partsOf(type: TypeReference): readonly TypeReference[] {
  switch (type.kind) {
    case "named":
      return type.arguments;
    case "array":
      return [type.element];
    case "tuple":
      return type.elements;
    case "union":
    case "intersection":
      return type.members;
    case "object":
      return type.members.flatMap((member) => (member.type === null ? [] : [member.type]));
    case "indexed":
      return [type.object, type.index];
    case "function":
      return type.result === null ? [] : [type.result];
    default:
      return [];
  }
}
