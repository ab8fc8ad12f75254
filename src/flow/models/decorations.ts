/** Decorators of packages, as models describe them: at a class, at one of its members, at a member's parameter. */
import type { DecoratorTarget } from "../../contracts/file-graph.js";
import type { ModelMatch } from "../../models/catalogue.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { conditionHolds } from "./select-models.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

export interface Decoration {
  readonly match: ModelMatch;
  /** The call that makes the decorator, or where it stands if nothing makes it. */
  readonly site: CallSite;
  /** Where it stands. */
  readonly at: CallSite;
  readonly target: DecoratorTarget;
}

const deepest = 3;

export class Decorations {
  private readonly byClass = new Map<ClassNode, Decoration[]>();

  constructor(private readonly pointsTo: PointsTo) {
    for (const node of pointsTo.program.functions)
      node.code.forEach((instruction, point) => {
        if (instruction.kind !== "call" || instruction.decorates === undefined) return;
        const home = pointsTo.program.classIn(node, instruction.decorates.class);
        const at = pointsTo.findSite(node, point);
        // Of what is looked at once more only classes that it makes are others.
        if (home !== undefined && at !== undefined && (node.copy === null || home.owner === node))
          this.add(home, at, instruction.decorates, node, instruction.callee, 0);
      });
  }

  get classes(): Iterable<ClassNode> {
    return this.byClass.keys();
  }

  /** Of the class itself, not of its members. */
  ofClass(home: ClassNode): readonly Decoration[] {
    return (this.byClass.get(home) ?? []).filter(({ target }) => target.kind === "class");
  }

  /** Of a member and its parameters. */
  ofMember(home: ClassNode, name: string): readonly Decoration[] {
    return (this.byClass.get(home) ?? []).filter(
      ({ target }) => target.kind !== "class" && target.member === name,
    );
  }

  private add(
    home: ClassNode,
    at: CallSite,
    target: DecoratorTarget,
    node: FunctionNode,
    callee: number,
    depth: number,
  ): void {
    for (const value of this.pointsTo.valuesOf(node, callee)) {
      if (value.kind === "foreign") this.addForeign(home, at, target, value);
      else if (value.kind === "function" && depth < deepest) {
        // A decorator of the program's own hands on to others: `(...it) => { Post("x")(...it); UseGuards(G)(...it); }`
        const { function: own } = value;
        for (const each of own.code)
          if (each.kind === "call" && !each.new) this.add(home, at, target, own, each.callee, depth + 1);
      }
    }
  }

  private addForeign(home: ClassNode, at: CallSite, target: DecoratorTarget, value: Foreign): void {
    const isMade = value.path.at(-1) === "()";
    // What a call gave that a model says the type of is known by the type alone.
    const isGiven = isMade || value.path.length === 1;
    const site = (isGiven && value.site !== null ? this.pointsTo.sites.get(value.site) : undefined) ?? at;
    const path = isMade ? value.path.slice(0, -1) : value.path;
    const matches = this.pointsTo.catalogue
      .match(value.module, path, "decorator")
      .filter(({ model, names }) =>
        model.when.every((condition) => conditionHolds(this.pointsTo, site, condition, names)),
      );
    for (const match of matches.filter(({ rank }) => rank === matches[0]?.rank)) {
      const known = this.byClass.get(home) ?? [];
      known.push({ match, site, at, target });
      this.byClass.set(home, known);
    }
  }
}
