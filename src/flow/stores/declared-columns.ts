/** Which columns something from outside can bring as a whole: those of its declared type, where the project tells it. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Span } from "../../base/location.js";
import { operandsOfSite } from "../models/address-values.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 8;

export class DeclaredColumns {
  constructor(private readonly pointsTo: PointsTo) {}

  /** Names of the properties; null: any. */
  namesOf(node: FunctionNode, value: ValueId, depth = 0): ReadonlySet<string> | null {
    const definition = node.definitions[value];
    if (definition === undefined || depth > deepest) return null;
    if (definition.kind === "phi")
      return together(definition.phi.inputs.map((input) => this.namesOf(node, input.value, depth + 1)));
    const { instruction } = definition;
    switch (instruction.kind) {
      case "parameter": {
        const parameter = node.graph.parameters[instruction.index];
        const told = parameter === undefined ? null : this.told(node, parameter.nameAt);
        return told ?? this.ofArguments(node, instruction.index, depth + 1);
      }
      case "declare":
        return this.told(node, instruction.nameAt) ?? this.namesOf(node, instruction.value, depth + 1);
      case "cast":
        return this.told(node, instruction.typeAt) ?? this.namesOf(node, instruction.value, depth + 1);
      case "await":
        return this.told(node, instruction.at) ?? this.namesOf(node, instruction.value, depth + 1);
      case "load":
        return this.told(node, instruction.nameAt);
      default:
        return this.told(node, instruction.at);
    }
  }

  private told(node: FunctionNode, span: Span): ReadonlySet<string> | null {
    return this.pointsTo.resolver.declaredNames?.(node.file, span) ?? null;
  }

  private ofArguments(node: FunctionNode, index: number, depth: number): ReadonlySet<string> | null {
    return together(
      this.pointsTo.callersOf(node).map((edge) => {
        const argument = edge.shape === "call" ? operandsOfSite(edge.site).arguments[index] : undefined;
        return argument === undefined || argument.spread
          ? null
          : this.namesOf(edge.site.caller, argument.value, depth);
      }),
    );
  }
}

function together(ways: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  const found = new Set<string>();
  for (const way of ways) {
    if (way === null) return null;
    for (const name of way) found.add(name);
  }
  return found.size === 0 ? null : found;
}
