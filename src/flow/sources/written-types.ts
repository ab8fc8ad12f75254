/** Types as they are written: own classes, implementers of own interfaces, types of packages. */
import type { FilePath } from "../../base/keys.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { findExports, findImport } from "../program/module-links.js";
import type { LinkTarget } from "../program/module-links.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";
import { transparentTypes } from "./transparent-types.js";
import { TypedLiterals } from "./typed-literals.js";

/** A type as it is written in a file. */
export interface WrittenType {
  readonly file: FilePath;
  readonly type: TypeReference;
}

/** Of the language: what they hold is what they are given last. */
export const containerTypes: ReadonlySet<string> = new Set([
  "Array",
  "ReadonlyArray",
  "Map",
  "ReadonlyMap",
  "Set",
  "ReadonlySet",
]);
/** Mongoose's lists of parts and of values. */
const documentLists = /(?:^|\.)Types\.(?:DocumentArray|Array)$/u;

export function isDocumentList(name: string): boolean {
  return documentLists.test(name);
}

const structural = new Set(["Record", "Pick", "Omit", "Exclude", "Extract"]);

/** Resolves types as they are written: own classes, implementers of own interfaces, types of packages. */
export class WrittenTypes {
  private readonly implementers = new Map<string, ClassNode[]>();
  /** Classes by what they are called where they stand: `file:src/a.ts#Store`. */
  private readonly classes = new Map<string, ClassNode[]>();
  private literals: TypedLiterals | null = null;

  constructor(private readonly pointsTo: PointsTo) {
    for (const each of pointsTo.program.classes) {
      const own = `file:${each.file}#${each.graph.name}`;
      this.classes.set(own, [...(this.classes.get(own) ?? []), each]);
      for (const type of [
        ...each.graph.implements,
        ...(each.graph.extends === null ? [] : [each.graph.extends]),
      ]) {
        if (type.kind !== "named") continue;
        for (const key of this.declarationsOf(each.file, type.name)) {
          const list = this.implementers.get(key);
          if (list === undefined) this.implementers.set(key, [each]);
          else list.push(each);
        }
      }
    }
  }

  /** `owner` names the place that has the type: library containers written there are objects of their own. */
  valuesOf(file: FilePath, type: TypeReference, owner: string): AbstractValue[] {
    switch (type.kind) {
      case "array":
      case "tuple":
        return this.library("Array", owner);
      case "union":
      case "intersection":
        return type.members.flatMap((member) => this.valuesOf(file, member, owner));
      case "literal":
        return [this.pointsTo.values.constant(type.value)];
      case "query":
        return this.declarationsOf(file, type.name).flatMap((key) => {
          const home = this.classOf(key);
          return home === null ? [] : [this.pointsTo.values.class(home)];
        });
      case "named":
        if (transparentTypes.has(type.name) && type.arguments[0] !== undefined)
          return this.valuesOf(file, type.arguments[0], owner);
        if (containerTypes.has(type.name)) return this.library(type.name.replace(/^Readonly/u, ""), owner);
        return structural.has(type.name) ? [] : this.named(file, type.name, isComputed(type), owner);
      default:
        return [];
    }
  }

  private library(name: string, owner: string): AbstractValue[] {
    const value = this.pointsTo.values.foreign("lib", [name], `typed:${owner}`);
    return value === null ? [] : [value];
  }

  private named(file: FilePath, name: string, ownOnly: boolean, owner: string): AbstractValue[] {
    const found: AbstractValue[] = [];
    const isInline = inlineImport(name) !== null;
    for (const key of this.declarationsOf(file, name)) {
      // An object of an own class that is named so is followed as it is handed in.
      if (key.startsWith("file:")) found.push(...(isInline ? [] : this.ownInstances(key, new Set(), owner)));
      else if (!ownOnly) {
        const hash = key.indexOf("#");
        const value = this.pointsTo.values.foreign(key.slice(0, hash), key.slice(hash + 1).split("."), null);
        if (value !== null) found.push(value);
      }
    }
    return found;
  }

  /** Objects of the classes that extend one, as far as they can be made. */
  heirsOf({ file, graph }: ClassNode): readonly AbstractValue[] {
    return this.ownInstances(`file:${file}#${graph.name}`, new Set(), null);
  }

  private ownInstances(key: string, seen: Set<string>, owner: string | null): AbstractValue[] {
    if (seen.has(key)) return [];
    seen.add(key);
    const direct = this.classes.get(key) ?? [];
    const below = (this.implementers.get(key) ?? []).flatMap((each) =>
      this.ownInstances(`file:${each.file}#${each.graph.name}`, seen, owner),
    );
    const constructed = direct.filter(
      (each) => !each.graph.abstract && (below.length === 0 || this.pointsTo.isConstructed(each)),
    );
    const beside = direct.length === 0 && below.length > 0 && owner !== null ? this.literalsOf(key) : [];
    return [
      ...constructed.flatMap((each) => this.pointsTo.likelyInstances(each, owner)),
      ...below,
      ...beside,
    ];
  }

