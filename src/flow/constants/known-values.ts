/**
 * What is known of a value before it comes to a border: the fields that it carries already, whichever way it came.
 * Asked when all facts are known; a value that is known on one way only is not known.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { readPrefix } from "../paths/access-path.js";
import { operandsOfSite } from "../models/address-values.js";
import { copiesInto } from "../program/copies.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Writers } from "../points-to/writers.js";

/** Null: on some way it is not known what comes; empty: nothing does. */
export type KnownFields = ReadonlySet<FieldId> | null;

const deepest = 12;
const nothing: ReadonlySet<FieldId> = new Set();

export class KnownValues {
  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
  ) {}

  /** The fields that a part of a value carries, for certain or also by assumption. */
  fieldsOf(
    node: FunctionNode,
    value: ValueId,
    path: readonly string[],
    byAssumption = false,
    depth = 0,
  ): KnownFields {
    const definition = node.definitions[value];
    if (definition === undefined || depth > deepest) return null;
    if (definition.kind === "phi")
      return this.together(
        definition.phi.inputs.map((input) => this.fieldsOf(node, input.value, path, byAssumption, depth + 1)),
      );
    const here = this.factsAt(node, value, path, byAssumption);
    if (here.size > 0) return here;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return this.fieldsOf(node, instruction.value, path, byAssumption, depth + 1);
      case "load":
        return instruction.property.kind === "name"
          ? this.fieldsOf(
              node,
              instruction.object,
              [instruction.property.name, ...path],
              byAssumption,
              depth + 1,
            )
          : null;
      case "parameter":
        return this.ofParameter(node, instruction.index, path, byAssumption, depth + 1);
      case "object":
        return this.ofLiteral(node, value, path, byAssumption, depth + 1);
      case "constant":
        return nothing;
      default:
        return null;
    }
  }

  /** `{ name: known }`, `{ ...known }`. */
  private ofLiteral(
    node: FunctionNode,
    value: ValueId,
    [name, ...rest]: readonly string[],
    byAssumption: boolean,
    depth: number,
  ): KnownFields {
    if (name === undefined) return null;
    const ways = [...this.pointsTo.valuesOf(node, value)].flatMap((object) => [
      ...this.writers
        .ofField(object, name)
        .map((writer) => this.fieldsOf(writer.node, writer.value, rest, byAssumption, depth)),
      ...copiesInto(this.pointsTo, object).map((copy) =>
        this.fieldsOf(copy.node, copy.source, [name, ...rest], byAssumption, depth),
      ),
    ]);
    return ways.length === 0 ? nothing : this.together(ways);
  }

  private ofParameter(
    node: FunctionNode,
    index: number,
    path: readonly string[],
    byAssumption: boolean,
    depth: number,
  ): KnownFields {
    const callers = this.pointsTo.callersOf(node).map((edge) => {
      const argument = edge.shape === "call" ? operandsOfSite(edge.site).arguments[index] : undefined;
      return argument === undefined || argument.spread
        ? null
        : this.fieldsOf(edge.site.caller, argument.value, path, byAssumption, depth);
    });
    const callbacks = this.pointsTo.callbacksOf(node).map(({ site }) => {
      const { receiver } = operandsOfSite(site);
      return receiver === null
        ? null
        : (this.fieldsOf(site.caller, receiver, ["[]", ...path], byAssumption, depth) ??
            this.fieldsOf(site.caller, receiver, path, byAssumption, depth));
    });
    const ways = [...callers, ...callbacks];
    return ways.length === 0 ? null : this.together(ways);
  }

  private together(ways: readonly KnownFields[]): KnownFields {
    const found = new Set<FieldId>();
    for (const way of ways) {
      if (way === null) return null;
      for (const field of way) found.add(field);
    }
    return found;
  }

  /** Facts that hold of the value where it is made, whoever calls the function. */
  private factsAt(
    node: FunctionNode,
    value: ValueId,
    path: readonly string[],
    byAssumption: boolean,
  ): ReadonlySet<FieldId> {
    const found = new Set<FieldId>();
    for (const fact of this.tabulation.zero(node).made.get(value) ?? []) {
      if (fact.state.assumed && !byAssumption) continue;
      if (readPrefix(fact.path, path)?.components.length === 0) found.add(fact.state.field);
    }
    return found;
  }
}
