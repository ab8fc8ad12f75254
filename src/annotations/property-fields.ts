import type ts from "typescript";
import type { AnnotationTable, DeclarationId, FieldId } from "../contracts/annotation.js";
import type { Project } from "../project/project.js";
import { idOfName, nameNodes } from "./declaration-sites.js";
import { IndexedTypes } from "./indexed-types.js";
import { placesInMapped, renamedFrom } from "./mapped-properties.js";
import { isToldOf } from "./told-of-property.js";
import { isSchemaType } from "./schema-types.js";

/** Which fields a property of a type is: by its declarations, by the type it is read from, by what it implements. */
export class PropertyFields {
  readonly #checker: ts.TypeChecker;
  readonly #idCache = new WeakMap<ts.Node, DeclarationId | null>();
  readonly #typeIds = new WeakMap<ts.Type, readonly ts.Symbol[]>();
  readonly #keys = new WeakMap<ts.Symbol, string | null>();
  /** What is declared with the type of a marked property. */
  readonly #indexed: IndexedTypes;

  constructor(
    readonly project: Project,
    readonly table: AnnotationTable,
  ) {
    this.#checker = project.program.getTypeChecker();
    this.#indexed = new IndexedTypes(project, this);
  }

  /** Whether any field has this name at all; most properties need no further question. */
  mayBeField(name: string): boolean {
    return this.table.names.has(name);
  }

