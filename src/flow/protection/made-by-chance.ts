/**
 * Keys of chance that nothing keeps: what is hashed with one can neither be told nor made a second time, so that it is
 * as good as made up (a token out of a user's id). A key that is used for something else as well may be kept beside it.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { argumentsFor } from "../program/edge-arguments.js";
import { operandsAt, operandsOfSite } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SeenCallers } from "../contexts/seen-callers.js";
import { selectModels } from "../models/select-models.js";
import { originOf } from "../paths/value-places.js";
import type { Writers } from "../points-to/writers.js";

interface At {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

const deepest = 24;
const putting = /\.(?:push|unshift|fill)$/u;

export class MadeByChance {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
    private readonly callers: SeenCallers,
  ) {}

  /** Is all that may stand at the address of chance, and used for this call alone? */
  isUsedOnce(site: CallSite, address: Address): boolean {
    const keys = this.operandsOf(site, address);
    return keys.length > 0 && keys.every((key) => this.isHandedOn(key, 0));
  }

  private operandsOf(site: CallSite, address: Address): readonly At[] {
    const [step, ...more] = address.steps;
    const operands = operandsAt(site, address);
    if (step === undefined) return operands.map((value) => ({ node: site.caller, value }));
    if (step.kind !== "created" || more.length > 0) return [];
    return operands
      .flatMap((receiver) => [...this.callers.valuesOf(site.caller, receiver)])
      .flatMap((value) => {
        const made =
          value.kind === "foreign" && value.site !== null ? this.pointsTo.sites.get(value.site) : undefined;
        const argument = made === undefined ? undefined : operandsOfSite(made).arguments[step.index];
        return made === undefined || argument === undefined
          ? []
          : [{ node: made.caller, value: argument.value }];
      });
  }

  /** From where it is made up to here nothing else is done with it. */
  private isHandedOn({ node, value }: At, depth: number): boolean {
    const origin = originOf(node, value);
    if (depth > deepest || usesOf(node, origin) > 1) return false;
    const definition = node.definitions[origin];
    if (definition?.kind !== "instruction") return false;
    const { instruction } = definition;
    if (instruction.kind === "parameter") {
      const edges = this.callers.callersOf(node);
      const given = edges.flatMap((edge) =>
        argumentsFor(edge, instruction.index).map((argument) => ({ edge, argument })),
      );
      return (
        given.length > 0 &&
        given.length === edges.length &&
        this.callers.callbacksOf(node).length === 0 &&
        given.every(
          ({ edge, argument }) =>
            !argument.spread && this.isHandedOn({ node: edge.site.caller, value: argument.value }, depth + 1),
        )
      );
    }
    if (instruction.kind === "load" && instruction.property.kind === "name") {
      const { name } = instruction.property;
      const objects = [...this.callers.valuesOf(node, instruction.object)];
      const written = objects.flatMap((object) => this.writers.ofField(object, name));
      return (
        written.length > 0 &&
        objects.every(({ kind }) => kind === "object") &&
        written.every((each) => this.isHandedOn(each, depth + 1))
      );
    }
    return this.isChance({ node, value: origin }, depth + 1, new Set());
  }

  /** What comes out differs from time to time, whatever else goes in. */
  private isChance({ node, value }: At, depth: number, seen: Set<string>): boolean {
    const key = `${String(node.index)}:${String(value)}`;
    // What goes round is of chance if what comes into it is.
    if (seen.has(key)) return true;
    if (depth > deepest) return false;
    seen.add(key);
    const again = (other: ValueId): boolean => this.isChance({ node, value: other }, depth + 1, seen);
    const definition = node.definitions[value];
    if (definition === undefined) return false;
    if (definition.kind === "phi") {
      const inputs = definition.phi.inputs.filter((input) => !isEmptyText(node, input.value));
      return inputs.length > 0 && inputs.every((input) => again(input.value));
    }
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "template":
        return instruction.values.some(again);
      case "binary":
        return (
          /^[-+*/%^&|]$/u.test(instruction.operator) && (again(instruction.left) || again(instruction.right))
        );
      case "iterate":
        return again(instruction.object);
      case "load":
        return (
          again(instruction.object) ||
          (instruction.property.kind === "computed" && again(instruction.property.value))
        );
      case "array":
        return this.putInto(node, value).some(again);
      case "call":
        return this.isCallOfChance(node, point, depth, seen);
      default:
        return false;
    }
  }

  private putInto(node: FunctionNode, array: ValueId): readonly ValueId[] {
    return node.code.flatMap((each) => {
      if (each.kind === "store" && originOf(node, each.object) === array) return [each.value];
      if (each.kind === "append-elements" && each.target === array) return [each.source];
      return each.kind === "call" &&
        each.receiver !== null &&
        originOf(node, each.receiver) === array &&
        putting.test(each.name)
        ? each.arguments.map((argument) => argument.value)
        : [];
    });
  }

  private isCallOfChance(node: FunctionNode, point: number, depth: number, seen: Set<string>): boolean {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return false;
    const edges = [...site.edges.values()];
    if (edges.length > 0)
      return edges.every(({ callee }) => {
        const returned = callee.graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
        return (
          returned.length > 0 &&
          returned.every((value) => value !== null && this.isChance({ node: callee, value }, depth + 1, seen))
        );
      });
    const roles = [...site.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, site, callee).flatMap(({ model }) => model.roles),
    );
    return roles.some((role) => {
      if (role.kind === "random") return role.output.some(({ root }) => root.kind === "return");
      if (role.kind !== "flow" || !role.to.some(({ root }) => root.kind === "return")) return false;
      return role.from.some((from) =>
        operandsAt(site, from).some((operand) =>
          this.isChance({ node, value: originOf(node, operand) }, depth + 1, seen),
        ),
      );
    });
  }
}

/** What is done with a value under all its names. */
function usesOf(node: FunctionNode, value: ValueId): number {
  return (node.uses[value] ?? []).reduce((sum, point) => {
    const use = node.code[point];
    return sum + (use?.kind === "declare" || use?.kind === "cast" ? usesOf(node, use.out) : 1);
  }, 0);
}

function isEmptyText(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  return (
    definition?.kind === "instruction" &&
    definition.instruction.kind === "constant" &&
    definition.instruction.value === ""
  );
}
