/**
 * Where a value comes from, asked backwards and only at the borders of what is marked: may it come from outside
 * the program without being marked yet (`isOutside`), and is the object behind a typed read one that the program
 * itself did not make (`isOpaque`)?
 */
import type { AnnotationTable } from "../contracts/annotation.js";
import { declarationId } from "../contracts/annotation.js";
import type { Instruction, ValueId } from "../contracts/file-graph.js";
import type { Address } from "../contracts/model.js";
import type { Resolver } from "../contracts/resolver.js";
import { operandsOfSite } from "./address-values.js";
import { isJoinedPlaceholder, isPlaceholder } from "./placeholders.js";
import { functionAddress } from "./model-constraints.js";
import { findImport } from "./module-links.js";
import type { CallEdge, CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { selectModels } from "./select-models.js";
import { Writers } from "./writers.js";

/** Functions whose result is no plain child data. */
const protecting: ReadonlySet<string> = new Set(["encrypts", "redacts", "anonymizes"]);

type Question = "outside" | "opaque";

export class Origins {
  private readonly answers = new Map<string, boolean>();
  readonly writers: Writers;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
  ) {
    this.writers = new Writers(pointsTo);
  }

  /** May this value bring something in from outside that no annotation has marked yet? */
  isOutside(node: FunctionNode, value: ValueId): boolean {
    return this.ask("outside", node, value, new Set());
  }

  /** Is this an object whose content the program does not show (a request, a row, a parsed text)? */
  isOpaque(node: FunctionNode, value: ValueId): boolean {
    return this.ask("opaque", node, value, new Set());
  }

  /** A function that nothing in the program calls: its parameters come from outside. */
  isEntry(node: FunctionNode): boolean {
    return this.pointsTo.callersOf(node).length === 0 && this.pointsTo.callbacksOf(node).length === 0;
  }

  private ask(question: Question, node: FunctionNode, value: ValueId, seen: Set<string>): boolean {
    const key = `${question}:${String(node.index)}:${String(value)}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    if (seen.has(key)) return false;
    const outermost = seen.size === 0;
    seen.add(key);
    const answer = this.compute(question, node, value, seen);
    if (answer || outermost) this.answers.set(key, answer);
    return answer;
  }

  private compute(question: Question, node: FunctionNode, value: ValueId, seen: Set<string>): boolean {
    const definition = node.definitions[value];
    if (definition === undefined) return false;
    const again = (other: ValueId): boolean => this.ask(question, node, other, seen);
    if (definition.kind === "phi") return definition.phi.inputs.some((input) => again(input.value));
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
        if (question === "outside" && this.isField(node, instruction.nameAt[0])) return false;
        return again(instruction.value);
      case "cast":
      case "await":
        return again(instruction.value);
      case "iterate":
      case "object-rest":
        return again(instruction.object);
      case "array-rest":
        return again(instruction.array);
      case "parameter":
        return this.parameter(question, node, instruction.index, seen);
      case "arguments":
        return this.isEntry(node);
      case "this":
        return question === "opaque" && this.isUnmade(node);
      case "capture":
        return this.captured(question, node, instruction.slot, seen);
      case "box-read":
        return this.written(question, node, instruction.box, "<box>", seen);
      case "cell-read":
        return this.cell(question, node.file, instruction.cell, seen);
      case "import-read":
        return this.imported(question, node, instruction, seen);
      case "catch":
        return false;
      case "global":
        return question === "outside"
          ? /^(document|window|location|navigator|event|prompt)$/u.test(instruction.name)
          : false;
      case "load":
      case "super-load":
        return this.load(question, node, instruction, point, seen);
      case "template":
        return (
          question === "outside" &&
          !isPlaceholder(node, instruction.texts, instruction.values) &&
          instruction.values.some(again)
        );
      case "binary":
        return (
          question === "outside" &&
          !isJoinedPlaceholder(node, instruction) &&
          !/^(===?|!==?|[<>]=?|in|instanceof)$/u.test(instruction.operator) &&
          (again(instruction.left) || again(instruction.right))
        );
      case "unary":
        return question === "outside" && /^[+\-~]$/u.test(instruction.operator) && again(instruction.operand);
      case "object":
      case "array":
        return false;
      case "call":
        return this.call(question, node, point, seen);
      case "yield":
        return true;
      default:
        return false;
    }
  }

  private isField(node: FunctionNode, nameStart: number): boolean {
    return this.annotations.byDeclaration.has(declarationId(node.file, nameStart));
  }

  private isUnmade(node: FunctionNode): boolean {
    const home = this.pointsTo.program.homeClass(node);
    return (
      home !== undefined && this.pointsTo.callersOf(node).length === 0 && !this.pointsTo.isConstructed(home)
    );
  }

  private parameter(question: Question, node: FunctionNode, index: number, seen: Set<string>): boolean {
    const parameter = node.graph.parameters[index];
    if (question === "outside" && parameter !== undefined && this.isField(node, parameter.nameAt[0]))
      return false;
    if (this.isEntry(node)) return !this.isInjected(node);
    const callers = this.pointsTo.callersOf(node);
    if (
      callers.some((edge) =>
        this.argumentOf(edge, index).some((value) => this.ask(question, edge.site.caller, value, seen)),
      )
    )
      return true;
    return this.pointsTo
      .callbacksOf(node)
      .some((edge) => this.callbackArgument(question, edge.site, edge.address, index, seen));
  }

  /** A constructor that the program never calls is called by a container with services, not with people's data. */
  private isInjected(node: FunctionNode): boolean {
    return (
      node.graph.kind === "constructor" &&
      node.graph.parameters.every((parameter) => parameter.property || parameter.type !== null) &&
      node.graph.parameters.some((parameter) => parameter.property)
    );
  }

  private argumentOf(edge: CallEdge, index: number): readonly ValueId[] {
    const { instruction } = edge.site;
    if (edge.shape === "setter" && instruction.kind === "store") return [instruction.value];
    if (edge.shape === "jsx" && instruction.kind === "jsx") return [instruction.props];
    if (instruction.kind !== "call" && instruction.kind !== "super-call") return [];
    const shift = edge.shape === "invoke-call" ? 1 : edge.shape === "template" ? -1 : 0;
    const list = instruction.arguments;
    if (edge.shape === "invoke-apply") return list.slice(1, 2).map((argument) => argument.value);
    if (edge.shape === "bound") return list.map((argument) => argument.value);
    const parameter = edge.callee.graph.parameters[index];
    if (parameter?.rest === true || list.some((argument) => argument.spread))
      return list.slice(index + shift).map((argument) => argument.value);
    const argument = list[index + shift];
    return argument === undefined ? [] : [argument.value];
  }

  private callbackArgument(
    question: Question,
    site: CallSite,
    address: string,
    index: number,
    seen: Set<string>,
  ): boolean {
    if (site.foreign.size === 0) return true;
    for (const callee of site.foreign) {
      const models = selectModels(this.pointsTo, site, callee);
      if (models.length === 0) return true;
      for (const { model } of models) {
        for (const role of model.roles) {
          if (role.kind === "input" && role.output.some((output) => this.isParameter(output, address, index)))
            return true;
          if (role.kind !== "flow" || !role.to.some((to) => this.isParameter(to, address, index))) continue;
          if (role.from.some((from) => this.operandAnswers(question, site, from, seen))) return true;
        }
      }
    }
    return false;
  }

  private isParameter(address: Address, functionText: string, index: number): boolean {
    return address.steps.some(
      (step, position) =>
        step.kind === "parameter" &&
        step.index === index &&
        functionAddress(address, position) === functionText,
    );
  }

  private operandAnswers(question: Question, site: CallSite, address: Address, seen: Set<string>): boolean {
    return operandsAt(site, address).some((value) => this.ask(question, site.caller, value, seen));
  }

  private captured(question: Question, node: FunctionNode, slot: number, seen: Set<string>): boolean {
    const parent =
      node.graph.parent === null ? undefined : this.pointsTo.program.functionOf(node.file, node.graph.parent);
    if (parent === undefined) return false;
    for (const instruction of parent.code) {
      if (instruction.kind !== "function" || instruction.function !== node.graph.id) continue;
      const captured = instruction.captures[slot];
      return captured !== undefined && this.ask(question, parent, captured, seen);
    }
    return false;
  }

  private written(
    question: Question,
    node: FunctionNode,
    object: ValueId,
    name: string,
    seen: Set<string>,
  ): boolean {
    for (const value of this.pointsTo.valuesOf(node, object)) {
      for (const writer of this.writers.ofField(value, name))
        if (this.ask(question, writer.node, writer.value, seen)) return true;
    }
    return false;
  }

  private cell(question: Question, file: string, cell: string, seen: Set<string>): boolean {
    return this.writers
      .ofCell(file, cell)
      .some((writer) => this.ask(question, writer.node, writer.value, seen));
  }

  private imported(
    question: Question,
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "import-read" }>,
    seen: Set<string>,
  ): boolean {
    const binding = node.fileGraph.imports[instruction.import];
    if (binding === undefined) return false;
    return findImport(this.pointsTo, node.file, binding.specifier, binding.name).some(
      (link) => link.kind === "cell" && this.cell(question, link.file, link.cell, seen),
    );
  }

  private load(
    question: Question,
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "load" | "super-load" }>,
    point: number,
    seen: Set<string>,
  ): boolean {
    if (question === "outside" && instruction.property.kind === "name") {
      if (/^(length|size|byteLength)$/u.test(instruction.property.name)) return false;
      if (
        this.annotations.names.has(instruction.property.name) &&
        this.resolver.fieldsAt(node.file, instruction.nameAt[0]).length > 0
      )
        return false;
    }
    if (instruction.kind === "super-load") return false;
    if (question === "outside" && this.isGivenToProcess(node, instruction)) return true;
    const site = this.pointsTo.findSite(node, point);
    if (site !== undefined && this.ownResults(question, site, seen)) return true;
    if (
      instruction.property.kind === "name" &&
      this.written(question, node, instruction.object, instruction.property.name, seen)
    )
      return true;
    if (
      instruction.property.kind === "name" &&
      this.isKnownObject(node, instruction.object, instruction.property.name)
    )
      return false;
    return this.ask(question, node, instruction.object, seen);
  }

  /** `process.env.X`, `process.argv`: given from outside when the program was started. */
  private isGivenToProcess(node: FunctionNode, instruction: Extract<Instruction, { kind: "load" }>): boolean {
    if (instruction.property.kind !== "name" || !/^(?:env|argv)$/u.test(instruction.property.name))
      return false;
    return [...this.pointsTo.valuesOf(node, instruction.object)].some(
      (value) => value.kind === "foreign" && value.path.at(-1) === "process",
    );
  }

  /** Every object behind the value was made by the program, and its property was written there. */
  private isKnownObject(node: FunctionNode, object: ValueId, name: string): boolean {
    const values = [...this.pointsTo.valuesOf(node, object)];
    return (
      values.length > 0 &&
      values.every(
        (value) =>
          (value.kind === "object" || value.kind === "instance") &&
          this.writers.ofField(value, name).length > 0,
      )
    );
  }

  private ownResults(question: Question, site: CallSite, seen: Set<string>): boolean {
    for (const edge of site.edges.values()) {
      if (edge.shape === "setter" || edge.shape === "construct") continue;
      for (const block of edge.callee.graph.blocks) {
        if (
          block.end.kind === "return" &&
          block.end.value !== null &&
          this.ask(question, edge.callee, block.end.value, seen)
        )
          return true;
      }
    }
    return false;
  }

  private isProtector(site: CallSite): boolean {
    const definition =
      site.instruction.kind === "call" ? site.caller.definitions[site.instruction.callee] : undefined;
    if (definition?.kind === "instruction") {
      const { instruction } = definition;
      const roles =
        this.resolver.rolesAt?.(
          site.caller.file,
          instruction.kind === "load" ? instruction.nameAt[0] : instruction.at[0],
        ) ?? [];
      if (roles.some((each) => protecting.has(each.tag))) return true;
    }
    return [...site.edges.values()].some((edge) =>
      (
        this.annotations.functions.get(declarationId(edge.callee.file, edge.callee.graph.nameAt[0])) ?? []
      ).some((each) => protecting.has(each.tag)),
    );
  }

  private call(question: Question, node: FunctionNode, point: number, seen: Set<string>): boolean {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call") return false;
    if (this.isProtector(site)) return false;
    if (site.edges.size > 0 && this.ownResults(question, site, seen)) return true;
    for (const callee of site.foreign) if (this.foreignResult(question, site, callee, seen)) return true;
    if (site.foreign.size === 0 && site.edges.size === 0)
      return question === "opaque" || this.anyOperand(question, site, seen);
    return false;
  }

  private anyOperand(question: Question, site: CallSite, seen: Set<string>): boolean {
    const { receiver, arguments: list } = operandsOfSite(site);
    return [...(receiver === null ? [] : [receiver]), ...list.map((argument) => argument.value)].some(
      (value) => this.ask(question, site.caller, value, seen),
    );
  }

  private foreignResult(
    question: Question,
    site: CallSite,
    callee: Parameters<typeof selectModels>[2],
    seen: Set<string>,
  ): boolean {
    const models = selectModels(this.pointsTo, site, callee);
    if (models.length === 0)
      return question === "opaque" ? callee.module !== "lib" : this.anyOperand(question, site, seen);
    let silent = true;
    for (const { model } of models) {
      for (const role of model.roles) {
        if (role.kind === "none" || role.kind === "encrypt") silent = false;
        else if (role.kind === "input" || role.kind === "rows" || role.kind === "shaped") {
          if (question === "opaque" || role.kind !== "shaped") return true;
          if (this.anyOperand(question, site, seen)) return true;
        } else if (role.kind === "flow" && role.to.some((to) => to.root.kind === "return")) {
          silent = false;
          if (role.from.some((from) => this.flowSource(question, site, from, seen))) return true;
        }
      }
    }
    return silent && question === "opaque" && callee.module !== "lib" && callee.module !== "global";
  }

  /** What a flow takes from: an operand, or what a callback returns. */
  private flowSource(question: Question, site: CallSite, from: Address, seen: Set<string>): boolean {
    if (!from.steps.some((step) => step.kind === "result"))
      return this.operandAnswers(question, site, from, seen);
    for (const edge of site.callbacks.values()) {
      for (const block of edge.callee.graph.blocks) {
        if (
          block.end.kind === "return" &&
          block.end.value !== null &&
          this.ask(question, edge.callee, block.end.value, seen)
        )
          return true;
      }
    }
    return false;
  }
}

/** The operand values that an address is rooted at. */
export function operandsAt(site: CallSite, address: Address): readonly ValueId[] {
  const operands = operandsOfSite(site);
  const { root } = address;
  switch (root.kind) {
    case "argument": {
      const argument = operands.arguments[root.index];
      return argument === undefined ? [] : [argument.value];
    }
    case "template":
      return root.index === null
        ? operands.arguments.map((each) => each.value)
        : operands.arguments.slice(root.index, root.index + 1).map((each) => each.value);
    case "arguments":
      return operands.arguments.slice(root.from).map((each) => each.value);
    case "this":
      return operands.receiver === null ? [] : [operands.receiver];
    case "value":
      return operands.value === null ? [] : [operands.value];
    default:
      return [];
  }
}
