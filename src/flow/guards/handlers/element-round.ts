/** What is known in one round of a loop: its element, what is read of that, and conditions that this decides. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { capturedFrom } from "../../program/captured-from.js";
import { isIndex } from "../../paths/path-components.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { ReadValues } from "../../program/read-values.js";
import { originOf } from "../../paths/value-places.js";
import { foldedConstant } from "../evidence/folded-constant.js";

type Values = readonly AbstractValue[];

/** An element, or a pair of a key and what stands under it. */
export type RoundElement =
  /** `under`: what stands under it, of a key. */
  | { readonly kind: "one"; readonly values: Values; readonly under?: Values }
  | { readonly kind: "pair"; readonly key: Values; readonly values: Values };

interface Bound {
  readonly node: FunctionNode;
  readonly value: ValueId;
  readonly element: RoundElement;
}

const deepest = 12;

export class ElementRound {
  readonly read: ReadValues = (node, value) =>
    this.valuesOf(node, value) ?? this.pointsTo.valuesOf(node, value);

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly bound: readonly Bound[],
  ) {}

  /** The same in a function that is called with what is known here. */
  inside(
    callee: FunctionNode,
    caller: FunctionNode,
    given: InstructionOf<"call">["arguments"],
  ): ElementRound {
    const bound = callee.code.flatMap((each): Bound[] => {
      if (each.kind !== "parameter") return [];
      const argument = given[each.index];
      const values = argument === undefined ? null : this.valuesOf(caller, argument.value);
      return values === null ? [] : [{ node: callee, value: each.out, element: { kind: "one", values } }];
    });
    return bound.length === 0 ? this : new ElementRound(this.pointsTo, [...this.bound, ...bound]);
  }

  /** The element is the function, or has it as a property, at once or below one. */
  holds(callee: FunctionNode): boolean {
    const isIn = (value: AbstractValue, depth: number): boolean =>
      value.kind === "function"
        ? value.function === callee
        : depth > 0 &&
          isTold(value) &&
          [...this.pointsTo.fieldsOf(value).values()].some(({ values }) =>
            [...values].some((each) => isIn(each, depth - 1)),
          );
    return this.bound.some(({ element }) => {
      const under = element.kind === "one" ? (element.under ?? []) : [];
      return [...element.values, ...under].some((value) => isIn(value, 2));
    });
  }

  /** Null: the element has no say in it. */
  valuesOf(node: FunctionNode, value: ValueId, depth = 0): Values | null {
    const element = this.elementAt(node, value, depth);
    return element?.kind === "one" ? element.values : null;
  }

  private elementAt(node: FunctionNode, value: ValueId, depth: number): RoundElement | null {
    const origin = originOf(node, value);
    const known = this.bound.find((each) => each.node === node && each.value === origin);
    if (known !== undefined) return known.element;
    const definition = node.definitions[origin];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction } = definition;
    if (instruction.kind === "capture") {
      const captured = capturedFrom(this.pointsTo, node, instruction.slot);
      return captured === null ? null : this.elementAt(captured.node, captured.value, depth + 1);
    }
    if (instruction.kind !== "load") return null;
    const { property } = instruction;
    if (property.kind === "element") return null;
    if (property.kind !== "name") {
      // `routes[name]`, where the name is what the round is about.
      const [key] = this.valuesOf(node, property.value, depth + 1) ?? [];
      if (key?.kind !== "constant") return null;
      const objects = [...this.pointsTo.valuesOf(node, instruction.object)];
      return objects.every(isTold) ? this.fieldsAt(objects, String(key.value)) : null;
    }
    const { name } = property;
    const of = this.elementAt(node, instruction.object, depth + 1);
    if (of?.kind === "pair")
      return { kind: "one", values: isIndex(name) && name === "0" ? of.key : of.values };
    return of?.values.every(isTold) === true ? this.fieldsAt(of.values, name) : null;
  }

  private fieldsAt(objects: Values, name: string): RoundElement | null {
    const fields = objects.map((each) => this.pointsTo.fieldsOf(each).get(name));
    // What is put there without being known as a value may be anything.
    const isUnknown = objects.some(
      (each, index) => fields[index]?.isEmpty !== false && this.mayHave(each, name),
    );
    return isUnknown ? null : { kind: "one", values: fields.flatMap((each) => [...(each?.values ?? [])]) };
  }

  /** Something is put there by the name, or by all the names of another object. */
  private mayHave(object: AbstractValue, name: string): boolean {
    const { pointsTo } = this;
    if (object.kind !== "object") return true;
    return pointsTo.program.functions.some((node) =>
      node.code.some((each) => {
        const into =
          each.kind === "copy-properties"
            ? each.target
            : each.kind === "store" && (each.property.kind !== "name" || each.property.name === name)
              ? each.object
              : null;
        return into !== null && pointsTo.valuesOf(node, into).has(object);
      }),
    );
  }

  /** Whether a condition holds in this round; null: it cannot be told. */
  truthOf(node: FunctionNode, condition: ValueId): boolean | null {
    const known = this.valuesOf(node, condition);
    if (known !== null) return commonTruth(known);
    const definition = node.definitions[originOf(node, condition)];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "unary": {
        if (instruction.operator !== "!") return null;
        const truth = this.truthOf(node, instruction.operand);
        return truth === null ? null : !truth;
      }
      case "binary":
        return this.compared(node, instruction);
      case "call":
        return this.isIncluded(node, instruction);
      default:
        return null;
    }
  }

  private compared(node: FunctionNode, { operator, left, right }: InstructionOf<"binary">): boolean | null {
    if (!/^[!=]==?$/u.test(operator)) return null;
    const [one, other] = [this.scalarOf(node, left), this.scalarOf(node, right)];
    if (one === null || other === null) return null;
    const isSame =
      operator.length === 3 ? one.value === other.value : (one.value ?? null) === (other.value ?? null);
    return operator.startsWith("!") ? !isSame : isSame;
  }

  private scalarOf(
    node: FunctionNode,
    value: ValueId,
  ): { readonly value: string | number | boolean | null | undefined } | null {
    const known = this.valuesOf(node, value);
    if (known === null) return foldedConstant(this.pointsTo, node, value);
    const [only, ...others] = known;
    if (only === undefined) return { value: undefined };
    return only.kind === "constant" && others.length === 0 ? { value: only.value } : null;
  }

  /** `open.includes(name)`, `open.has(name)` */
  private isIncluded(node: FunctionNode, call: InstructionOf<"call">): boolean | null {
    const [asked] = call.arguments;
    const isAsking = /\.(?:includes|has)$/u.test(call.name) && call.arguments.length === 1;
    if (call.receiver === null || asked === undefined || !isAsking) return null;
    const looked = this.valuesOf(node, asked.value);
    const [name, ...names] = looked ?? [];
    const [list, ...lists] = this.pointsTo.valuesOf(node, call.receiver);
    if (name?.kind !== "constant" || list === undefined || names.length + lists.length > 0) return null;
    const elements = this.textsIn(list);
    return elements === null ? null : elements.includes(name.value);
  }

  private textsIn(list: AbstractValue): readonly unknown[] | null {
    const filled = this.filledWith(list);
    if (filled !== null) return this.textsIn(filled);
    const fields = [...this.pointsTo.fieldsOf(list)].filter(
      ([name, { isEmpty }]) => !isEmpty && name !== "*",
    );
    const isList = list.kind === "object" && list.array && fields.every(([name]) => /^\d+$/u.test(name));
    if (!isList) return null;
    const values = fields.map(([, { values: each }]) => [...each]);
    return values.every(([first, ...others]) => first?.kind === "constant" && others.length === 0)
      ? values.map(([first]) => (first?.kind === "constant" ? first.value : undefined))
      : null;
  }

  /** The list that a set was made of, where nothing else was put into it. */
  private filledWith(set: AbstractValue): AbstractValue | null {
    if (set.kind !== "foreign" || set.module !== "lib" || set.path[0] !== "Set" || set.site === null)
      return null;
    const [owner, point] = set.site.split(":").map(Number);
    const node = this.pointsTo.program.functions[owner ?? -1];
    const made = node?.code[point ?? -1];
    if (node === undefined || made?.kind !== "call" || !made.new) return null;
    const [given] = made.arguments;
    const [only, ...others] = given === undefined ? [] : this.pointsTo.valuesOf(node, given.value);
    if (only === undefined || others.length > 0) return null;
    const all = this.pointsTo.fieldNode(only, "*").values;
    return [...this.pointsTo.fieldNode(set, "*").values].every((each) => all.has(each)) ? only : null;
  }
}

/** Its properties are those that the program gives it, as far as it is told which one is meant. */
function isTold({ kind }: AbstractValue): boolean {
  return kind === "object" || kind === "instance" || kind === "class" || kind === "function";
}

function commonTruth(values: Values): boolean | null {
  // A property that no element of the program has is not there.
  if (values.length === 0) return false;
  const truths = new Set(
    values.map((each) =>
      each.kind === "constant" ? Boolean(each.value) : each.kind === "computed" ? null : true,
    ),
  );
  const [only, ...others] = truths;
  return only === undefined || others.length > 0 ? null : only;
}
