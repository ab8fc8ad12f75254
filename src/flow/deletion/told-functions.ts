/**
 * What a function knows of the call that it stands before: how it is named and of which table it is, by properties of
 * its first parameter, and so which ways it takes: `if (operation === "delete" && SOFT.has(model))`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { constantMembers } from "../constants/constant-members.js";
import { askText } from "../constants/constant-operations.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ControlWalk } from "../program/control-walk.js";
import { walkFrom } from "../program/control-walk.js";
import type { FunctionNode } from "../program/program.js";

/** What is known of the properties that tell of the call. */
export type Told = ReadonlyMap<string, string>;

const deepest = 8;

/** Told by the properties `called` how the call is named, and by `entity` of which table it is. */
export function toldOf(
  { instruction }: CallSite,
  names: readonly string[],
  called: readonly string[],
  entity: readonly string[],
): Told {
  const name = instruction.kind === "call" ? instruction.name : "";
  return new Map([
    ...called.map((each) => [each, name.slice(name.lastIndexOf(".") + 1)] as const),
    ...entity.map((each) => [each, names[0] ?? ""] as const),
  ]);
}

export class ToldFunction {
  /** What it is told by. */
  readonly params: ValueId | null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly node: FunctionNode,
    private readonly told: Told,
  ) {
    const first = node.code.find((each) => each.kind === "parameter" && each.index === 0);
    this.params = first?.kind === "parameter" ? originOf(node, first.out) : null;
  }

  /** Where it may come for such a call. */
  get ways(): ControlWalk {
    return walkFrom(this.node, 0, (condition) => this.truthOf(condition));
  }

  private truthOf(condition: ValueId, depth = 0): boolean | null {
    const definition = definitionOf(this.node, originOf(this.node, condition));
    if (definition === null || depth > deepest) return null;
    switch (definition.kind) {
      case "unary": {
        const truth = definition.operator === "!" ? this.truthOf(definition.operand, depth + 1) : null;
        return truth === null ? null : !truth;
      }
      case "binary": {
        if (!/^[!=]==?$/u.test(definition.operator)) return null;
        const isSame =
          this.isTold(definition.left, definition.right) ?? this.isTold(definition.right, definition.left);
        return isSame === null ? null : isSame === definition.operator.startsWith("=");
      }
      case "call": {
        const [asked] = definition.arguments;
        if (definition.receiver === null || asked === undefined) return null;
        const method = definition.name.slice(definition.name.lastIndexOf(".") + 1);
        const subject = this.toldAt(definition.receiver);
        if (subject !== null) return this.answerOf(subject, method, asked.value);
        const wanted = this.toldAt(asked.value);
        return wanted === null || !/^(?:includes|has)$/u.test(method)
          ? null
          : this.isMember(definition.receiver, wanted);
      }
      default:
        return null;
    }
  }

  /** `action.startsWith("delete")` */
  private answerOf(subject: string, method: string, asked: ValueId): boolean | null {
    const text = foldedConstant(this.pointsTo, this.node, asked)?.value;
    const answer = typeof text === "string" ? askText(subject, method, text) : null;
    return typeof answer?.value === "boolean" ? answer.value : null;
  }

  private isMember(list: ValueId, wanted: string): boolean | null {
    const [members = null, ...others] = [...this.pointsTo.valuesOf(this.node, list)].map((each) =>
      constantMembers(this.pointsTo, each),
    );
    if (members === null || others.length > 0) return null;
    return [...members].some((each) => typeof each === "string" && isSameWord(each, wanted));
  }

  /** Is what is told of the call this constant? */
  private isTold(value: ValueId, constant: ValueId): boolean | null {
    const told = this.toldAt(value);
    const text = told === null ? null : foldedConstant(this.pointsTo, this.node, constant)?.value;
    return told === null || typeof text !== "string" ? null : isSameWord(told, text);
  }

  private toldAt(value: ValueId): string | null {
    const definition = definitionOf(this.node, originOf(this.node, value));
    if (definition?.kind !== "load" || definition.property.kind !== "name") return null;
    if (originOf(this.node, definition.object) !== this.params) return null;
    return this.told.get(definition.property.name) ?? null;
  }
}

/** A client calls a table as its schema does, but for the first letter. */
function isSameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
