/**
 * Which objects that the program makes hold which fields, and under which names: a test that tells what an object is
 * lets a fact pass only where one of the objects that pass the test holds its field. What is not held yet may be held
 * later, so whoever was told no is called again then. A fact that begins in an object of which it is not known where
 * it was made is held outside, and passes everywhere.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isLibraryError } from "../program/class-chain.js";
import type { IsConverted } from "../ways/converted-fields.js";
import { mayBeConverted } from "../ways/converted-fields.js";
import type { Base, Fact } from "../tabulation/fact.js";
import { isRound } from "../paths/path-components.js";
import type { AccessPath } from "../paths/access-path.js";
import type { Generators } from "../points-to/generator-results.js";
import { asksForNext, resultOf } from "../points-to/generator-results.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Asks whether an object holds the field of a fact under a name; `seen`: what is held outside does not count. */
export type IsHeld = (value: AbstractValue, name: string, seen?: boolean) => boolean;

export const mayBeHeld: IsHeld = () => true;

/** What a branch asks that may be answered otherwise later. */
export interface Asked {
  readonly isHeld: IsHeld;
  readonly isConverted: IsConverted;
}

export const anything: Asked = { isHeld: mayBeHeld, isConverted: mayBeConverted };

export class HeldFields {
  private readonly held = new Set<string>();
  /** Names under which a field is held outside: asked for each fact that comes about. */
  private readonly outside = new Map<FieldId, Set<string>>();
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(private readonly pointsTo: PointsTo) {}

  /**
   * Answers for a field; what `again` gives is called once one of the answers may be another. It gives the same function
   * for the same question: who asks anew after each answer would wait twice as often each time.
   */
  asked(field: FieldId, again: () => () => void): IsHeld {
    return (value, name, seen = false) => {
      if (!isKnown(value)) return true;
      const keys = [keyOf(value, name, field), ...(seen ? [] : [keyOf(null, name, field)])];
      if (keys.some((key) => this.held.has(key))) return true;
      for (const key of keys) {
        const list = this.waiting.get(key);
        if (list === undefined) this.waiting.set(key, new Set([again()]));
        else list.add(again());
      }
      return false;
    };
  }

  /** A fact came about behind an instruction. */
  note(node: FunctionNode, point: number, { base, path, state }: Fact): void {
    if (base < 0) return;
    const instruction = node.code[point];
    if (instruction === undefined || this.isOfResult(node, instruction, base, path, state.field)) return;
    if (this.isAllOutside(path.components, state.field) || !this.mayPut(node, point, instruction)) return;
    const values = this.pointsTo.valueNode(node, base);
    if (values.isFull || values.isEmpty || !values.list.every(isTold)) {
      this.begins(path.components, state.field);
      return;
    }
    const name = nameOf(path.components[0]);
    for (const value of name === null ? [] : values.list)
      if (isKnown(value) && isPutInto(node, point, base, value) && this.mayBeFilled(node, point, value))
        this.hold(keyOf(value, name ?? "", state.field));
  }

  /** A generator yields it, or it is put into what one has given, which may be at the end as well. */
  private isOfResult(
    node: FunctionNode,
    instruction: Instruction,
    base: Base,
    path: AccessPath,
    field: FieldId,
  ): boolean {
    if (path.components[0] !== "value" || isOnlyName(instruction)) return false;
    const generators = resultOf(this.pointsTo, node, base);
    if (generators === null) return false;
    const isAsked = instruction.kind === "call" && instruction.out === base && asksForNext(instruction.name);
    for (const { yielded, ended } of generators) {
      this.hold(keyOf(yielded, nameOfResult(path.components), field));
      if (!isAsked) this.hold(keyOf(ended, nameOfResult(path.components), field));
    }
    return true;
  }

  /** What generators return came out of their `next`, at their end. */
  holdEnded(generators: readonly Generators[], { components }: AccessPath, field: FieldId): void {
    for (const { ended } of generators) this.hold(keyOf(ended, nameOfResult(components), field));
  }

  private isAllOutside(path: readonly string[], field: FieldId): boolean {
    const names = this.outside.get(field);
    return path.every((component) => {
      const name = nameOf(component);
      return name === null || names?.has(name) === true;
    });
  }

  /** Data begins in an object that comes from outside, or in one that lies in it. */
  begins(path: readonly string[], field: FieldId): void {
    let names = this.outside.get(field);
    if (names === undefined) this.outside.set(field, (names = new Set<string>()));
    for (const component of path) {
      const name = nameOf(component);
      if (name === null || names.has(name)) continue;
      names.add(name);
      this.hold(keyOf(null, name, field));
    }
  }

