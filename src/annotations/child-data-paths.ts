import type ts from "typescript";
import type { ChildDataPath } from "../contracts/resolver.js";
import type { Project } from "../project/project.js";
import { isLibrary } from "./data-kind.js";
import { EntityLinks } from "./entity-links.js";
import type { PropertyFields } from "./property-fields.js";
import { isSchemaType } from "./schema-types.js";

/** A whole value is asked about only so deep; what lies deeper is found where it is read. */
const mostDepth = 4;

/** Where the type arguments of a container lie: as elements, or by keys (`=*`) beside the keys themselves. */
const someElement: readonly (string | null)[] = ["[]"];
const byKeys: readonly (string | null)[] = ["<keys>", "=*"];
const elementArguments: Readonly<Record<string, readonly (string | null)[]>> = {
  Array: someElement,
  ReadonlyArray: someElement,
  Set: someElement,
  ReadonlySet: someElement,
  Map: byKeys,
  ReadonlyMap: byKeys,
  Iterable: someElement,
  AsyncIterable: someElement,
  Iterator: someElement,
  IterableIterator: someElement,
  AsyncIterableIterator: someElement,
  ArrayIterator: someElement,
  MapIterator: someElement,
  SetIterator: someElement,
  Generator: someElement,
  AsyncGenerator: someElement,
  WeakMap: [null, "=*"],
  WeakSet: someElement,
};
const transparent = new Set(["Promise", "PromiseLike"]);

/** The marked parts of a type. */
export class ChildDataPaths {
  readonly #checker: ts.TypeChecker;
  readonly #answers = new WeakMap<ts.Type, readonly ChildDataPath[]>();
  /** Types in which nothing marked is found from a depth on: they were met inside one that has no marked part. */
  readonly #emptyFrom = new Map<ts.Type, number>();
  readonly #met: { readonly type: ts.Type; readonly depth: number }[] = [];
  /** Related rows come where a read asks for them. */
  readonly #links: EntityLinks;

  constructor(
    readonly project: Project,
    readonly fields: PropertyFields,
  ) {
    this.#checker = project.program.getTypeChecker();
    this.#links = new EntityLinks(project);
  }

  of(type: ts.Type): readonly ChildDataPath[] {
    let answer = this.#answers.get(type);
    if (answer === undefined) {
      this.#met.length = 0;
      answer = unique(this.#walk(type, 0, []));
      this.#answers.set(type, answer);
      if (answer.length === 0) this.#rememberEmpty();
    }
    return answer;
  }

  /** What a type leads back to lies less deep already, so it hides nothing. */
  #rememberEmpty(): void {
    for (const { type, depth } of this.#met) {
      const known = this.#emptyFrom.get(type);
      if (known === undefined || known > depth) this.#emptyFrom.set(type, depth);
    }
  }

  /** `above` holds the types on the way here: a recursive type is walked once. */
  #walk(type: ts.Type, depth: number, above: readonly ts.Type[]): ChildDataPath[] {
    const { ts } = this.project;
    if (depth > mostDepth || above.includes(type)) return [];
    if (
      (type.flags & (ts.TypeFlags.UnionOrIntersection | ts.TypeFlags.Object | ts.TypeFlags.Instantiable)) ===
      0
    )
      return [];
    const emptyFrom = this.#emptyFrom.get(type);
    if (emptyFrom !== undefined && depth >= emptyFrom) return [];
    this.#met.push({ type, depth });
    const inside = [...above, type];
    if (type.isUnion()) return type.types.flatMap((each) => this.#walk(each, depth, inside));
    if ((type.flags & ts.TypeFlags.Instantiable) !== 0) {
      const constraint = this.#checker.getBaseConstraintOfType(type);
      return constraint === undefined ? [] : this.#walk(constraint, depth, inside);
    }
    if (type.isIntersection() || (type.flags & ts.TypeFlags.Object) !== 0)
      return this.#walkObject(type, depth, inside);
    return [];
  }

