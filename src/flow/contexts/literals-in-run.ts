/**
 * What a literal with other objects in it holds under a name in one run: `{ redact: true, ...options }` where the run's
 * options say nothing of it.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { areAllKnown } from "../constants/complete-values.js";
import type { Constant } from "../constants/constant-operations.js";
import { isChangedByOthers } from "../heap/changed-by-others.js";
import { isFilledByOthers } from "../heap/filled-objects.js";
import { isDeletedFrom, memberOfLiteral } from "../heap/literal-members.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { writersOf } from "../points-to/writers.js";
import type { FunctionNode } from "../program/program.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import type { ContextValues } from "./context-values.js";

export type Evaluate = (node: FunctionNode, value: ValueId, context: Context) => Constant | null;

interface Asked {
  readonly node: FunctionNode;
  /** What the `object` instruction of the function makes. */
  readonly made: ValueId;
  readonly name: string;
  readonly context: Context;
}

export class LiteralsInRun {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {}

  /** Null: it is not told; `undefined` where nothing puts it there. */
  constantIn(asked: Asked, evaluate: Evaluate): Constant | null {
    const { node, made, name } = asked;
    if (!this.isWrittenHereOnly(asked)) return null;
    for (const point of [...(node.uses[made] ?? [])].reverse()) {
      const use = node.code[point];
      if (use?.kind === "store" && use.object === made && use.initial) {
        if (use.property.kind === "computed" || use.accessor !== undefined) return null;
        if (use.property.kind === "name" && use.property.name === name)
          return evaluate(node, use.value, asked.context);
      } else if (use?.kind === "copy-properties" && use.target === made) {
        const copied = this.constantOfCopied(asked, use.source, evaluate);
        if (copied !== "absent") return copied;
      }
    }
    return { value: undefined };
  }

  private isWrittenHereOnly({ node, made, name }: Asked): boolean {
    const [object, ...others] = this.pointsTo.valuesOf(node, made);
    if (object?.kind !== "object" || object.array || others.length > 0) return false;
    if (isChangedByOthers(this.pointsTo, object)) return false;
    if (isFilledByOthers(this.pointsTo, object) || isDeletedFrom(this.pointsTo, object, name)) return false;
    return writersOf(this.pointsTo)
      .ofField(object, name)
      .every((writer) => {
        const written = writer.node.code[writer.point];
        return written?.kind === "store" && written.initial;
      });
  }

  private constantOfCopied(
    { node, name, context }: Asked,
    source: ValueId,
    evaluate: Evaluate,
  ): Constant | "absent" | null {
    if (!areAllKnown(this.pointsTo, context, node, source)) return null;
    let common: Constant | "absent" | null = null;
    for (const each of this.values.valuesIn(context, node, source) ?? []) {
      const member = isEmpty(each) ? "absent" : memberOfLiteral(this.pointsTo, each, name);
      if (member === null) return null;
      const constant: Constant | "absent" | null =
        member === "absent" ? member : evaluate(member.node, member.value, noContext);
      if (constant === null || (common !== null && !isSame(constant, common))) return null;
      common = constant;
    }
    return common;
  }
}

/** Of what has no properties nothing is copied. */
function isEmpty(value: AbstractValue): boolean {
  return value.kind === "constant" && typeof value.value !== "string";
}

function isSame(one: Constant | "absent", other: Constant | "absent"): boolean {
  return one === "absent" || other === "absent" ? one === other : one.value === other.value;
}
