/** Options that one run of a function is called with, as the literals at its calls say: `{ withName: false }`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { areAllKnown } from "../constants/complete-values.js";
import type { Constant } from "../constants/constant-operations.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { ContextValues } from "./context-values.js";
import { flagMember } from "../constants/frozen-literals.js";
import { isKnownOutside } from "../heap/unused-closures.js";
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
    const members = this.membersAt(node, read, context);
    if (members.length === 0 && read.property.kind === "name")
      return flagMember(this.pointsTo, node, read.object, read.property.name) === "absent" ? false : null;
    const answers = members.map((member) => testOfMember(this.pointsTo, member, "defined"));
    const [first = null] = answers;
    return answers.every((answer) => answer === first) ? first : null;
  }

  private membersAt(
    node: FunctionNode,
    { object, property }: Load,
    context: Context,
  ): readonly (MadeValue | "absent" | null)[] {
    if (property.kind !== "name") return [];
    return [...(this.objectsIn(node, object, context) ?? [])].map((each) =>
      memberOfLiteral(this.pointsTo, each, property.name),
    );
  }

  private objectsIn(node: FunctionNode, object: ValueId, context: Context): Iterable<AbstractValue> | null {
    const definition = definitionOf(node, object);
    if (definition?.kind !== "parameter" || context.parameters.has(definition.index))
      return context === noContext ? null : this.values.valuesIn(context, node, object);
    // A copy is run by the calls that it was made for; whoever calls a function from outside has no context.
    if (context === noContext && node.copy === null && mayBeCalledElsewhere(this.pointsTo, node)) return null;
    return this.areAllGiven(node, definition.index) ? this.pointsTo.valuesOf(node, object) : null;
  }

  private areAllGiven(node: FunctionNode, index: number): boolean {
    const callers = this.pointsTo.callersOf(node);
    return (
      callers.length > 0 &&
      this.pointsTo.callbacksOf(node).length === 0 &&
      callers.every(({ site: { caller, instruction }, shape, bound }) => {
        if (bound !== null || instruction.kind !== "call" || !/^(?:call|construct)$/u.test(shape))
          return false;
        const given = instruction.arguments.slice(0, index + 1);
        const last = given[index];
        return (
          last !== undefined &&
          !given.some(({ spread }) => spread) &&
          areAllKnown(this.pointsTo, noContext, caller, last.value)
        );
      })
    );
  }
}

/** Methods may be called by whoever has the object. */
function mayBeCalledElsewhere(pointsTo: PointsTo, node: FunctionNode): boolean {
  return node.graph.class !== null || isKnownOutside(pointsTo, node);
}
