/** Where a function has something that a written type or a member's name may tell of: found once, asked in rounds. */
import type { Span } from "../../base/location.js";
import { type DeclarationId, declarationId } from "../../contracts/annotation.js";
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { writtenName } from "./property-keys.js";
import { definitionOf } from "../paths/value-places.js";

/** A parameter or value with a written type. */
export interface TypedPlace {
  readonly type: TypeReference;
  readonly target: PointerNode;
  /** Names the place among those of the function. */
  readonly name: string;
  readonly isParameter: boolean;
  /** Of a parameter: where its name stands. */
  readonly nameAt?: Span;
}

/** A call of a member that is named. */
export interface MemberCall {
  readonly callee: number;
  readonly object: number;
  readonly name: string;
}

export interface PlacesOfFunction {
  readonly typed: readonly TypedPlace[];
  readonly calls: readonly MemberCall[];
  readonly loads: readonly InstructionOf<"load">[];
  /** Calls of what is a parameter, or a property that is named. */
  readonly results: readonly InstructionOf<"call">[];
}

export class SeedPlaces {
  private readonly functions: (PlacesOfFunction | undefined)[] = [];

  private readonly members = new Set<string>();
  private readonly classes = new Map<DeclarationId, ClassNode>();

  constructor(private readonly pointsTo: PointsTo) {
    for (const each of pointsTo.program.classes) {
      for (const { name } of each.graph.members) if (name.kind === "name") this.members.add(name.name);
      const id = declarationId(each.file, each.graph.nameAt[0]);
      if (!this.classes.has(id)) this.classes.set(id, each);
    }
  }

  /** A class of the project has a member of this name. */
  isOwnMember(name: string): boolean {
    return this.members.has(name);
  }

  classAt(declaration: DeclarationId): ClassNode | undefined {
    return this.classes.get(declaration);
  }

  of(node: FunctionNode): PlacesOfFunction {
    return (this.functions[node.index] ??= this.find(node));
  }

  private find(node: FunctionNode): PlacesOfFunction {
    const typed: TypedPlace[] = [];
    const calls: MemberCall[] = [];
    const loads: InstructionOf<"load">[] = [];
    const results: InstructionOf<"call">[] = [];
    for (const { index, type, rest, nameAt } of node.graph.parameters) {
      if (type === null || rest || !mayTell(type)) continue;
      const target = this.pointsTo.parameterNode(node, index);
      typed.push({ type, target, name: String(index), isParameter: true, nameAt });
    }
    for (const instruction of node.code) {
      if (instruction.kind === "declare" || instruction.kind === "cast") {
        if (instruction.type === null || !mayTell(instruction.type)) continue;
        const target = this.pointsTo.valueNode(node, instruction.out);
        typed.push({
          type: instruction.type,
          target,
          name: `v${String(instruction.out)}`,
          isParameter: false,
        });
      } else if (instruction.kind === "load") loads.push(instruction);
      else if (instruction.kind === "call") {
        const definition = node.definitions[instruction.callee];
        const load = definition?.kind === "instruction" ? definition.instruction : undefined;
        if (!instruction.new && isHandedIn(node, instruction.callee)) results.push(instruction);
        const name = load?.kind === "load" ? nameIn(node, load) : null;
        if (load?.kind === "load" && name !== null)
          calls.push({ callee: instruction.callee, object: load.object, name });
      }
    }
    return { typed, calls, loads, results };
  }
}

/** `step.next`, `items[Symbol.iterator]` */
function nameIn(node: FunctionNode, { property }: InstructionOf<"load">): string | null {
  if (property.kind === "name") return property.name;
  const name = property.kind === "computed" ? writtenName(node, property.value) : null;
  return name?.startsWith("@@") === true ? name : null;
}

function isHandedIn(node: FunctionNode, callee: number): boolean {
  const definition = definitionOf(node, callee);
  return (
    definition?.kind === "parameter" || (definition?.kind === "load" && definition.property.kind === "name")
  );
}

/** Numbers, texts and the like say nothing of an object. */
function mayTell({ kind }: TypeReference): boolean {
  switch (kind) {
    case "array":
    case "tuple":
    case "union":
    case "intersection":
    case "literal":
    case "named":
    case "query":
    case "indexed":
      return true;
    default:
      return false;
  }
}
