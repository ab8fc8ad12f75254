/**
 * Apps that are made of a class and of the classes that its decorators name. Where a program makes several, what is
 * registered for all entries of one is not run before those of another.
 */
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { valuesAt } from "../../models/address-values.js";
import type { Decorations } from "../../models/decorations.js";
import type { ModelAt } from "../../program/model-at.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { ClassNode } from "../../program/program.js";

interface App {
  readonly site: CallSite;
  readonly classes: ReadonlySet<ClassNode>;
}

const deepest = 6;

export class AssembledApps {
  private known: readonly App[] | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly decorations: Decorations,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
  ) {}

  /** Those that a class is part of; none where there are not several to tell apart. */
  with(home: ClassNode | null): readonly CallSite[] {
    const apps = (this.known ??= this.find());
    return home === null || apps.length < 2
      ? []
      : apps.flatMap(({ site, classes }) => (classes.has(home) ? [site] : []));
  }

  /** The app that a value is. */
  of(value: AbstractValue): CallSite | null {
    const made = value.kind === "foreign" ? value.site : null;
    return (this.known ??= this.find()).find(({ site }) => site.id === made)?.site ?? null;
  }

  private find(): readonly App[] {
    const apps: App[] = [];
    for (const site of this.pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      for (const { model, names } of this.modelsAt(site))
        for (const role of model.roles)
          if (role.kind === "assembles") {
            const classes = new Set<ClassNode>();
            for (const value of valuesAt(this.pointsTo, site, role.of, names)) this.reach(value, classes, 0);
            // An app of which nothing is known may be of any class.
            if (classes.size > 0) apps.push({ site, classes });
          }
    }
    return apps;
  }

  private reach(value: AbstractValue, classes: Set<ClassNode>, depth: number): void {
    if (depth > deepest) return;
    const below = (each: AbstractValue): void => {
      this.reach(each, classes, depth + 1);
    };
    if (value.kind === "class") this.reachClass(value.class, classes);
    else if (value.kind === "object")
      for (const [, { values }] of this.pointsTo.fieldsOf(value)) for (const each of values) below(each);
    // `forwardRef(() => OtherModule)`
    else if (value.kind === "function")
      for (const each of this.pointsTo.returnNode(value.function).values) below(each);
    else if (value.kind === "foreign" && value.site !== null) {
      const made = this.pointsTo.sites.get(value.site);
      if (made?.instruction.kind === "call" && made.instruction.decorates === undefined)
        for (const argument of made.instruction.arguments)
          for (const each of this.pointsTo.valuesOf(made.caller, argument.value)) below(each);
    }
  }

  private reachClass(home: ClassNode, classes: Set<ClassNode>): void {
    if (classes.has(home)) return;
    classes.add(home);
    for (const { site } of this.decorations.ofClass(home)) {
      const { instruction, caller } = site;
      if (instruction.kind !== "call") continue;
      for (const { value } of instruction.arguments)
        for (const each of this.pointsTo.valuesOf(caller, value)) this.reach(each, classes, 0);
    }
  }
}
