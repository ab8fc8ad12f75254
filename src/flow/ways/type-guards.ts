/**
 * Child data that begins where a test tells what a value of unknown type is: on the way that a type guard leaves open
 * (`if (isChild(value))`), behind an assertion, and in what a library call picks by a guard (`rows.filter(isChild)`).
 */
import type { Span } from "../../base/location.js";
import type { Instruction, Terminator, ValueId } from "../../contracts/file-graph.js";
import type { ChildDataPath, Resolver } from "../../contracts/resolver.js";
import { operandsOfSite } from "../models/address-values.js";
import type { Origins } from "../sources/origins.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Seeds } from "../sources/seeds.js";
import type { ToldByType } from "../sources/told-by-type.js";
import { namesOf } from "../paths/value-places.js";

type Call = Extract<Instruction, { kind: "call" }>;
type Branch = Extract<Terminator, { kind: "branch" }>;

/** A value of which a test tells what it holds. */
interface Told {
  readonly value: ValueId;
  readonly parts: readonly ChildDataPath[];
  readonly at: Span;
}

interface Sides {
  readonly then: readonly Told[];
  readonly else: readonly Told[];
}

const nothing: Sides = { then: [], else: [] };
const deepest = 8;

export class TypeGuards {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly origins: Origins,
    private readonly told: ToldByType,
    private readonly seeds: Seeds,
  ) {}

  /** Seeds what the branches of a function tell. */
  seedBranches(node: FunctionNode): void {
    if (!node.code.some((instruction, point) => instruction.kind === "call" && this.isTest(node, point)))
      return;
    for (const { end } of node.graph.blocks) {
      if (end.kind !== "branch" || end.test !== "truthy") continue;
      const sides = this.sidesOf(node, end.value, 0);
      this.seedSide(node, end, "then", sides);
      this.seedSide(node, end, "else", sides);
    }
  }

  private seedSide(node: FunctionNode, end: Branch, side: "then" | "else", sides: Sides): void {
    const block = node.blockById.get(end[side]);
    if (block === undefined) return;
    for (const { value, parts, at } of sides[side])
      for (const { base, path } of namesOf(node, value))
        for (const part of parts)
          this.seeds.beginBlock(node, block, base, [...path, ...part.path], part.field, at, {
            kind: "enters",
            field: this.seeds.nameOf(part.field),
          });
  }

  /** Seeds what an assertion or a library call with a guard tells once it has returned. */
  seedCall(node: FunctionNode, point: number, call: Call): void {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return;
    const told = this.isTest(node, point) ? this.narrowed(site, true) : this.picked(site, call);
    if (told === null) return;
    for (const { base, path } of namesOf(node, told.value))
      for (const part of told.parts)
        this.seeds.begin(node, point, base, [...path, ...part.path], part.field, told.at, {
          kind: "enters",
          field: this.seeds.nameOf(part.field),
        });
  }

  /** What is known where a value is truthy, and where it is falsy: all that may be told on the way there. */
  private sidesOf(node: FunctionNode, value: ValueId, depth: number): Sides {
    const definition = node.definitions[value];
    if (definition === undefined || depth > deepest) return nothing;
    if (definition.kind === "phi") {
      const ways = definition.phi.inputs.map((input) => this.sidesOf(node, input.value, depth + 1));
      return { then: ways.flatMap((way) => way.then), else: ways.flatMap((way) => way.else) };
    }
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
        return this.sidesOf(node, instruction.value, depth + 1);
      case "unary": {
        if (instruction.operator !== "!") return nothing;
        const inner = this.sidesOf(node, instruction.operand, depth + 1);
        return { then: inner.else, else: inner.then };
      }
      case "call": {
        const site = this.isTest(node, point) ? this.pointsTo.findSite(node, point) : undefined;
        const told = site === undefined ? null : this.narrowed(site, false);
        return told === null ? nothing : { then: [told], else: [] };
      }
      default:
        return nothing;
    }
  }

  /** A call of own functions of which one may be written with a predicate: asked before any type is. */
  private isTest(node: FunctionNode, point: number): boolean {
    const site = this.pointsTo.findSite(node, point);
    return site !== undefined && [...site.edges.values()].some(({ callee }) => mayBeGuard(callee));
  }

  private narrowed(site: CallSite, asserts: boolean): Told | null {
    const { caller, instruction } = site;
    const found = this.resolver.narrowingAt?.(caller.file, instruction.at) ?? null;
    if (found === null || found.asserts !== asserts) return null;
    const list = operandsOfSite(site).arguments;
    const argument = list[found.parameter];
    if (argument === undefined || list.slice(0, found.parameter + 1).some((each) => each.spread)) return null;
    return this.isUntold(caller, argument.value, argument.at)
      ? { value: argument.value, parts: found.parts, at: instruction.at }
      : null;
  }

  /** `rows.filter(isChild)`: a list of the marked type out of one that tells nothing. */
  private picked(site: CallSite, { receiver, out, at }: Call): Told | null {
    const { caller } = site;
    if (receiver === null || ![...site.callbacks.values()].some(({ callee }) => mayBeGuard(callee)))
      return null;
    const parts = this.resolver.childDataIn(caller.file, at);
    return parts.length > 0 && this.isUntyped(caller, receiver) ? { value: out, parts, at } : null;
  }

  private isUntold(node: FunctionNode, value: ValueId, at: Span): boolean {
    return this.resolver.childDataIn(node.file, at).length === 0 && this.isUntyped(node, value);
  }

  private isUntyped(node: FunctionNode, value: ValueId): boolean {
    return (
      (this.origins.isOpaque(node, value) || this.origins.isOutside(node, value)) &&
      !this.told.isTypedAlready(node, value) &&
      !this.told.isToldAtRoot(node, value)
    );
  }
}

/** `value is Child` is lowered to what it is when it runs: a boolean, or nothing for an assertion. */
function mayBeGuard({ graph }: FunctionNode): boolean {
  return (
    graph.returnType?.kind === "keyword" &&
    (graph.returnType.name === "boolean" || graph.returnType.name === "void") &&
    !graph.async &&
    graph.parameters.length > 0
  );
}
