/**
 * Functions that are told of a call before it is done, and may name it anew: `params.action = "update"`. What was a
 * deletion is none then.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { valuesAt } from "../models/address-values.js";
import { constantMembers } from "../constants/constant-members.js";
import { askText } from "../constants/constant-operations.js";
import { walkFrom } from "../program/control-walk.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";

type Renames = NonNullable<Extract<Role, { kind: "delete" }>["renames"]>;

/** What is known of the properties that tell of the call. */
type Told = ReadonlyMap<string, string>;

const deepest = 8;

/** Does such a function make something else of the deletion? */
export function isRenamed(
  pointsTo: PointsTo,
  site: CallSite,
  { names }: ModelAt,
  { by, called, entity }: Renames,
): boolean {
  if (site.instruction.kind !== "call") return false;
  const { name } = site.instruction;
  const told: Told = new Map([
    [called, name.slice(name.lastIndexOf(".") + 1)],
    [entity, names[0] ?? ""],
  ]);
  return by
    .flatMap((address) => valuesAt(pointsTo, site, address, names))
    .some(
      (value) =>
        value.kind === "function" && new RenamingFunction(pointsTo, value.function, told, called).renames,
    );
}

class RenamingFunction {
  private readonly params: ValueId | null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly node: FunctionNode,
    private readonly told: Told,
    private readonly called: string,
  ) {
    const first = node.code.find((each) => each.kind === "parameter" && each.index === 0);
    this.params = first?.kind === "parameter" ? originOf(node, first.out) : null;
  }

  /** On the ways that a call of this name about this table may take, it gets another name. */
  get renames(): boolean {
    const { node } = this;
    const walk = walkFrom(node, 0, (condition) => this.truthOf(condition, 0));
    return node.code.some((each, point) => {
      if (each.kind !== "store" || each.property.kind !== "name" || each.property.name !== this.called)
        return false;
      if (!walk.blocks.has(node.blockOf[point] ?? 0) || !this.isHandedOn(each.object)) return false;
      const named = [...this.pointsTo.valuesOf(node, each.value)];
      return named.some(
        (value) =>
          value.kind === "constant" &&
          typeof value.value === "string" &&
          !/^(?:delete|remove|destroy)/iu.test(value.value),
      );
    });
  }

  /** What the function was given, or an object that it makes to hand it on instead. */
  private isHandedOn(object: ValueId): boolean {
    const { node } = this;
    const origin = originOf(node, object);
    if (origin === this.params) return true;
    return node.code.some(
      (each) =>
        each.kind === "call" &&
        each.arguments.some(({ value }) => originOf(node, value) === origin) &&
        this.isParameter(each.callee, 1),
    );
  }

  private isParameter(value: ValueId, index: number): boolean {
    const definition = definitionOf(this.node, originOf(this.node, value));
    return definition?.kind === "parameter" && definition.index === index;
  }

  private truthOf(condition: ValueId, depth: number): boolean | null {
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