  /** Beside the classes that implement an interface: plain objects that are said to be of it. */
  private literalsOf(key: string): readonly AbstractValue[] {
    this.literals ??= new TypedLiterals(this.pointsTo, (file, name) => this.declarationsOf(file, name));
    return this.literals.of(key);
  }

  /** The class that is called so: `file:src/a.ts#Store`. */
  classOf(key: string): ClassNode | null {
    return this.classes.get(key)?.[0] ?? null;
  }

  /** `file:src/a.ts#Store` or `npm:pg#Pool` for a type name as it is written in a file. */
  declarationsOf(file: FilePath, name: string): readonly string[] {
    const graph = this.pointsTo.program.graphOf(file);
    if (graph === undefined) return [];
    const inline = inlineImport(name);
    if (inline !== null) return this.imported(file, inline.specifier, inline.name, inline.rest);
    const [head = "", ...rest] = name.split(".");
    if (
      rest.length === 0 &&
      (graph.classes.some((each) => each.name === name) || graph.types.some((each) => each.name === name))
    )
      return [`file:${file}#${name}`];
    const binding = graph.imports.find((each) => each.local === head);
    if (binding === undefined) return rest.length === 0 ? this.ambient(head) : [];
    return this.imported(file, binding.specifier, binding.name, rest);
  }

  private imported(
    file: FilePath,
    specifier: string,
    name: string,
    rest: readonly string[],
  ): readonly string[] {
    const links = findImport(this.pointsTo, file, specifier, name);
    const keys = links.flatMap((link) => this.linkKeys(link, rest));
    if (keys.length > 0) return keys;
    // A type-only export (interface, alias) is no cell: the name itself tells.
    const target = this.pointsTo.resolver.moduleOf(file, specifier);
    return target !== null && "file" in target
      ? this.exportedType(target.file, rest[0] ?? name, new Set())
      : [];
  }

  /** A type that a platform adds to the global names, by the package that describes it. */
  private ambient(name: string): readonly string[] {
    return this.pointsTo.catalogue
      .find("global")
      .flatMap((model) => model.extends?.[name] ?? [])
      .filter((base) => base.startsWith("npm:"));
  }

  private linkKeys(link: LinkTarget, rest: readonly string[]): string[] {
    if (link.kind === "foreign") return [`${link.module}#${[...link.path, ...rest].join(".")}`];
    if (link.kind === "namespace" && rest[0] !== undefined)
      return findExports(this.pointsTo, link.file, rest[0]).flatMap((each) =>
        this.linkKeys(each, rest.slice(1)),
      );
    if (link.kind !== "cell") return [];
    const graph = this.pointsTo.program.graphOf(link.file);
    if (graph?.classes.some((each) => each.name === link.cell) === true)
      return [`file:${link.file}#${link.cell}`];
    for (const value of this.pointsTo.cellNode(link.file, link.cell).values)
      if (value.kind === "class") return [`file:${value.class.file}#${value.class.graph.name}`];
    return [];
  }

  private exportedType(file: FilePath, name: string, seen: Set<string>): string[] {
    const graph = this.pointsTo.program.graphOf(file);
    if (graph === undefined || seen.has(file)) return [];
    seen.add(file);
    if (graph.types.some((each) => each.name === name) || graph.classes.some((each) => each.name === name))
      return [`file:${file}#${name}`];
    for (const each of graph.exports) {
      const source =
        each.kind === "all" || (each.kind === "from" && each.name === name) ? each.specifier : null;
      if (source === null) continue;
      const target = this.pointsTo.resolver.moduleOf(file, source);
      if (target === null) continue;
      if ("module" in target) {
        if (each.kind === "from") return [`${target.module}#${each.imported}`];
        continue;
      }
      const found = this.exportedType(target.file, each.kind === "from" ? each.imported : name, seen);
      if (found.length > 0) return found;
    }
    return [];
  }
}

/** `z.infer<typeof schema>`: what a package makes of a value's type describes own data, and is no object of the package. */
function isComputed({ arguments: list }: Extract<TypeReference, { kind: "named" }>): boolean {
  return list.some((argument) => argument.kind === "query");
}

/** `import("mongodb").Db`, also with names of a namespace before the type's. */
function inlineImport(
  written: string,
): { readonly specifier: string; readonly name: string; readonly rest: readonly string[] } | null {
  const [, specifier, names] = /^import\("([^"]+)"\)\.(.+)$/u.exec(written) ?? [];
  if (specifier === undefined || names === undefined) return null;
  const [name = "", ...rest] = names.split(".");
  return { specifier, name, rest };
}
