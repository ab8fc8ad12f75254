/** Options that one run of a function is called with, as the literals at its calls say: `{ withName: false }`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Constant } from "../constants/constant-operations.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { ContextValues } from "./context-values.js";
import { memberOfLiteral, testOfMember } from "../heap/literal-members.js";
import type { MadeValue } from "../program/made-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";

type Load = Pick<InstructionOf<"load">, "object" | "property">;

export class OptionsInRun {
  private readonly values: ContextValues;

  constructor(private readonly pointsTo: PointsTo) {
    this.values = new ContextValues(pointsTo);
  }

  /** The one constant that stands under the name in all of them. */
  constantAt(
    node: FunctionNode,
    read: Load,
    context: Context,
    evaluate: (member: MadeValue) => Constant | null,
  ): Constant | null {
    const constants = this.membersAt(node, read, context).map((member): Constant | null =>
      member === "absent" ? { value: undefined } : member && evaluate(member),
    );
    const [first = null] = constants;
    const isOne = constants.every((constant) => constant !== null && constant.value === first?.value);
    return isOne ? first : null;
  }

  /** Whether they have what a value is read from: true or false of all, else null. */
  isThere(node: FunctionNode, value: ValueId, context: Context): boolean | null {
    const read = definitionOf(node, value);
    if (read?.kind !== "load") return null;
    const answers = this.membersAt(node, read, context).map((member) => testOfMember(member, "defined"));
    const [first = null] = answers;
    return answers.every((answer) => answer === first) ? first : null;
  }

  private membersAt(
    node: FunctionNode,
    { object, property }: Load,
    context: Context,
  ): readonly (MadeValue | "absent" | null)[] {
    if (context === noContext || property.kind !== "name") return [];
    return [...(this.values.valuesIn(context, node, object) ?? [])].map((each) =>
      memberOfLiteral(this.pointsTo, each, property.name),
    );
  }
}
