import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import { nearestWord } from "../base/nearest-word.js";
import type { Project } from "../project/project.js";
import { nestedType } from "./data-kind.js";
import { declarationKey, idOfName, nameNodes, siteOf } from "./declaration-sites.js";
import type { Marks } from "./marks.js";
import { schemaKey } from "./schema-key.js";
import { schemaOutput } from "./schema-types.js";
import type { TableBuilder } from "./table-builder.js";
import { topLevelDeclarations } from "./top-level-declarations.js";

/** Follows `Type.a.b` from a declaration at the top of a file to the property it names. */
export class PropertyPath {
  readonly #checker: ts.TypeChecker;

  constructor(
    readonly project: Project,
    readonly table: TableBuilder,
    readonly file: FilePath,
    readonly names: readonly string[],
    readonly marks: Marks,
  ) {
    this.#checker = project.program.getTypeChecker();
  }

  /** True where it was marked; else the nearest name that does exist, as a path, or null. */
  mark(): true | string | null {
    const source = this.project.sourceFile(this.file);
    const [owner = "", ...rest] = this.names;
    const declarations =
      source === undefined ? new Map<string, ts.Node[]>() : topLevelDeclarations(this.project.ts, source);
    const candidates = declarations.get(owner) ?? [];
    if (candidates.length === 0) return this.#nearest(nearestWord(owner, [...declarations.keys()]), rest);
    let nearest: string | null = null;
    for (const declaration of candidates) {
      for (const type of this.#typesOf(declaration)) {
        const result = this.#follow(declaration, type, rest, 0);
        if (result === true) return true;
        nearest ??= result;
      }
      if (this.#markKey(declaration, rest)) return true;
    }
    return nearest;
  }

  /** The key of a schema of whose type nothing is known: the literal that it is made of is there all the same. */
  #markKey(declaration: ts.Node, names: readonly string[]): boolean {
    const { project, table, marks } = this;
    const key = schemaKey(project.ts, declaration, names);
    if (key === null) return false;
    table.addNamed(key, key.name, marks, undefined, { path: this.names.join(".") });
    return true;
  }

  #nearest(owner: string | null, rest: readonly string[]): string | null {
    return owner === null ? null : `${this.file}#${[owner, ...rest].join(".")}`;
  }

  #typesOf(declaration: ts.Node): ts.Type[] {
    const { ts } = this.project;
    const name = nameNodes(ts, declaration)[0];
    const symbol =
      name === undefined
        ? (declaration as { symbol?: ts.Symbol }).symbol
        : this.#checker.getSymbolAtLocation(name);
    if (siteOf(ts, declaration) === "type") {
      return symbol === undefined ? [] : [this.#checker.getDeclaredTypeOfSymbol(symbol)];
    }
    const type = this.#checker.getTypeAtLocation(name ?? declaration);
    return [schemaOutput(this.project, type, declaration) ?? type];
  }

  #follow(declaration: ts.Node, type: ts.Type, rest: readonly string[], depth: number): true | string | null {
    const [name = "", ...more] = rest;
    const holder = depth === 0 ? type : nestedType(this.project, type);
    const parts = holder.isUnion() ? holder.types : [holder];
    const property = parts
      .map((part) => this.#checker.getPropertyOfType(part, name))
      .find((each) => each !== undefined);
    if (property === undefined) {
      const near = nearestWord(
        name,
        parts.flatMap((part) => this.#checker.getPropertiesOfType(part).map((each) => each.name)),
      );
      return near === null
        ? null
        : `${this.file}#${[...this.names.slice(0, depth + 1), near, ...more].join(".")}`;
    }
    if (more.length > 0)
      return this.#follow(
        declaration,
        this.#checker.getTypeOfSymbolAtLocation(property, declaration),
        more,
        depth + 1,
      );
    this.#markProperty(declaration, property, depth);
    return true;
  }

  #markProperty(declaration: ts.Node, property: ts.Symbol, depth: number): void {
    const { project, table, marks } = this;
    const target = property.declarations?.[0];
    const name = target === undefined ? undefined : nameNodes(project.ts, target)[0];
    const path = this.names.join(".");
    const ownerName = nameNodes(project.ts, declaration)[0] ?? declaration;
    if (target === undefined || name === undefined) {
      const owner = idOfName(project, ownerName);
      table.addInherited(
        owner,
        property.name,
        table.addField(
          `${declarationKey(project, declaration, ownerName)}.${property.name}`,
          path,
          table.locate(ownerName),
          `${owner}.${property.name}`,
          marks,
          undefined,
        ),
      );
      return;
    }
    const isOwn =
      depth > 0 ||
      (target.getSourceFile() === declaration.getSourceFile() &&
        target.pos >= declaration.pos &&
        target.end <= declaration.end);
    if (isOwn || siteOf(project.ts, declaration) !== "type")
      table.addNamed(target, name, marks, undefined, { path });
    else {
      const owner = idOfName(project, ownerName);
      const key = `${declarationKey(project, declaration, ownerName)}.${property.name}`;
      if (
        table.byDeclaration.has(idOfName(project, name)) ||
        table.inherited.get(owner)?.has(property.name) === true
      )
        return;
      table.addInherited(
        owner,
        property.name,
        table.addField(key, path, table.locate(name), `${owner}.${property.name}`, marks, undefined),
      );
    }
  }
}
