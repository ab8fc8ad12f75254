/**
 * What the decorators of a class ask of an object that is held against them: `class Joining { @Min(14) age: number }`, where
 * a pipe validates what a method is given as `@Body() joining: Joining`.
 */
import { declarationId } from "../../../contracts/annotation.js";
import type { Decorations } from "../../models/decorations.js";
import { operandsAt } from "../../models/address-values.js";
import { conditionHolds } from "../../models/select-models.js";
import type { SiteModels } from "../../models/site-models.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { TypeReference } from "../../../contracts/type-reference.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import { chainOf } from "../../program/class-chain.js";
import type { ClassNode, FunctionNode } from "../../program/program.js";
import type { FoundEntry } from "../entries/entry-found.js";
import { keepsMethod, type MadeHandler } from "../handlers/kept-methods.js";
import { type Demand, limitsOf } from "./schema-demands.js";

export class ClassDemands {
  private readonly byClass = new Map<ClassNode, readonly Demand[]>();
  private readonly byName: ReadonlyMap<string, ClassNode>;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly decorations: Decorations,
  ) {
    this.byName = new Map(
      pointsTo.program.classes
        .filter(({ origin }) => origin === null)
        .map((each) => [declarationId(each.file, each.graph.nameAt[0]), each]),
    );
  }

  /** All that is asked anywhere, if anything validates. */
  get all(): readonly Demand[] {
    return [...this.decorations.classes].flatMap((each) => this.of(each));
  }

  /** What a handler before the entry asks of each of the objects that the entry is given; none: it does not validate. */
  askedBefore(
    value: AbstractValue,
    { node, decorations }: FoundEntry,
    made: MadeHandler | null,
  ): readonly (readonly Demand[])[] {
    if (made !== null && !keepsMethod(this.pointsTo, made)) return [];
    if (!this.validates(value, made)) return [];
    return decorations.flatMap(({ match, target }) => {
      const { parameter } = target;
      const isHeld = match.model.roles.some(
        (role) => role.kind === "admits" && role.by.root.kind === "value" && role.unless.length === 0,
      );
      const home = parameter === null || !isHeld ? null : this.classOf(node, parameter);
      return home === null ? [] : [this.of(home)];
    });
  }

  /** `new ValidationPipe()`, or the class itself, which is made without options. */
  private validates(value: AbstractValue, made: MadeHandler | null): boolean {
    if (value.kind !== "foreign") return false;
    const { pointsTo } = this;
    const sites = this.makersOf(value, made);
    if (sites.length === 0)
      return pointsTo.catalogue
        .match(value.module, value.path, "call")
        .some(({ model }) => model.roles.some(({ kind }) => kind === "validates"));
    return sites.every((site) =>
      this.models
        .at(site)
        .some(({ model, names }) =>
          model.roles.some(
            (role) =>
              role.kind === "validates" &&
              !role.unless.some((all) => all.every((each) => conditionHolds(pointsTo, site, each, names))),
          ),
        ),
    );
  }

  /** Where its options are said: of an own class, in what that hands to `super(…)`, or where an object of it is made. */
  private makersOf(
    { site }: Extract<AbstractValue, { kind: "foreign" }>,
    made: MadeHandler | null,
  ): readonly CallSite[] {
    const { pointsTo } = this;
    const { self } = made ?? {};
    const handed = self === undefined ? [] : superCallsOf(pointsTo, self.class);
    if (handed.length > 0) return handed;
    const maker = self?.kind === "instance" ? self.site : site;
    return maker === null ? [] : [pointsTo.sites.get(maker)].filter((each) => each !== undefined);
  }

  /** By its written type, which says so when the program runs only if it is nothing but the name of a class. */
  private classOf(node: FunctionNode, parameter: number): ClassNode | null {
    const written = node.graph.parameters.find(({ index }) => index === parameter);
    if (written === undefined || !isNameOfValue(node, written.type)) return null;
    const shapes = this.pointsTo.resolver.typesAt(node.file, written.nameAt);
    const [home, ...heirs] = shapes.map(({ declaration }) =>
      declaration === null ? undefined : this.byName.get(declaration),
    );
    const isHeir = (each: ClassNode | undefined): boolean =>
      each !== undefined &&
      chainOf(this.pointsTo, each).some((above) => above.kind === "class" && above.class === home);
    return home !== undefined && heirs.every(isHeir) ? home : null;
  }

  private of(home: ClassNode): readonly Demand[] {
    let found = this.byClass.get(home);
    if (found === undefined) this.byClass.set(home, (found = this.read(home)));
    return found;
  }

  private read(home: ClassNode): readonly Demand[] {
    const chain = chainOf(this.pointsTo, home);
    const own = chain.flatMap((each) => (each.kind === "class" ? [each.class] : []));
    // What a package makes of another class may leave anything out, or say that it need not be there.
    const homes = new Map<string, ClassNode>();
    for (const each of own)
      for (const { name } of each.graph.members)
        // What is declared anew is asked only what is said of it there.
        if (name.kind === "name" && !homes.has(name.name)) homes.set(name.name, each);
    return [...homes].flatMap(([name, declared]) => {
      const roles = this.decorations
        .ofMember(declared, name)
        .flatMap((decoration) =>
          decoration.match.model.roles.flatMap((role) =>
            role.kind === "demands" ? [{ role, decoration }] : [],
          ),
        );
      if (roles.some(({ role }) => role.unmet)) return [];
      // What the class itself puts there stays where nothing is brought.
      const isSpared =
        roles.some(({ role }) => role.spares !== null) || own.some((each) => isPut(each, name));
      const spared = new Set(isSpared ? [1] : []);
      return roles.flatMap(({ role, decoration: { site } }) =>
        limitsOf(role).flatMap(({ operator, address }) => {
          const [limit, ...others] = operandsAt(site, address);
          return limit === undefined || others.length > 0
            ? []
            : [{ path: [name], spared, site, asks: { operator, limit } }];
        }),
      );
    });
  }
}

/** `new` sets the property: by its initializer, or in the constructor. */
function isPut(
  { owner, graph: { fieldInitializer, constructorFunction } }: ClassNode,
  name: string,
): boolean {
  return [fieldInitializer, constructorFunction].some((id) =>
    (id === null ? [] : (owner.fileGraph.functions[id]?.blocks ?? [])).some(({ instructions }) =>
      instructions.some(
        (each) => each.kind === "store" && each.property.kind === "name" && each.property.name === name,
      ),
    ),
  );
}

/** The calls of `super(…)` that lead out of own classes. */
function superCallsOf(pointsTo: PointsTo, self: ClassNode): readonly CallSite[] {
  return chainOf(pointsTo, self).flatMap((each) => {
    const id = each.kind === "class" ? each.class.graph.constructorFunction : null;
    const node = id === null || each.kind !== "class" ? undefined : pointsTo.program.memberOf(each.class, id);
    return (node?.code ?? []).flatMap((instruction, point) => {
      const site =
        node === undefined || instruction.kind !== "super-call" ? undefined : pointsTo.findSite(node, point);
      return site === undefined || site.foreign.size === 0 ? [] : [site];
    });
  });
}

/** A class of the file, or one that is imported as more than a type. */
function isNameOfValue({ fileGraph }: FunctionNode, type: TypeReference | null): boolean {
  if (type?.kind !== "named" || type.arguments.length > 0) return false;
  const [first = ""] = type.name.split(".");
  const imported = fileGraph.imports.find(({ local }) => local === first);
  return imported === undefined
    ? fileGraph.classes.some(({ name }) => name === type.name)
    : !imported.typeOnly;
}
