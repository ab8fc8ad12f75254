/**
 * Functions and classes that do for any table what a package's client does for one: the type of its rows is left open
 * (`upsert<T>(rows: Repository<T>, row: T)`, `class Rows<T> { constructor(private rows: Repository<T>) {} }`).
 */
import type { FilePath } from "../../base/keys.js";
import type { TypeParameter } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { Catalogue } from "../../models/catalogue.js";
import { definitionOf } from "../paths/value-places.js";
import type { ClassNode, FunctionNode, Program } from "../program/program.js";

/** Types of types. */
const deepest = 4;
/** What stands for a class, in the words of frameworks, or for a table: `Type<T>` of Nest, `EntityTarget<T>`. */
const classTypes =
  /^(?:Type|ClassType|ClassConstructor|Constructor|Class|EntityTarget|EntityClass|EntityName|ObjectType|ModelStatic|ModelCtor)$/u;
/** What packages that make tables values call the type of all of them: `PgTable`, `AnySQLiteTable`. */
const tableTypes = /Table(?:WithColumns)?$/u;

export class GeneralHelpers {
  private readonly holding = new Map<ClassNode, boolean>();
  private words: ReadonlySet<string> | null = null;

  constructor(
    private readonly program: Program,
    private readonly resolver: Pick<Resolver, "moduleOf">,
    private readonly catalogue: Catalogue,
  ) {}

  /** It is given a client, or what stands for a table, whose rows it leaves open. */
  is(callee: FunctionNode): boolean {
    return (
      callee.graph.parameters.some((_, index) => this.isGivenTable(callee, index)) ||
      this.writesToGiven(callee)
    );
  }

  /** Without types: it calls what it is given by a name by which packages' clients write (`model.bulkCreate(rows)`). */
  private writesToGiven(callee: FunctionNode): boolean {
    const { parameters } = callee.graph;
    if (parameters.length < 2 || parameters.some(({ type }) => type !== null)) return false;
    return callee.code.some((each) => {
      if (each.kind !== "call" || each.receiver === null || each.new) return false;
      const given = definitionOf(callee, each.receiver);
      return (
        given?.kind === "parameter" &&
        this.writingWords().has(each.name.slice(each.name.lastIndexOf(".") + 1))
      );
    });
  }

  /** Not those by which lists and maps are filled as well. */
  private writingWords(): ReadonlySet<string> {
    if (this.words !== null) return this.words;
    const found = new Set<string>();
    for (const { engines, enginesShown, paths } of this.catalogue.packages) {
      if (engines === undefined && enginesShown === undefined) continue;
      for (const { path, form, roles } of paths) {
        const last = path.at(-1);
        if (form === "call" && last?.kind === "name" && roles.some(({ kind }) => kind === "store"))
          found.add(last.name);
      }
    }
    for (const word of found)
      if (this.catalogue.membersNamed("lib", word, "call").length > 0) found.delete(word);
    return (this.words = found);
  }

  /** A parameter is a package's client, of whatever rows: `manager: EntityManager`. */
  isClient({ file, graph }: FunctionNode, index: number): boolean {
    const type = graph.parameters[index]?.type ?? null;
    return type !== null && this.isClientType(file, type, 0);
  }

  private isClientType(file: FilePath, type: TypeReference, depth: number): boolean {
    if (depth > deepest) return false;
    if (type.kind === "union" || type.kind === "intersection")
      return type.members.some((member) => this.isClientType(file, member, depth + 1));
    if (type.kind !== "named") return false;
    // `Pick<Database, "insert">`
    const [inner] = type.arguments;
    if (inner !== undefined && (type.name === "Pick" || type.name === "Omit"))
      return this.isClientType(file, inner, depth + 1);
    const found = this.packageType(file, type.name);
    if (found !== null) return this.catalogue.describesMembers(found.module, found.path);
    const alias = this.aliasOf(file, type.name);
    return alias?.types.some((each) => this.isClientType(alias.file, each, depth + 1)) === true;
  }

  private isGivenTable({ file, graph }: FunctionNode, index: number): boolean {
    const type = graph.parameters[index]?.type ?? null;
    if (type?.kind === "named" && this.isTable(file, graph.typeParameters, type)) return true;
    return type !== null && this.isOpenTable(file, type, 0);
  }

  /** Its objects hold a client, or what stands for a table, whose rows the class leaves open; or they are one. */
  holds(home: ClassNode): boolean {
    const known = this.holding.get(home);
    if (known !== undefined) return known;
    this.holding.set(home, false);
    const types = [...this.heldTypes(home), ...(home.graph.extends === null ? [] : [home.graph.extends])];
    const found = types.some(
      (type) =>
        (type.kind === "named" && this.isTable(home.file, home.graph.typeParameters, type)) ||
        this.isOpenTable(home.file, type, 0),
    );
    this.holding.set(home, found);
    return found;
  }

