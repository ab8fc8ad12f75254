/**
 * Objects that a module makes while it loads, and that other objects hold as well: a queue that a desk was given, a
 * store that a service keeps. Each is one object under all its names, so what is put in through one comes out
 * through every other.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { isScalar } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

/** The instructions that may name an object which another function or another object holds. */
const naming =
  /^(?:load|capture|cell-read|import-read|parameter|call|object|array|declare|cast|await|box-read)$/u;
/** Those that name it otherwise than by the variable of the module that made it. */
const holding = /^(?:load|capture|parameter)$/u;

export class Singletons {
  private readonly held = new Set<AbstractValue>();

  constructor(private readonly pointsTo: PointsTo) {
    for (const node of pointsTo.program.functions)
      for (const instruction of node.code)
        if (holding.test(instruction.kind) && "out" in instruction) {
          const value = this.only(node, instruction.out);
          if (value !== null) this.held.add(value);
        }
  }

  /** The object that a value surely is, if it is one of these; null for any other value. */
  named(node: FunctionNode, instruction: FunctionNode["code"][number]): AbstractValue | null {
    if (this.held.size === 0 || !naming.test(instruction.kind) || !("out" in instruction)) return null;
    const value = this.only(node, instruction.out);
    return value !== null && this.held.has(value) ? value : null;
  }

  private only(node: FunctionNode, value: ValueId): AbstractValue | null {
    const [only, ...others] = this.pointsTo.valueNode(node, value).list;
    return only !== undefined && others.length === 0 && this.isMadeByModule(only) ? only : null;
  }

  private isMadeByModule(value: AbstractValue): boolean {
    if (value.kind !== "instance" && value.kind !== "object" && value.kind !== "foreign") return false;
    if (value.site === null || isScalar(value) || (value.kind === "foreign" && value.module !== "lib"))
      return false;
    const maker = this.pointsTo.program.functions[Number(value.site.split(":")[0])];
    return maker?.graph.kind === "module";
  }
}
