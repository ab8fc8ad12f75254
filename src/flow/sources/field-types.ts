/**
 * Types of fields as the objects of a class have them: what a class gives the one that it extends decides what a name
 * that is left open there means (`class Kids extends Rows<Kid>`, `class Rows<T> { rows: Repository<T> }`).
 */
import type { FilePath } from "../../base/keys.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { parentsOf } from "../points-to/classes-of-packages.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";
import { isTransparentType } from "./transparent-types.js";
import type { WrittenType, WrittenTypes } from "./written-types.js";

/** Classes one on top of the other. */
const deepest = 6;

/** What a type is given, as far as it is written: `Kid` of `Repository<Kid>`. */
type ArgumentOf = (file: FilePath, type: TypeReference | null) => WrittenType | null;

export class FieldTypes {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly types: WrittenTypes,
    private readonly argumentOf: ArgumentOf,
  ) {}

  /** Whatever it may be, or a name that only a function or class around it gives a meaning. */
  isOpen({ file, type }: WrittenType): boolean {
    if (type.kind === "keyword") return type.name === "any" || type.name === "unknown";
    if (type.kind !== "named") return false;
    const [inner] = type.arguments;
    if (inner !== undefined) return isTransparentType(type.name) && this.isOpen({ file, type: inner });
    if (type.name.includes(".")) return false;
    const isOfClass = this.pointsTo.program
      .graphOf(file)
      ?.classes.some(({ typeParameters }) => typeParameters.some((each) => each.name === type.name));
    return isOfClass === true || this.types.declarationsOf(file, type.name).length === 0;
  }

  /** What the type of a field is given, on objects of a class; null where nothing says so. */
  of(home: ClassNode, name: string, depth = 0): WrittenType | null {
    for (const type of this.fieldTypes(home, name)) {
      const found = this.argumentOf(home.file, type);
      if (found !== null) return found;
    }
    if (depth > deepest) return null;
    for (const inherited of this.parentsOf(home)) {
      const found = this.of(inherited, name, depth + 1);
      const bound = found === null ? null : this.bound(found, inherited, home);
      if (bound !== null) return bound;
    }
    return null;
  }

  /** What a name that a class leaves open means on objects of one on top of it. */
  on(heir: ClassNode, home: ClassNode, written: WrittenType, depth = 0): WrittenType | null {
    if (heir === home || heir.origin === home) return written;
    if (depth > deepest) return null;
    for (const inherited of this.parentsOf(heir)) {
      const found = this.on(inherited, home, written, depth + 1);
      if (found !== null) return this.bound(found, inherited, heir);
    }
    return null;
  }

  private bound({ file, type }: WrittenType, inherited: ClassNode, heir: ClassNode): WrittenType | null {
    if (type.kind !== "named") return { file, type };
    const [inner] = type.arguments;
    if (inner !== undefined && isTransparentType(type.name))
      return this.bound({ file, type: inner }, inherited, heir);
    const index = inherited.graph.typeParameters.findIndex(({ name }) => name === type.name);
    if (index === -1) return { file, type };
    const base = heir.graph.extends;
    const given = base?.kind === "named" ? base.arguments[index] : undefined;
    return given === undefined ? null : { file: heir.file, type: given };
  }

  private parentsOf(home: ClassNode): readonly ClassNode[] {
    const known = parentsOf(this.pointsTo, home).flatMap((value) =>
      value.kind === "class" && value.class !== home ? [value.class] : [],
    );
    const { extends: base } = home.graph;
    if (known.length > 0 || base?.kind !== "named") return known;
    return this.types.declarationsOf(home.file, base.name).flatMap((key) => {
      const written = this.types.classOf(key);
      return written === null || written === home ? [] : [written];
    });
  }

  /** Types of a field, or of a constructor's parameter property. */
  private fieldTypes(home: ClassNode, name: string): readonly (TypeReference | null)[] {
    const made =
      home.graph.constructorFunction === null
        ? undefined
        : this.pointsTo.program.memberOf(home, home.graph.constructorFunction);
    return [
      ...home.graph.members.flatMap((member) =>
        member.name.kind === "name" && member.name.name === name ? [member.type] : [],
      ),
      made?.graph.parameters.find((parameter) => parameter.property && parameter.name === name)?.type ?? null,
    ];
  }
}