  /** A constructor that writes into nothing but its own object fills no other one, be it under a name of both. */
  private mayBeFilled(node: FunctionNode, point: number, value: AbstractValue): boolean {
    if (!isNew(node.code[point]) || !("site" in value) || value.site === siteOf(node, point)) return true;
    const site = this.pointsTo.findSite(node, point);
    return site === undefined || site.foreign.size > 0 || !fillsOnlyItself(this.pointsTo, site);
  }

  private hold(key: string): void {
    if (this.held.has(key)) return;
    this.held.add(key);
    const list = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    for (const again of list) again();
  }

  /** The instruction may make the object, or write into it; anything else only hands it on. */
  private mayPut(node: FunctionNode, point: number, { kind }: Instruction): boolean {
    switch (kind) {
      case "store":
      case "copy-properties":
      case "object-rest":
      case "super-call":
        return true;
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return (
          site === undefined || site.edges.size === 0 || site.foreign.size > 0 || isNew(node.code[point])
        );
      }
      default:
        return false;
    }
  }
}

/** What lies in what a generator gives, by all that leads there: generators of several kinds may be asked at one place. */
export function nameOfResult(path: readonly string[]): string {
  return path.join(".");
}

function isOnlyName({ kind }: Instruction): boolean {
  return kind === "declare" || kind === "cast" || kind === "await";
}

function isNew(instruction: Instruction | undefined): boolean {
  return instruction?.kind === "call" && instruction.new;
}

/**
 * A call may give an object that was there before, and what a constructor puts into its object is told where the
 * object is made: unless nobody makes it.
 */
function isPutInto(node: FunctionNode, point: number, base: Base, value: AbstractValue): boolean {
  const instruction = node.code[point];
  if (!("site" in value) || value.site === null) return true;
  if (instruction?.kind === "call" && instruction.out === base && !instruction.new)
    return value.site === siteOf(node, point);
  return !isBeingMade(node, base);
}

function isBeingMade(node: FunctionNode, base: ValueId): boolean {
  if (node.graph.kind !== "constructor" && node.graph.kind !== "field-initializer") return false;
  const definition = node.definitions[base];
  return definition?.kind === "instruction" && definition.instruction.kind === "this";
}

function siteOf(node: FunctionNode, point: number): string {
  return `${String(node.index)}:${String(point)}`;
}

const ofItself: ReadonlySet<string> = new Set(["this", "parameter", "constant", "declare", "cast", "load"]);

/** All that its constructors do is to keep what they are given, or hand it on to that of the class above. */
function fillsOnlyItself(pointsTo: PointsTo, { edges }: CallSite, depth = 0): boolean {
  return [...edges.values()].every(({ callee, shape }) => {
    if (shape !== "construct" && shape !== "super") return false;
    return callee.code.every((each, point) => {
      const above = pointsTo.findSite(callee, point);
      // What an accessor does is not looked at.
      if (each.kind === "store") return isOwn(callee, each.object) && (above?.edges.size ?? 0) === 0;
      if (each.kind !== "super-call") return ofItself.has(each.kind);
      return above !== undefined && above.foreign.size === 0 && depth < 4
        ? fillsOnlyItself(pointsTo, above, depth + 1)
        : false;
    });
  });
}

function isOwn(node: FunctionNode, object: ValueId): boolean {
  return definitionOf(node, object)?.kind === "this";
}

/** All that is written into the object is seen. */
function isKnown(value: AbstractValue): boolean {
  if (value.kind === "object") return !value.array;
  if (value.kind === "instance") return true;
  return value.kind === "foreign" && value.site !== null && isLibraryError(value);
}

/** Lists and maps hold objects that were made before they were put there. */
function isTold(value: AbstractValue): boolean {
  if (value.kind === "foreign" && value.module === "lib" && value.path.length === 1)
    return /^(?:Array|Map|Set|WeakMap|Promise)$/u.test(value.path[0] ?? "") || isKnown(value);
  return isKnown(value) || value.kind === "constant" || (value.kind === "object" && value.array);
}

/** The property that a step of a path names; null for one that leads into no object, and for any property. */
function nameOf(step: string | undefined): string | null {
  return step === undefined || /^(?:\^|<|=|!|\[|\*|get |set )/u.test(step) || isRound(step) ? null : step;
}

function keyOf(value: AbstractValue | null, name: string, field: FieldId): string {
  return `${value === null ? "" : String(value.id)}|${name}|${field}`;
}
