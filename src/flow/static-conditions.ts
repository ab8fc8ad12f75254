/**
 * Conditions that the program text decides: constants, comparisons of constants, flags that nobody changes; and in one
 * run of a function what its caller gives as constants.
 */
import type { Instruction, ValueId } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { findImport } from "./module-links.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

type Constant = { readonly value: string | number | boolean | null | undefined };

const deepest = 12;

export class StaticConditions {
  private readonly writers = new Map<string, { node: FunctionNode; value: ValueId }[]>();
  private readonly answers = new Map<string, boolean | null>();
  private changed: ReadonlySet<AbstractValue> | null = null;

  constructor(private readonly pointsTo: PointsTo) {
    for (const node of pointsTo.program.functions) {
      for (const instruction of node.code) {
        if (instruction.kind !== "cell-write") continue;
        const key = `${node.file}#${instruction.cell}`;
        const list = this.writers.get(key);
        if (list === undefined) this.writers.set(key, [{ node, value: instruction.value }]);
        else list.push({ node, value: instruction.value });
      }
    }
  }

  /** Whether a condition always holds (true), never (false), or depends (null), in one run of the function. */
  truthOf(node: FunctionNode, value: ValueId, context: Context = noContext): boolean | null {
    const key = `${String(node.index)}:${String(value)}:${context.key}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const constant = this.evaluate(node, value, context, 0);
    const answer = constant === null ? null : Boolean(constant.value);
    this.answers.set(key, answer);
    return answer;
  }

  private evaluate(node: FunctionNode, value: ValueId, context: Context, depth: number): Constant | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "constant":
        if (instruction.type === "regexp" || instruction.type === "bigint") return null;
        return { value: instruction.type === "undefined" ? undefined : instruction.value };
      case "parameter":
        return onlyConstant(context.parameters.get(instruction.index));
      case "call":
        return this.membership(node, instruction, context, depth);
      case "declare":
      case "cast":
        return this.evaluate(node, instruction.value, context, depth + 1);
      case "cell-read":
        return this.cell(`${node.file}#${instruction.cell}`, depth);
      case "import-read": {
        const binding = node.fileGraph.imports[instruction.import];
        const [link, ...others] =
          binding === undefined ? [] : findImport(this.pointsTo, node.file, binding.specifier, binding.name);
        return link?.kind === "cell" && others.length === 0
          ? this.cell(`${link.file}#${link.cell}`, depth)
          : null;
      }
      case "unary": {
        const operand = this.evaluate(node, instruction.operand, context, depth + 1);
        if (operand === null) return null;
        return instruction.operator === "!" ? { value: !operand.value } : null;
      }
      case "binary": {
        const left = this.evaluate(node, instruction.left, context, depth + 1);
        const right = this.evaluate(node, instruction.right, context, depth + 1);
        return left === null || right === null
          ? null
          : compare(instruction.operator, left.value, right.value);
      }
      case "load":
        return instruction.property.kind === "name"
          ? this.flag(node, instruction.object, instruction.property.name)
          : null;
      default:
        return null;
    }
  }

  /** `secret.has(name)`, `secret.includes(name)`: a list of constants that is written once and for all. */
  private membership(
    node: FunctionNode,
    { name, receiver, arguments: given }: Extract<Instruction, { kind: "call" }>,
    context: Context,
    depth: number,
  ): Constant | null {
    const [wanted, ...others] = given;
    if (!/\.(?:has|includes)$/u.test(name) || receiver === null || wanted === undefined || others.length > 0)
      return null;
    const [list, ...alternatives] = [...this.pointsTo.valuesOf(node, receiver)];
    if (list === undefined || alternatives.length > 0) return null;
    const constant = this.evaluate(node, wanted.value, context, depth + 1);
    const members = this.constantMembers(list);
    return constant === null || members === null ? null : { value: members.has(constant.value) };
  }

  /** The members of a list or set made while a module loads, if all of them are constants. */
  private constantMembers(list: AbstractValue): ReadonlySet<unknown> | null {
    if (list.kind !== "object" && list.kind !== "foreign") return null;
    if (list.site === null || !this.isModuleLiteral(list.site)) return null;
    this.changed ??= changedLists(this.pointsTo);
    if (this.changed.has(list)) return null;
    const elements = this.pointsTo.fieldNode(list, "*");
    const constants = [...elements.values].flatMap((each) => (each.kind === "constant" ? [each.value] : []));
    return elements.isFull || constants.length === 0 || constants.length < elements.values.size
      ? null
      : new Set(constants);
  }

  private cell(key: string, depth: number): Constant | null {
    const writers = this.writers.get(key) ?? [];
    const [only] = writers;
    return only === undefined || writers.length > 1
      ? null
      : this.evaluate(only.node, only.value, noContext, depth + 1);
  }

  /** A property of a literal that is written once, in the literal, with a constant. */
  private flag(node: FunctionNode, object: ValueId, name: string): Constant | null {
    const [literal, ...others] = [...this.pointsTo.valuesOf(node, object)];
    if (literal?.kind !== "object" || others.length > 0 || !/^\d+:\d+$/u.test(literal.site)) return null;
    const fields = this.pointsTo.fieldsOf(literal);
    const values = [...(fields.get(name)?.values ?? [])];
    if ((fields.get("[]")?.values.size ?? 0) > 0 || values.length !== 1 || values[0]?.kind !== "constant")
      return null;
    return this.isModuleLiteral(literal.site) ? { value: values[0].value } : null;
  }

  private isModuleLiteral(site: string): boolean {
    return this.pointsTo.program.functions[Number(site.split(":")[0])]?.graph.kind === "module";
  }
}

const changing = /\.(?:add|push|unshift|splice|delete|clear|pop|shift|fill|set)$/u;

/** Lists and sets that somebody changes after they were made. */
function changedLists(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  for (const node of pointsTo.program.functions) {
    for (const instruction of node.code) {
      const object =
        instruction.kind === "call" && changing.test(instruction.name)
          ? instruction.receiver
          : instruction.kind === "store" && !instruction.initial
            ? instruction.object
            : null;
      if (object !== null) for (const value of pointsTo.valuesOf(node, object)) found.add(value);
    }
  }
  return found;
}

function onlyConstant(values: ReadonlySet<AbstractValue> | undefined): Constant | null {
  if (values?.size !== 1) return null;
  const [only] = values;
  return only?.kind === "constant" ? { value: only.value } : null;
}

function compare(operator: string, left: Constant["value"], right: Constant["value"]): Constant | null {
  if (operator === "===" || operator === "==") return { value: left === right };
  if (operator === "!==" || operator === "!=") return { value: left !== right };
  if (typeof left !== "number" || typeof right !== "number") return null;
  switch (operator) {
    case "<":
      return { value: left < right };
    case "<=":
      return { value: left <= right };
    case ">":
      return { value: left > right };
    case ">=":
      return { value: left >= right };
    default:
      return null;
  }
}