  /** Its objects hold what is of one of its own type parameters, or of whatever type. */
  holdsItsParameter(home: ClassNode): boolean {
    return this.heldTypes(home).some(
      (type) =>
        (type.kind === "named" && home.graph.typeParameters.some(({ name }) => name === type.name)) ||
        (type.kind === "keyword" && type.name === "any"),
    );
  }

  /** Types of fields, and of what its constructor is given. */
  private heldTypes(home: ClassNode): readonly TypeReference[] {
    const { members, constructorFunction } = home.graph;
    const made = constructorFunction === null ? undefined : this.program.memberOf(home, constructorFunction);
    const types = [
      ...members.flatMap((member) => (member.kind === "method" || member.static ? [] : [member.type])),
      ...(made?.graph.parameters ?? []).map(({ type }) => type),
    ];
    return types.filter((type) => type !== null);
  }

  /** `table: PgTable`, `table: T` of `<T extends PgTable>` */
  private isTable(
    file: FilePath,
    typeParameters: readonly TypeParameter[],
    type: Extract<TypeReference, { kind: "named" }>,
  ): boolean {
    const parameter = typeParameters.find(({ name }) => name === type.name);
    const written = parameter === undefined ? type : parameter.constraint;
    const parts = written?.kind === "intersection" ? written.members : [written];
    return parts.some(
      (part) =>
        part?.kind === "named" && tableTypes.test(part.name) && this.packageType(file, part.name) !== null,
    );
  }

  private isOpenTable(file: FilePath, type: TypeReference, depth: number): boolean {
    if (depth > deepest) return false;
    if (type.kind === "union" || type.kind === "intersection")
      return type.members.some((member) => this.isOpenTable(file, member, depth + 1));
    if (type.kind !== "named" || !type.arguments.some((each) => this.isOpen(file, each))) return false;
    if (classTypes.test(type.name)) return true;
    const found = this.packageType(file, type.name);
    return found === null
      ? this.isOfHolding(file, type.name, depth + 1)
      : this.catalogue.describesMembers(found.module, found.path);
  }

  /** `crud: Crud<T>` of an own class that holds one itself, or an own name for a package's type. */
  private isOfHolding(file: FilePath, name: string, depth: number): boolean {
    const declared = this.declared(file, name);
    if (declared === null) return false;
    const home = this.program.classes.find(
      (each) => each.origin === null && each.file === declared.file && each.graph.name === declared.name,
    );
    if (home !== undefined) return this.holds(home);
    const alias = this.aliasOf(file, name);
    return alias?.types.some((each) => this.isOpenTable(alias.file, each, depth + 1)) === true;
  }

  /** What a name of the program's own stands for. */
  private aliasOf(
    file: FilePath,
    name: string,
  ): { readonly file: FilePath; readonly types: readonly TypeReference[] } | null {
    const declared = this.declared(file, name);
    const alias =
      declared === null
        ? undefined
        : this.program.graphOf(declared.file)?.types.find((each) => each.name === declared.name);
    return declared === null || alias === undefined
      ? null
      : { file: declared.file, types: [alias.type, ...alias.extends] };
  }

  /** It is `any`, or a name that is declared nowhere but by the function or class itself. */
  private isOpen(file: FilePath, type: TypeReference): boolean {
    if (type.kind === "keyword") return type.name === "any" || type.name === "unknown";
    if (type.kind !== "named" || type.arguments.length > 0 || type.name.includes(".")) return false;
    const graph = this.program.graphOf(file);
    if (graph?.classes.some(({ typeParameters }) => typeParameters.some(({ name }) => name === type.name)))
      return true;
    return (
      graph !== undefined &&
      !graph.imports.some(({ local }) => local === type.name) &&
      !graph.types.some(({ name }) => name === type.name) &&
      !graph.classes.some(({ name }) => name === type.name)
    );
  }

  /** A type of a package that speaks to a database. */
  private packageType(
    file: FilePath,
    name: string,
  ): { readonly module: string; readonly path: readonly string[] } | null {
    const [head = "", ...rest] = name.split(".");
    const binding = this.program.graphOf(file)?.imports.find(({ local }) => local === head);
    const target = binding === undefined ? null : this.resolver.moduleOf(file, binding.specifier);
    if (binding === undefined || target === null || !("module" in target)) return null;
    const isDatabase = this.catalogue
      .find(target.module)
      .some(({ engines, enginesShown }) => engines !== undefined || enginesShown !== undefined);
    const path = binding.name === "*" || binding.name === "default" ? rest : [binding.name, ...rest];
    return isDatabase ? { module: target.module, path } : null;
  }

  private declared(file: FilePath, name: string): { readonly file: FilePath; readonly name: string } | null {
    const graph = this.program.graphOf(file);
    if (graph === undefined) return null;
    if (graph.types.some((each) => each.name === name) || graph.classes.some((each) => each.name === name))
      return { file, name };
    const binding = graph.imports.find(({ local }) => local === name);
    const target = binding === undefined ? null : this.resolver.moduleOf(file, binding.specifier);
    return binding === undefined || target === null || !("file" in target)
      ? null
      : { file: target.file, name: binding.name };
  }
}