  /** The fields that `name` is when read from a value of this type; of a union, those of each member that has it. */
  of(type: ts.Type, name: string): readonly FieldId[] {
    if (!this.mayBeField(name)) return [];
    const found = new Set<FieldId>();
    for (const part of this.#parts(type)) for (const id of this.#ofPart(part, name)) found.add(id);
    return [...found];
  }

  /** The fields that a property symbol is by its own declarations. */
  ofSymbol(symbol: ts.Symbol): readonly FieldId[] {
    const found = new Set<FieldId>();
    for (const declaration of symbol.declarations ?? []) {
      for (const id of this.ofDeclaration(declaration)) found.add(id);
    }
    return [...found];
  }

  ofDeclaration(declaration: ts.Node): readonly FieldId[] {
    const id = this.#idOf(declaration);
    if (id === null) return [];
    const field = this.table.byDeclaration.get(id);
    if (field !== undefined) return [field];
    if (this.#isExcluded(id)) return [];
    const indexed = this.#indexed.ofDeclaration(declaration);
    return indexed.length > 0 ? indexed : this.#foreign(declaration);
  }

  /** What a type as it is written names a property of: `Child["email"]`. */
  ofWritten(type: ts.TypeNode): readonly FieldId[] {
    return this.#indexed.of(type);
  }

  /** Fields that the type itself adds to properties it does not declare, by name. */
  inheritedOf(type: ts.Type): ReadonlyMap<string, FieldId> {
    const found = new Map<string, FieldId>();
    const { inherited } = this.table;
    for (const symbol of this.#symbolsOf(type)) {
      for (const declaration of symbol.declarations ?? []) {
        const id = this.#idOf(declaration);
        for (const [name, field] of (id === null ? undefined : inherited?.get(id)) ?? [])
          if (!found.has(name)) found.set(name, field);
      }
    }
    return found;
  }

  /** Fields of a JSDoc typedef that stand behind the first tag on a property's line, which the checker does not know. */
  ofTypedef(type: ts.Type): ReadonlyMap<string, FieldId> {
    const [declaration] = type.aliasSymbol?.declarations ?? [];
    const isTypedef = declaration !== undefined && this.project.ts.isJSDocTypedefTag(declaration);
    const id = isTypedef ? this.#idOf(declaration) : null;
    return (id === null ? undefined : this.table.inherited?.get(id)) ?? new Map<string, FieldId>();
  }

  /** Fields of a package's type that the config names, by property. */
  foreignOf(type: ts.Type): ReadonlyMap<string, FieldId> {
    const found = new Map<string, FieldId>();
    if (this.table.byKey.size === 0) return found;
    for (const symbol of this.#symbolsOf(type)) {
      const prefix = this.#keyOf(symbol);
      if (prefix === null || prefix.startsWith("file:")) continue;
      for (const [key, id] of this.table.byKey)
        if (key.startsWith(`${prefix}.`)) found.set(key.slice(prefix.length + 1), id);
    }
    return found;
  }

  /** A function's or method's result. */
  ofResult(declaration: ts.Node): readonly FieldId[] {
    const id = this.#idOf(declaration) ?? null;
    const field = id === null ? undefined : this.table.returns?.get(id);
    return field === undefined ? [] : [field];
  }

  #ofPart(type: ts.Type, name: string): readonly FieldId[] {
    const { ts } = this.project;
    const apparent = this.#checker.getApparentType(type);
    const property = this.#checker.getPropertyOfType(apparent, name);
    const direct = property === undefined ? [] : this.ofProperty(property);
    if (direct.length > 0) return direct;
    const declared = property?.declarations ?? [];
    if (declared.some((each) => this.#isExcluded(this.#idOf(each)))) return [];
    if (property !== undefined && (property.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Function)) !== 0)
      return [];
    const inherited = this.inheritedOf(apparent).get(name) ?? this.foreignOf(apparent).get(name);
    if (inherited !== undefined) return [inherited];
    return property === undefined ? [] : this.#implemented(apparent, name, new Set());
  }

  /** A property's fields, unless it holds a schema: that describes data and is none. */
  ofProperty(property: ts.Symbol): readonly FieldId[] {
    const fields = this.ofSymbol(property);
    return fields.length === 0 ||
      isMethod(this.project, property) ||
      isSchemaType(this.project, this.#checker.getTypeOfSymbol(property)) ||
      isToldOf(this.project, property) ||
      placesInMapped(this.project, property) !== null
      ? []
      : fields;
  }

  /** What a mapped type has made of a property: the fields, and where in its value they are. */
  ofMapped(property: ts.Symbol): readonly { readonly place: readonly string[]; readonly field: FieldId }[] {
    const origin = renamedFrom(property) ?? property;
    const places = placesInMapped(this.project, property);
    if (places === null && origin === property) return [];
    const fields = this.ofSymbol(origin);
    if (fields.length === 0 || isMethod(this.project, origin) || isToldOf(this.project, property, origin))
      return [];
    return (places ?? [[]]).flatMap((place) => fields.map((field) => ({ place, field })));
  }

  /** What a class implements or a type overrides: the interface's mark counts for the class. */
  #implemented(type: ts.Type, name: string, seen: Set<ts.Type>): readonly FieldId[] {
    if (seen.has(type)) return [];
    seen.add(type);
    for (const base of this.#basesOf(type)) {
      const property = this.#checker.getPropertyOfType(base, name);
      if (property === undefined) continue;
      if ((property.declarations ?? []).some((each) => this.#isExcluded(this.#idOf(each)))) return [];
      const fields = this.ofSymbol(property);
      if (fields.length > 0 && !isMethod(this.project, property)) return fields;
      const further = this.#implemented(base, name, seen);
      if (further.length > 0) return further;
    }
    return [];
  }

  #basesOf(type: ts.Type): readonly ts.Type[] {
    const { ts } = this.project;
    return (type.getSymbol()?.declarations ?? []).flatMap((declaration) =>
      ts.isClassLike(declaration) || ts.isInterfaceDeclaration(declaration)
        ? (declaration.heritageClauses ?? []).flatMap(({ types }) =>
            types.map((each) => this.#checker.getTypeAtLocation(each)),
          )
        : [],
    );
  }

  /** The named types behind a type: itself, its alias, what it extends or implements, and what `Partial<…>` and the like were made of. */
  #symbolsOf(type: ts.Type): readonly ts.Symbol[] {
    const known = this.#typeIds.get(type);
    if (known !== undefined) return known;
    const found = new Set<ts.Symbol>();
    const visit = (each: ts.Type, depth: number): void => {
      if (depth > 8) return;
      const symbol = each.getSymbol();
      if (symbol !== undefined) {
        if (found.has(symbol)) return;
        found.add(symbol);
      }
      if (each.aliasSymbol !== undefined) {
        found.add(each.aliasSymbol);
        for (const argument of each.aliasTypeArguments ?? []) visit(argument, depth + 1);
      }
      if (each.isIntersection()) for (const part of each.types) visit(part, depth + 1);
      for (const base of this.#basesOf(each)) visit(base, depth + 1);
    };
    visit(type, 0);
    const symbols = [...found];
    this.#typeIds.set(type, symbols);
    return symbols;
  }

  #parts(type: ts.Type): readonly ts.Type[] {
    const { ts } = this.project;
    if (type.isUnion()) return type.types.flatMap((each) => this.#parts(each));
    if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
      const constraint = this.#checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? [] : this.#parts(constraint);
    }
    return (type.flags &
      (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Any | ts.TypeFlags.Unknown)) ===
      0
      ? [type]
      : [];
  }

  #foreign(declaration: ts.Node): readonly FieldId[] {
    if (this.table.byKey.size === 0) return [];
    const origin = this.project.originOf(declaration.getSourceFile());
    if (origin.kind !== "package") return [];
    const symbol = (declaration as { symbol?: ts.Symbol }).symbol;
    const key = symbol === undefined ? null : this.#keyOf(symbol);
    const id = key === null ? undefined : this.table.byKey.get(key);
    return id === undefined ? [] : [id];
  }

  #keyOf(symbol: ts.Symbol): string | null {
    let key = this.#keys.get(symbol);
    if (key === undefined) this.#keys.set(symbol, (key = this.project.symbolKeyOf(symbol) ?? null));
    return key;
  }

  #isExcluded(id: DeclarationId | null): boolean {
    return id !== null && this.table.excluded?.has(id) === true;
  }

  #idOf(declaration: ts.Node): DeclarationId | null {
    let id = this.#idCache.get(declaration);
    if (id === undefined) {
      const name = nameNodes(this.project.ts, declaration)[0];
      id = name === undefined ? null : idOfName(this.project, name);
      this.#idCache.set(declaration, id);
    }
    return id;
  }
}

function isMethod({ ts }: Project, symbol: ts.Symbol): boolean {
  return (
    (symbol.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Function)) !== 0 &&
    (symbol.flags & ts.SymbolFlags.Accessor) === 0
  );
}
