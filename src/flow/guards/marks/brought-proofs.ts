/** Proofs that nobody made: what whoever sends the request says of itself (`add(child, req.body.proof)`), and nothing. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { Origins } from "../../sources/origins.js";

const deepest = 12;

export class BroughtProofs {
  private assigned: ReadonlySet<string> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly origins: Origins,
  ) {}

  isBrought(node: FunctionNode, value: ValueId, depth = 0): boolean {
    let current = value;
    for (let hops = 0; hops < deepest; hops++) {
      const definition = node.definitions[current];
      // `req.get("permit") ?? ""`
      if (definition?.kind === "phi")
        return (
          depth < deepest &&
          definition.phi.inputs.every((input) => this.isBrought(node, input.value, depth + 1))
        );
      if (definition?.kind !== "instruction") return false;
      const { instruction } = definition;
      switch (instruction.kind) {
        case "constant":
          return depth > 0 || instruction.value == null;
        case "parameter":
          return this.isHandler(node) && this.origins.isOutside(node, value);
        case "declare":
        case "cast":
        case "await":
          current = instruction.value;
          break;
        case "load":
          // What own code puts there it may have asked for.
          if (instruction.property.kind !== "name" || this.isAssigned(instruction.property.name))
            return false;
          current = instruction.object;
          break;
        case "call": {
          const [text] = instruction.arguments;
          if (instruction.name !== "JSON.parse" || text === undefined)
            // `await request.json()`
            return (
              instruction.receiver !== null &&
              this.origins.isOutside(node, instruction.out) &&
              this.isOfParameter(node, instruction.receiver)
            );
          current = text.value;
          break;
        }
        default:
          return false;
      }
    }
    return false;
  }

  /** A method of what a handler is given itself, and of no service that is asked. */
  private isOfParameter(node: FunctionNode, value: ValueId): boolean {
    let definition = node.definitions[value];
    for (let hops = 0; hops < deepest && definition?.kind === "instruction"; hops++) {
      const { instruction } = definition;
      if (instruction.kind === "parameter") return this.isHandler(node);
      if (instruction.kind === "load") definition = node.definitions[instruction.object];
      else if (instruction.kind === "declare" || instruction.kind === "cast")
        definition = node.definitions[instruction.value];
      else return false;
    }
    return false;
  }

  private isHandler(node: FunctionNode): boolean {
    return this.pointsTo.callbacksOf(node).length > 0;
  }

  private isAssigned(name: string): boolean {
    this.assigned ??= new Set(
      this.pointsTo.program.functions.flatMap(({ code }) =>
        code.flatMap((each) =>
          each.kind === "store" && !each.initial && each.property.kind === "name" ? [each.property.name] : [],
        ),
      ),
    );
    return this.assigned.has(name);
  }
}
