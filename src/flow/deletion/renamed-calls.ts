/**
 * Functions that are told of a call before it is done, and may name it anew: `params.action = "update"`. What was a
 * deletion is none then.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { valuesAt } from "../models/address-values.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { type Told, ToldFunction, toldOf } from "./told-functions.js";

type Renames = NonNullable<Extract<Role, { kind: "delete" }>["renames"]>;

/** Does such a function make something else of the deletion? */
export function isRenamed(
  pointsTo: PointsTo,
  site: CallSite,
  { names }: ModelAt,
  { by, called, entity }: Renames,
): boolean {
  if (site.instruction.kind !== "call") return false;
  const told = toldOf(site, names, [called], [entity]);
  return by
    .flatMap((address) => valuesAt(pointsTo, site, address, names))
    .some(
      (value) =>
        value.kind === "function" && new RenamingFunction(pointsTo, value.function, told, called).renames,
    );
}

class RenamingFunction {
  private readonly of: ToldFunction;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly node: FunctionNode,
    told: Told,
    private readonly called: string,
  ) {
    this.of = new ToldFunction(pointsTo, node, told);
  }

  /** On the ways that a call of this name about this table may take, it gets another name. */
  get renames(): boolean {
    const { node } = this;
    const walk = this.of.ways;
    return node.code.some((each, point) => {
      if (each.kind !== "store" || each.property.kind !== "name" || each.property.name !== this.called)
        return false;
      if (!walk.blocks.has(node.blockOf[point] ?? 0) || !this.isHandedOn(each.object)) return false;
      const named = [...this.pointsTo.valuesOf(node, each.value)];
      return named.some(
        (value) =>
          value.kind === "constant" &&
          typeof value.value === "string" &&
          !/^(?:delete|remove|destroy)/iu.test(value.value),
      );
    });
  }

  /** What the function was given, or an object that it makes to hand it on instead. */
  private isHandedOn(object: ValueId): boolean {
    const { node } = this;
    const origin = originOf(node, object);
    if (origin === this.of.params) return true;
    return node.code.some(
      (each) =>
        each.kind === "call" &&
        each.arguments.some(({ value }) => originOf(node, value) === origin) &&
        this.isParameter(each.callee, 1),
    );
  }

  private isParameter(value: ValueId, index: number): boolean {
    const definition = definitionOf(this.node, originOf(this.node, value));
    return definition?.kind === "parameter" && definition.index === index;
  }
}
