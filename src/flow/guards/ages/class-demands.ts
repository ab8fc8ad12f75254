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
import type { PointsTo } from "../../points-to/points-to.js";
import { chainOf } from "../../program/class-chain.js";
import type { ClassNode } from "../../program/program.js";
import type { FoundEntry } from "../entries/entry-found.js";
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
  askedBefore(value: AbstractValue, { node, decorations }: FoundEntry): readonly (readonly Demand[])[] {
    if (!this.validates(value)) return [];
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
  private validates(value: AbstractValue): boolean {
    if (value.kind !== "foreign") return false;
    const { pointsTo } = this;
    const site = value.site === null ? undefined : pointsTo.sites.get(value.site);
    const roles =
      site === undefined
        ? pointsTo.catalogue.match(value.module, value.path, "call").flatMap(({ model }) => model.roles)
        : this.models
            .at(site)
            .flatMap(({ model, names }) =>
              model.roles.filter(
                (role) =>
                  role.kind === "validates" &&
                  !role.unless.some((all) =>
                    all.every((each) => conditionHolds(pointsTo, site, each, names)),
                  ),
              ),
            );
    return roles.some(({ kind }) => kind === "validates");
  }

  /** By its written type: that class, of whose heirs an object is not made there. */
  private classOf(node: FoundEntry["node"], parameter: number): ClassNode | null {
    const written = node.graph.parameters.find(({ index }) => index === parameter);
    const shapes = written === undefined ? [] : this.pointsTo.resolver.typesAt(node.file, written.nameAt);
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
      const spared = new Set(roles.some(({ role }) => role.spares !== null) ? [1] : []);
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