  #walkObject(type: ts.Type, depth: number, above: readonly ts.Type[]): ChildDataPath[] {
    const symbol = type.getSymbol();
    const isTuple = this.#checker.isTupleType(type);
    if (
      isTuple ||
      (symbol !== undefined &&
        isLibrary(this.project, symbol) &&
        !type.isIntersection() &&
        !this.#isMapped(type))
    ) {
      const given = this.#typeArguments(type);
      if (symbol !== undefined && transparent.has(symbol.name))
        return given[0] === undefined ? [] : this.#walk(given[0], depth, above);
      const places = isTuple ? this.#placesIn(type, given.length) : elementArguments[symbol?.name ?? ""];
      return (places ?? []).flatMap((place, index) => {
        const part = given[index];
        return place === null || part === undefined ? [] : below(place, this.#walk(part, depth + 1, above));
      });
    }
    if (isSchemaType(this.project, type) || this.#isCallable(type)) return [];
    return [...this.#walkProperties(type, depth, above), ...this.#walkIndex(type, depth, above)];
  }

  /** Each element of a tuple has its place, unless one before it stands for any number of them. */
  #placesIn(type: ts.Type, length: number): readonly string[] {
    const { ts } = this.project;
    const flags = ((type as ts.TypeReference).target as ts.TupleType).elementFlags;
    const first = flags.findIndex((flag) => (flag & ts.ElementFlags.Variable) !== 0);
    return Array.from({ length }, (_, index) => (first === -1 || index < first ? String(index) : "[]"));
  }

  #isMapped(type: ts.Type): boolean {
    const { ts } = this.project;
    return ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped) !== 0;
  }

  #isCallable(type: ts.Type): boolean {
    const { ts } = this.project;
    return (
      !type.isIntersection() &&
      (this.#checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0 ||
        this.#checker.getSignaturesOfType(type, ts.SignatureKind.Construct).length > 0)
    );
  }

  #typeArguments(type: ts.Type): readonly ts.Type[] {
    const { ts } = this.project;
    const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
    return isReference ? this.#checker.getTypeArguments(type as ts.TypeReference) : [];
  }

  #walkProperties(type: ts.Type, depth: number, above: readonly ts.Type[]): ChildDataPath[] {
    const found: ChildDataPath[] = [];
    const names = new Set<string>();
    const isMapped = this.#isMapped(type);
    for (const property of this.#checker.getPropertiesOfType(type)) {
      if (!this.#isHeld(property)) continue;
      names.add(property.name);
      for (const field of this.fields.of(type, property.name)) found.push({ path: [property.name], field });
      if (isMapped)
        for (const { place, field } of this.fields.ofMapped(property))
          found.push({ path: [property.name, ...place], field });
      if (depth < mostDepth && !this.#links.isLink(property))
        found.push(
          ...below(property.name, this.#walk(this.#checker.getTypeOfSymbol(property), depth + 1, above)),
        );
    }
    for (const [name, field] of [...this.fields.foreignOf(type), ...this.fields.ofTypedef(type)])
      if (!names.has(name) && !name.includes(".")) found.push({ path: [name], field });
    return found;
  }

  /** Values under keys that the type does not name, as in `Record<string, Child>`. */
  #walkIndex(type: ts.Type, depth: number, above: readonly ts.Type[]): ChildDataPath[] {
    const { ts } = this.project;
    const index =
      this.#checker.getIndexTypeOfType(type, ts.IndexKind.String) ??
      this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    return index === undefined ? [] : below("[]", this.#walk(index, depth + 1, above));
  }

  /** Whether an object carries the property along: methods and accessors of a class it does not. */
  #isHeld(property: ts.Symbol): boolean {
    const { ts } = this.project;
    if ((property.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Function | ts.SymbolFlags.Prototype)) !== 0)
      return false;
    const declarations = property.declarations ?? [];
    return (
      declarations.length === 0 ||
      !declarations.every(
        (each) => (ts.isGetAccessor(each) || ts.isSetAccessor(each)) && ts.isClassLike(each.parent),
      )
    );
  }
}

function below(step: string, paths: readonly ChildDataPath[]): ChildDataPath[] {
  return paths.map(({ path, field }) => ({ path: [step, ...path], field }));
}

/** Each path and field once, in the order found. */
export function unique(paths: readonly ChildDataPath[]): ChildDataPath[] {
  const seen = new Set<string>();
  return paths.filter(({ path, field }) => {
    const key = `${path.join("\0")}\0\0${field}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
