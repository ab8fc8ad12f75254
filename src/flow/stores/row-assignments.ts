/** Whether a function puts something into a column of a row that it is given, itself or by a function that it hands the row to. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import { constantsOf } from "../constants/constants.js";
import type { Base } from "../tabulation/fact.js";
import { incoming, incomingIndex, receiver } from "../tabulation/fact.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { forOperands } from "../program/operands.js";
import { definitionOf, originOf } from "../paths/value-places.js";

interface RowIn {
  readonly function: FunctionNode;
  readonly base: Base;
  readonly below: readonly string[];
}

const deepest = 3;
/** What a test is put together of. */
const mostParts = 64;
const givers = /\.(?:set|\$set|setUpdate)$/u;
const setters = /(?:^|\.)(?:set|\$set|setDataValue|setAttribute|assign)$/u;

export class RowAssignments {
  private readonly known = new Map<FunctionNode, Map<string, boolean>>();

  constructor(private readonly pointsTo: PointsTo) {}

  assigns(row: RowIn, column: string): boolean {
    const key = `${String(row.base)} ${row.below.join(".")} ${column}`;
    let ofFunction = this.known.get(row.function);
    if (ofFunction === undefined) this.known.set(row.function, (ofFunction = new Map<string, boolean>()));
    let found = ofFunction.get(key);
    if (found === undefined) ofFunction.set(key, (found = this.look(row, column, 0)));
    return found;
  }

  /** By a method of what gave it the row: `this.set("name", …)`, `this.setUpdate({ ...update, name: … })`. */
  putsBack({ function: node, base }: RowIn, column: string): boolean {
    return node.code.some((each) => {
      if (each.kind !== "call" || each.receiver === null || !givers.test(each.name)) return false;
      const given = each.arguments[0]?.value;
      return (
        given !== undefined &&
        this.isRow({ function: node, base, below: [] }, each.receiver) &&
        (this.isNamed(node, given, column) ||
          node.code.some(
            (other) =>
              other.kind === "store" &&
              originOf(node, other.object) === originOf(node, given) &&
              this.names(node, other, column),
          ))
      );
    });
  }

  /** What it does depends on something else than what it is given: it may leave everything as it is. */
  mayLeave(node: FunctionNode): boolean {
    return node.graph.blocks.some(({ end }) => end.kind === "branch" && !isOfGiven(node, end.value));
  }

  private look(row: RowIn, column: string, depth: number): boolean {
    const { function: node } = row;
    return node.code.some((each, point) => {
      if (each.kind === "store") return this.isRow(row, each.object) && this.names(node, each, column);
      if (each.kind !== "call") return false;
      if (each.receiver !== null && setters.test(each.name) && this.isRow(row, each.receiver))
        return this.isNamed(node, each.arguments[0]?.value, column);
      return depth < deepest && this.isHandedOn(row, each, point, column, depth);
    });
  }

  /** `sealAll(this)`, `rows.forEach((row) => …)` */
  private isHandedOn(
    row: RowIn,
    call: Extract<Instruction, { kind: "call" }>,
    point: number,
    column: string,
    depth: number,
  ): boolean {
    const site = this.pointsTo.findSite(row.function, point);
    if (site === undefined) return false;
    const { below } = row;
    const isList = call.receiver !== null && below.at(-1) === "[]";
    if (isList && this.isRow({ ...row, below: below.slice(0, -1) }, call.receiver))
      return [...site.callbacks.values()].some(({ callee }) =>
        this.look({ function: callee, base: incoming(0), below: [] }, column, depth + 1),
      );
    // Also what the row lies in: `sealUpdate(this.getUpdate())`, of what stands under `$set`.
    return call.arguments.some(({ value }, index) =>
      [...below.keys(), below.length].some(
        (size) =>
          this.isRow({ ...row, below: below.slice(0, size) }, value) &&
          [...site.edges.values()].some(({ callee }) =>
            this.look(
              { function: callee, base: incoming(index), below: below.slice(size) },
              column,
              depth + 1,
            ),
          ),
      ),
    );
  }

  private names(
    node: FunctionNode,
    { property }: Extract<Instruction, { kind: "store" }>,
    column: string,
  ): boolean {
    return property.kind === "name"
      ? property.name === column
      : property.kind === "computed" && this.isNamed(node, property.value, column);
  }

  private isNamed(node: FunctionNode, value: ValueId | undefined, column: string): boolean {
    if (value === undefined) return false;
    return constantsOf(this.pointsTo.valuesOf(node, value)).constants.includes(column);
  }

  /** The row itself, or an element of the list that it stands in. */
  private isRow({ function: node, base, below }: RowIn, value: ValueId): boolean {
    const definition = definitionOf(node, value);
    const last = below.at(-1);
    if (
      definition?.kind === "load" &&
      definition.property.kind === "name" &&
      definition.property.name === last
    )
      return this.isRow({ function: node, base, below: below.slice(0, -1) }, definition.object);
    if (definition?.kind === "iterate" && last === "[]")
      return this.isRow({ function: node, base, below: below.slice(0, -1) }, definition.object);
    if (below.length > 0) return false;
    return base === receiver
      ? definition?.kind === "this"
      : definition?.kind === "parameter" && definition.index === incomingIndex(base);
  }
}

function isOfGiven(node: FunctionNode, tested: ValueId): boolean {
  const parts = new Set([tested]);
  for (const value of parts) {
    const definition = node.definitions[value];
    if (definition?.kind === "phi") for (const input of definition.phi.inputs) parts.add(input.value);
    if (definition?.kind !== "instruction") continue;
    const { instruction } = definition;
    if (instruction.kind === "this" || instruction.kind === "parameter") return true;
    if (parts.size < mostParts)
      forOperands(instruction, (operand) => {
        parts.add(operand);
      });
  }
  return false;
}
