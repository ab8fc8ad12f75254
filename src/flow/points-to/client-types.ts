/**
 * The objects of packages that a written type stands for, beside those that it names: `type Db = typeof prisma`,
 * `ReturnType<typeof createClient>`, `Omit<PrismaClient, "$connect">`, the transaction that a client's method hands on.
 */
import type { FilePath } from "../../base/keys.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { AbstractValue } from "./abstract-value.js";
import { memberOfForeign } from "./foreign-members.js";
import { nodesNamed } from "../program/named-nodes.js";
import type { PointsTo } from "./points-to.js";
import { transparentTypes } from "../sources/transparent-types.js";
import { containerTypes, type WrittenTypes } from "../sources/written-types.js";
import { typeNamed } from "./type-names.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;
type Named = Extract<TypeReference, { kind: "named" }>;

const deepest = 8;
/** Of the language: what is left has members of what they are given first. */
const narrowing = new Set(["Pick", "Omit"]);

export class ClientTypes {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly types: WrittenTypes,
  ) {}

  /** No container of the language, and nothing of the program's own. */
  valuesOf(file: FilePath, type: TypeReference, depth = 0): readonly Foreign[] {
    if (depth > deepest) return [];
    switch (type.kind) {
      case "union":
      case "intersection":
        return type.members.flatMap((member) => this.valuesOf(file, member, depth + 1));
      case "query":
        return this.queried(file, type.name);
      case "indexed":
        return this.handedOn(file, type);
      case "named":
        return this.named(file, type, depth);
      default:
        return [];
    }
  }

  /** Also lists and maps of such objects; `owner` names the place, whose list is an object of its own. */
  heldBy(file: FilePath, type: TypeReference, owner: string): readonly Foreign[] {
    const element = elementOf(type);
    if (element === null) return this.valuesOf(file, type);
    const held = this.valuesOf(file, element);
    const name = type.kind === "named" ? type.name.replace(/^Readonly/u, "") : "Array";
    const list = held.length === 0 ? null : this.pointsTo.values.foreign("lib", [name], `clients:${owner}`);
    if (list?.kind !== "foreign") return [];
    this.fill(list, held);
    return [list];
  }

  /** Puts into lists and maps that are known by their type alone what it says that they hold. */
  fillLists(file: FilePath, type: TypeReference, values: Iterable<AbstractValue>): void {
    const element = elementOf(type);
    if (element === null) return;
    const typed = [...values].filter(
      (value) =>
        value.kind === "foreign" && value.module === "lib" && value.site?.startsWith("typed:") === true,
    );
    if (typed.length === 0) return;
    const held = this.valuesOf(file, element);
    for (const list of typed) this.fill(list, held);
  }

  private fill(list: AbstractValue, held: readonly AbstractValue[]): void {
    const { graph } = this.pointsTo;
    for (const place of ["[]", "*"])
      for (const value of held) graph.add(this.pointsTo.fieldNode(list, place), value);
  }

  private named(file: FilePath, type: Named, depth: number): readonly Foreign[] {
    const [first] = type.arguments;
    if (first !== undefined && (transparentTypes.has(type.name) || narrowing.has(type.name)))
      return this.valuesOf(file, first, depth + 1);
    if (first?.kind === "query" && type.name === "ReturnType") return this.returned(file, first.name);
    if (first?.kind === "query" && type.name === "InstanceType") return this.queried(file, first.name);
    const direct = packageObjects(this.types.valuesOf(file, type, ""));
    return direct.length > 0 ? direct : this.aliased(file, type.name, depth);
  }

  /** `type Db = PrismaClient`, `interface Kids extends Model<Kid>` */
  private aliased(file: FilePath, name: string, depth: number): readonly Foreign[] {
    return this.types.declarationsOf(file, name).flatMap((key) => {
      if (!key.startsWith("file:")) return [];
      const hash = key.indexOf("#");
      const home = key.slice("file:".length, hash);
      const alias = this.pointsTo.program
        .graphOf(home)
        ?.types.find((each) => each.name === key.slice(hash + 1));
      return alias === undefined
        ? []
        : [alias.type, ...alias.extends].flatMap((each) => this.valuesOf(home, each, depth + 1));
    });
  }

  /** `typeof prisma`, `typeof clients.cache` */
  private queried(file: FilePath, name: string): readonly Foreign[] {
    const [head = "", ...members] = name.split(".");
    const roots = packageObjects(nodesNamed(this.pointsTo, file, head).flatMap(({ list }) => list));
    return packageObjects(
      roots.map((root) =>
        members.reduce<AbstractValue | null>(
          (object, member) =>
            object?.kind === "foreign" ? memberOfForeign(this.pointsTo, object, member) : null,
          root,
        ),
      ),
    );
  }

  /** What an own function, or one of a package, gives. */
  private returned(file: FilePath, name: string): readonly Foreign[] {
    const { values } = this.pointsTo;
    const own = nodesNamed(this.pointsTo, file, name)
      .flatMap(({ list }) => list)
      .flatMap((value) => (value.kind === "function" ? this.pointsTo.returnNode(value.function).list : []));
    const foreign = this.types.declarationsOf(file, name).flatMap((key) => {
      const hash = key.indexOf("#");
      return key.startsWith("file:")
        ? []
        : [values.foreign(key.slice(0, hash), [...key.slice(hash + 1).split("."), "()"], null)];
    });
    return packageObjects([...own, ...foreign]);
  }

  /** `Parameters<Parameters<typeof db.transaction>[0]>[0]`: what a method calls a function with that it is given. */
  private handedOn(file: FilePath, type: TypeReference): readonly Foreign[] {
    const outer = parameterOf(type);
    const inner = outer === null ? null : parameterOf(outer.of);
    if (outer === null || inner?.of.kind !== "query") return [];
    const { catalogue, values } = this.pointsTo;
    return this.queried(file, inner.of.name).flatMap(({ module, path, site }) => {
      const roles = catalogue.match(module, path, "call").flatMap(({ model }) => model.roles);
      return packageObjects(
        roles.map((role) => {
          if (role.kind !== "type" || typeof role.type !== "string") return null;
          const { root, steps } = role.output;
          const [step, ...more] = steps;
          const isMeant =
            root.kind === "argument" &&
            root.index === inner.index &&
            step?.kind === "parameter" &&
            step.index === outer.index;
          if (!isMeant || more.length > 0) return null;
          return values.foreign(...typeNamed(role.type, module), site);
        }),
      );
    });
  }
}

/** What a list or a map holds, by its type. */
function elementOf(type: TypeReference): TypeReference | null {
  if (type.kind === "array") return type.element;
  return type.kind === "named" && containerTypes.has(type.name) ? (type.arguments.at(-1) ?? null) : null;
}

function parameterOf(type: TypeReference): { readonly index: number; readonly of: TypeReference } | null {
  if (type.kind !== "indexed" || type.object.kind !== "named" || type.object.name !== "Parameters")
    return null;
  const [of] = type.object.arguments;
  return of === undefined || type.index.kind !== "literal" || typeof type.index.value !== "number"
    ? null
    : { index: type.index.value, of };
}

function packageObjects(values: readonly (AbstractValue | null)[]): readonly Foreign[] {
  return values.flatMap((value) => (value?.kind === "foreign" && value.module !== "lib" ? [value] : []));
}
