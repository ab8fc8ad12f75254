/** Entities by the types that the program writes: a class that stands for a table, what a package makes of a table's value. */
import type { TypeReference } from "../../contracts/type-reference.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { Entities } from "./entities.js";
import type { Entity } from "./entity.js";
import { findImport } from "../program/module-links.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isTransparentType } from "../sources/transparent-types.js";
import { type WrittenType, isDocumentList, type WrittenTypes } from "../sources/written-types.js";

const deepest = 4;
/** What packages call the rows of a table's type. */
const computed = new Set(["Selectable", "Insertable", "Updateable"]);
const lists: ReadonlySet<string> = new Set([
  "Array",
  "ReadonlyArray",
  "Set",
  "Collection",
  "LoadedCollection",
]);

/** Also MikroORM's lists of related rows, and mongoose's lists of parts and of values: `Types.DocumentArray<Child>`, `mongoose.Types.Array<string>`. */
export function isListType(name: string): boolean {
  return lists.has(name) || isDocumentList(name);
}

export class EntityTypes {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly entities: Entities,
    private readonly types: WrittenTypes,
  ) {}

  of({ file, type }: WrittenType, depth = 0): Entity | null {
    if (depth > deepest) return null;
    if (type.kind === "array") return this.of({ file, type: type.element }, depth + 1);
    if (type.kind === "intersection" || type.kind === "union")
      return first(type.members, (member) => this.of({ file, type: member }, depth + 1));
    if (type.kind !== "named") return null;
    const [inner] = type.arguments;
    if (inner !== undefined && (isTransparentType(type.name) || isListType(type.name)))
      return this.of({ file, type: inner }, depth + 1);
    return first(this.types.declarationsOf(file, type.name), (key) => {
      const home = this.types.classOf(key);
      if (home !== null) return this.entities.ofClass(home);
      const alias = this.aliasOf(key);
      return alias === null ? null : this.of(alias, depth + 1);
    });
  }

  /** What own code calls a type, or that of the elements of a list. */
  keyOf(file: string, type: TypeReference): string | null {
    if (type.kind === "array") return this.keyOf(file, type.element);
    if (type.kind !== "named") return null;
    const [inner, ...others] = type.arguments;
    if (inner !== undefined && (isTransparentType(type.name) || isListType(type.name)))
      return this.keyOf(file, inner);
    const [key, ...more] = this.types.declarationsOf(file, type.name);
    return key?.startsWith("file:") === true && more.length + others.length === 0 ? key : null;
  }

  /** What a type that a package makes of a table's value describes: `typeof children.$inferSelect`. */
  ofComputed(file: string, type: TypeReference, depth = 0): Entity | WrittenType | null {
    if (depth > deepest) return null;
    switch (type.kind) {
      case "query":
        return first(this.valuesNamed(file, type.name.split(".")[0] ?? ""), (value) => {
          return this.entities.standsFor(value);
        });
      case "array":
        return null;
      case "union":
      case "intersection":
        return first(type.members, (member) => this.ofComputed(file, member, depth + 1));
      case "named": {
        const [inner] = type.arguments;
        if (inner?.kind === "query") return this.ofComputed(file, inner, depth + 1);
        if (inner !== undefined && (computed.has(type.name) || isTransparentType(type.name)))
          return computed.has(type.name) ? { file, type: inner } : this.ofComputed(file, inner, depth + 1);
        return first(this.types.declarationsOf(file, type.name), (key) => {
          const alias = this.aliasOf(key);
          return alias === null ? null : this.ofComputed(alias.file, alias.type, depth + 1);
        });
      }
      default:
        return null;
    }
  }

  /** What a module's variable of a name is, or what is imported under it. */
  valuesNamed(file: string, name: string): readonly AbstractValue[] {
    const own = [...this.pointsTo.cellNode(file, name).values, ...this.declaredAs(file, name)];
    const binding = this.pointsTo.program.graphOf(file)?.imports.find((each) => each.local === name);
    if (own.length > 0 || binding === undefined) return own;
    return findImport(this.pointsTo, file, binding.specifier, binding.name).flatMap((link) =>
      link.kind === "cell" ? [...this.pointsTo.cellNode(link.file, link.cell).values] : [],
    );
  }

  /** What only types name is no more than a value of the module's. */
  private declaredAs(file: string, name: string): readonly AbstractValue[] {
    const module = this.pointsTo.program.moduleOf(file);
    const declared = module?.code.find((each) => each.kind === "declare" && each.name === name);
    return module === undefined || declared?.kind !== "declare"
      ? []
      : [...this.pointsTo.valuesOf(module, declared.out)];
  }

  private aliasOf(key: string): WrittenType | null {
    const hash = key.indexOf("#");
    const file = key.slice("file:".length, hash);
    const found = key.startsWith("file:")
      ? this.pointsTo.program.graphOf(file)?.types.find((each) => each.name === key.slice(hash + 1))
      : undefined;
    return found === undefined ? null : { file, type: found.type };
  }
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
