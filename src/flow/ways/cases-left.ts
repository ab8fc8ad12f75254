/**
 * The last of the cases: behind tests of all texts and numbers but one that a type lists, only that one is left, and
 * behind tests of all nothing is (`switch (kind)` with a case for each, `if`s that return for each).
 */
import type { InstructionOf, Terminator, ValueId } from "../../contracts/file-graph.js";
import { writersOf } from "../points-to/writers.js";
import type { Constant } from "../constants/constant-operations.js";
import { isPartGivenFromOutside } from "../points-to/given-from-outside.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import { definitionOf, originOf, placesOf } from "../paths/value-places.js";
import { heldInSlot } from "../program/captured-from.js";
import type { FunctionNode } from "../program/program.js";
import type { Side } from "../program/sides.js";
import { branchesBefore } from "./earlier-branches.js";

type Branch = Extract<Terminator, { kind: "branch" }>;
type Listed = ReadonlySet<unknown>;

/** `kind === "bus"`, and the side on which it is so. */
interface Case {
  readonly value: ValueId;
  readonly constant: unknown;
  readonly equal: Side;
}

const deepest = 4;
const mostCallers = 16;
const leftOut: Listed = new Set([undefined]);

export class CasesLeft {
  private readonly parameters = new Map<string, Listed | null>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly constantOf: (node: FunctionNode, value: ValueId) => Constant | null,
  ) {}

  /** The only side that a test takes, by what is left of the constants that are listed. */
  sideOf(node: FunctionNode, end: Branch): Side | null {
    const test = end.test === "truthy" ? this.caseOf(node, end.value) : null;
    if (test === null) return null;
    const listed = this.listedAt(node, test.value, 0);
    if (listed === null || listed.size === 0) return null;
    const left = new Set(listed);
    for (const { end: earlier, side } of branchesBefore(node, end)) {
      const passed = earlier.test === "truthy" ? this.caseOf(node, earlier.value) : null;
      if (passed === null || !isSameValue(node, passed.value, test.value)) continue;
      if (side !== passed.equal) left.delete(passed.constant);
    }
    if (!left.has(test.constant)) return other(test.equal);
    return left.size === 1 ? test.equal : null;
  }

  private caseOf(node: FunctionNode, value: ValueId): Case | null {
    const made = definitionOf(node, value);
    if (made?.kind !== "binary" || !/^[!=]==?$/u.test(made.operator)) return null;
    const right = this.constantOf(node, made.right);
    const constant = right ?? this.constantOf(node, made.left);
    if (constant === null || constant.value === null || constant.value === undefined) return null;
    return {
      value: right === null ? made.right : made.left,
      constant: constant.value,
      equal: made.operator.startsWith("=") ? "then" : "else",
    };
  }

  /** All that a value may be; null where it may be something else, too. */
  private listedAt(node: FunctionNode, value: ValueId, depth: number): Listed | null {
    const origin = originOf(node, value);
    const definition = node.definitions[origin];
    if (definition === undefined || depth > deepest) return null;
    if (definition.kind === "phi")
      return this.together(
        definition.phi.inputs.map((input) => [node, input.value] as const),
        depth,
      );
    const { instruction } = definition;
    switch (instruction.kind) {
      case "constant":
        return /^(?:string|number|undefined)$/u.test(instruction.type)
          ? new Set([instruction.type === "undefined" ? undefined : instruction.value])
          : null;
      case "parameter":
        return this.ofParameter(node, instruction.index, depth);
      case "capture": {
        const held = heldInSlot(this.pointsTo, node, instruction.slot);
        const isFixed = node.graph.captures[instruction.slot]?.mode === "value";
        return held === null || !isFixed ? null : this.listedAt(held.node, held.value, depth + 1);
      }
      case "cell-read": {
        const writers = writersOf(this.pointsTo).ofCell(node.file, instruction.cell);
        return this.together(
          writers.map((writer) => [writer.node, writer.value] as const),
          depth,
        );
      }
      case "load":
        return this.ofPart(node, instruction);
      default:
        return null;
    }
  }

  private together(values: readonly (readonly [FunctionNode, ValueId])[], depth: number): Listed | null {
    const found = new Set<unknown>();
    for (const [node, value] of values) {
      const listed = this.listedAt(node, value, depth + 1);
      if (listed === null) return null;
      for (const each of listed) found.add(each);
    }
    return values.length === 0 ? null : found;
  }

  private ofPart(node: FunctionNode, { object, nameAt, property }: InstructionOf<"load">): Listed | null {
    if (property.kind !== "name" || !isPartGivenFromOutside(this.pointsTo, node, object)) return null;
    return asListed(this.pointsTo.resolver.literalsAt?.(node.file, nameAt));
  }

  /** What the type lists, for callers outside, and what each caller in the program hands over. */
  private ofParameter(node: FunctionNode, index: number, depth: number): Listed | null {
    const key = `${String(node.index)}:${String(index)}`;
    let listed = this.parameters.get(key);
    if (listed === undefined) {
      this.parameters.set(key, null);
      listed = this.findOfParameter(node, index, depth);
      this.parameters.set(key, listed);
    }
    return listed;
  }

  private findOfParameter(node: FunctionNode, index: number, depth: number): Listed | null {
    const parameter = node.graph.parameters[index];
    const callers = this.pointsTo.callersOf(node);
    if (parameter === undefined || parameter.rest || parameter.type === null) return null;
    if (callers.length > mostCallers || this.pointsTo.callbacksOf(node).length > 0) return null;
    const declared = asListed(this.pointsTo.resolver.literalsAt?.(node.file, parameter.nameAt));
    if (declared === null) return null;
    const found = new Set(declared);
    for (const caller of callers) {
      const given = argumentOf(caller, index);
      if (given === null) return null;
      const listed = given === undefined ? leftOut : this.listedAt(caller.site.caller, given, depth + 1);
      if (listed === null) return null;
      for (const each of listed) found.add(each);
    }
    return found;
  }
}

function asListed(literals: readonly unknown[] | undefined): Listed | null {
  return literals === undefined || literals.length === 0 ? null : new Set(literals);
}

/** Null where it is not said at one place what the parameter is given, undefined where it is left out. */
function argumentOf(
  { site: { instruction }, shape, bound }: CallEdge,
  index: number,
): ValueId | null | undefined {
  if (instruction.kind !== "call" || shape !== "call" || bound !== null) return null;
  const before = instruction.arguments.slice(0, index + 1);
  if (before.some(({ spread }) => spread)) return null;
  return before[index]?.value;
}

/** One value, or the same part of one object, with no call in between that may have changed the part. */
function isSameValue(node: FunctionNode, one: ValueId, another: ValueId): boolean {
  const first = originOf(node, one);
  const second = originOf(node, another);
  if (first === second) return true;
  const [, ...places] = placesOf(node, first);
  const others = placesOf(node, second).slice(1);
  const isSamePart = places.some(({ base, path }) =>
    others.some((each) => each.base === base && each.path.join() === path.join()),
  );
  return isSamePart && !mayChangeBetween(node, first, second);
}

function mayChangeBetween(node: FunctionNode, first: ValueId, second: ValueId): boolean {
  const [from, to] = [first, second].map((value) => {
    const definition = node.definitions[value];
    return definition?.kind === "instruction" ? definition.point : -1;
  });
  if (from === undefined || to === undefined || from < 0 || to < 0) return true;
  return node.code
    .slice(Math.min(from, to), Math.max(from, to))
    .some(({ kind }) => kind === "store" || kind === "call" || kind === "delete" || kind === "await");
}

function other(side: Side): Side {
  return side === "then" ? "else" : "then";
}
