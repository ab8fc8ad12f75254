/**
 * Properties that are left out where objects of their class are written out: those that a decorator withholds, and of a
 * class that withholds all, those that none shows.
 */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import type { Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { AccessPath } from "../paths/access-path.js";
import { isElement } from "../points-to/alias-names.js";
import { chainOf } from "../program/class-chain.js";
import type { Decoration, Decorations } from "./decorations.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";

export class WithheldFields {
  private readonly fields = new Map<FieldId, string>();
  private readonly shown = new Map<ClassNode, ReadonlySet<string>>();

  constructor(
    annotations: AnnotationTable,
    private readonly decorations: Decorations,
    private readonly pointsTo: PointsTo,
  ) {
    const found = new Map<string, string>();
    for (const home of decorations.classes) {
      const isWhole = says(decorations.ofClass(home), "withheld");
      for (const { name } of home.graph.members) {
        if (name.kind !== "name") continue;
        const own = decorations.ofMember(home, name.name);
        if (says(own, "withheld") || (isWhole && !says(own, "shown")))
          found.set(keyOf(home.file, `${home.graph.path ?? home.graph.name}.${name.name}`), name.name);
      }
    }
    if (found.size === 0) return;
    for (const { id, name, declaration } of annotations.fields.values()) {
      const property = found.get(keyOf(declaration.file, name));
      if (property !== undefined) this.fields.set(id, property);
    }
  }

  get isEmpty(): boolean {
    return this.fields.size === 0;
  }

  /** Some class's decorator says it. */
  isToldOfClasses(test: (role: Role) => boolean): boolean {
    return [...this.decorations.classes].some((home) =>
      this.decorations.ofClass(home).some(({ match }) => match.model.roles.some(test)),
    );
  }

  /** What lies there is the property itself, under its own name. */
  has(field: FieldId, { components }: AccessPath): boolean {
    const property = this.fields.get(field);
    return property !== undefined && components.some((each) => each === property);
  }

  /** An object of one of these classes does not show what lies at the path. */
  isNotShown(classes: readonly AbstractValue[], { components }: AccessPath): boolean {
    const name = components.find((each) => !isElement(each));
    if (name === undefined || classes.length === 0) return false;
    return classes.every((value) => value.kind === "class" && !this.shownBy(value.class).has(name));
  }

  private shownBy(home: ClassNode): ReadonlySet<string> {
    let found = this.shown.get(home);
    if (found === undefined) {
      found = new Set(
        chainOf(this.pointsTo, home).flatMap((each) =>
          each.kind === "class" ? this.ownShown(each.class) : [],
        ),
      );
      this.shown.set(home, found);
    }
    return found;
  }

  private ownShown(home: ClassNode): readonly string[] {
    const names = home.graph.members.flatMap(({ name }) => (name.kind === "name" ? [name.name] : []));
    return names.filter((name) => says(this.decorations.ofMember(home, name), "shown"));
  }
}

function says(decorations: readonly Decoration[], kind: "withheld" | "shown"): boolean {
  return decorations.some(({ match }) => match.model.roles.some((role) => role.kind === kind));
}

function keyOf(file: string, name: string): string {
  return `${file} ${name}`;
}
