/** What becomes of a promise where it is made: somebody waits for it, it is dropped, or dropped with `void`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isLog, type SilentWays } from "./silent-ways.js";

/** "kept": somebody may wait for it. */
type End = "kept" | "left" | "void";

/** What waits for all promises of a list. */
const joining = /^Promise\.(?:all|allSettled|race|any)$/u;
const listing = /\.(?:map|flatMap)$/u;
const following = /^(?:then|catch|finally)$/u;

export class LeftPromises {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly silence: SilentWays,
  ) {}

  endOf(node: FunctionNode, value: ValueId): End {
    if (handsOn(node, value)) return "kept";
    return worst(
      (node.uses[value] ?? []).map((point): End => {
        const use = node.code[point];
        switch (use?.kind) {
          case "unary":
            return use.operator === "void" ? "void" : "kept";
          case "declare":
          case "cast":
            return this.endOf(node, use.out);
          case "load":
            // A method: what its call gives decides. What is read of it otherwise is no promise's: `info.changes`.
            return isMethodOf(node, use.out, value) || isLengthOf(node, use, value) ? "left" : "kept";
          // `Promise.all([remove(a), remove(b)])`, which nobody waits for either.
          case "store": {
            const list = definitionOf(node, use.object);
            return use.value === value && list?.kind === "array" ? this.endInList(node, list.out) : "kept";
          }
          case "call":
            return this.endInCall(node, use, value);
          default:
            return "kept";
        }
      }),
    );
  }

  private endInCall(node: FunctionNode, call: InstructionOf<"call">, value: ValueId): End {
    const method = call.name.slice(call.name.lastIndexOf(".") + 1);
    // `Promise.all(ids.map(remove))`, which nobody waits for either.
    if (call.receiver !== value) return joins(call) ? this.endOf(node, call.out) : "kept";
    // A builder's next call, whose result is put into such a list.
    if (!following.test(method))
      return (node.uses[call.out] ?? []).length > 0 ? this.endOf(node, call.out) : "kept";
    return call.arguments.every((handler) => this.isSilentHandler(node, handler.value))
      ? this.endOf(node, call.out)
      : "kept";
  }

  private endInList(node: FunctionNode, list: ValueId): End {
    return worst(
      (node.uses[list] ?? []).map((point): End => {
        const use = node.code[point];
        if (use?.kind === "store") return use.object === list ? "left" : "kept";
        if (use?.kind === "unary") return use.operator === "void" ? "void" : "kept";
        return use?.kind === "call" && joins(use) ? this.endOf(node, use.out) : "kept";
      }),
    );
  }

  /** It is told of what came of a promise, and tells nobody. */
  isSilentHandler(node: FunctionNode, handler: ValueId | undefined): boolean {
    const values = handler === undefined ? [] : [...this.pointsTo.valuesOf(node, handler)];
    return (
      values.length > 0 &&
      values.every((value) => {
        if (value.kind === "function") return this.silence.isRunOf(value.function);
        if (value.kind !== "foreign" || !this.isLogger(value.module, value.path)) return false;
        this.silence.logs++;
        return true;
      })
    );
  }

  private isLogger(module: string, path: readonly string[]): boolean {
    const modules = module === "global" ? [module, "lib"] : [module];
    return modules.some((each) =>
      this.pointsTo.catalogue.match(each, path, "call").some(({ model }) => model.roles.some(isLog)),
    );
  }
}

function worst(ends: readonly End[]): End {
  if (ends.includes("kept")) return "kept";
  return ends.includes("void") ? "void" : "left";
}

function isMethodOf(node: FunctionNode, member: ValueId, value: ValueId): boolean {
  const uses = (node.uses[member] ?? []).map((point) => node.code[point]);
  return (
    uses.length > 0 &&
    uses.every((use) => use?.kind === "call" && use.callee === member && use.receiver === value)
  );
}

/** How many promises there are: `jobs.length`. */
function isLengthOf(node: FunctionNode, { property }: InstructionOf<"load">, value: ValueId): boolean {
  const list = definitionOf(node, value);
  return (
    property.kind === "name" && property.name === "length" && list?.kind === "call" && listing.test(list.name)
  );
}

/** It waits for what it is given: `Promise.all(list)`. */
export function joins({ name }: InstructionOf<"call">): boolean {
  return joining.test(name);
}

/** Whoever calls the function gets it, or it is one of several that a variable may hold. */
export function handsOn(node: FunctionNode, value: ValueId): boolean {
  return node.graph.blocks.some(
    ({ end, phis }) =>
      ("value" in end && end.value === value) ||
      phis.some(({ inputs }) => inputs.some((input) => input.value === value)),
  );
}
