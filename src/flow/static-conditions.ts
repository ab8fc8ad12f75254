/** Conditions that the program text decides: constants, comparisons of constants, flags that nobody changes. */
import type { ValueId } from "../contracts/file-graph.js";
import { findImport } from "./module-links.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

type Constant = { readonly value: string | number | boolean | null | undefined };

const deepest = 12;

export class StaticConditions {
  private readonly writers = new Map<string, { node: FunctionNode; value: ValueId }[]>();
  private readonly answers = new Map<string, boolean | null>();

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

  /** Whether a condition always holds (true), never (false), or depends (null). */
  truthOf(node: FunctionNode, value: ValueId): boolean | null {
    const key = `${String(node.index)}:${String(value)}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const constant = this.evaluate(node, value, 0);
    const answer = constant === null ? null : Boolean(constant.value);
    this.answers.set(key, answer);
    return answer;
  }

  private evaluate(node: FunctionNode, value: ValueId, depth: number): Constant | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "constant":
        if (instruction.type === "regexp" || instruction.type === "bigint") return null;
        return { value: instruction.type === "undefined" ? undefined : instruction.value };
      case "declare":
      case "cast":
        return this.evaluate(node, instruction.value, depth + 1);
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
        const operand = this.evaluate(node, instruction.operand, depth + 1);
        if (operand === null) return null;
        return instruction.operator === "!" ? { value: !operand.value } : null;
      }
      case "binary": {
        const left = this.evaluate(node, instruction.left, depth + 1);
        const right = this.evaluate(node, instruction.right, depth + 1);
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

  private cell(key: string, depth: number): Constant | null {
    const writers = this.writers.get(key) ?? [];
    const [only] = writers;
    return only === undefined || writers.length > 1 ? null : this.evaluate(only.node, only.value, depth + 1);
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
