/**
 * Where a value comes from, asked backwards and only at the borders of what is marked: may it come from outside
 * the program without being marked yet (`isOutside`), and is the object behind a typed read one that the program
 * itself did not make (`isOpaque`)?
 */
import type { AnnotationTable } from "../contracts/annotation.js";
import { declarationId } from "../contracts/annotation.js";
import type { Instruction, ValueId } from "../contracts/file-graph.js";
import type { Resolver } from "../contracts/resolver.js";
import { CallOrigins } from "./call-origins.js";
import { ContainerOrigins } from "./container-origins.js";
import { copiesInto } from "./copies.js";
import type { AskOrigin, OriginQuestion } from "./origin-question.js";
import { isJoinedPlaceholder, isPlaceholder } from "./placeholders.js";
import { findImport } from "./module-links.js";
import { ParameterOrigins } from "./parameter-origins.js";
import type { CallEdge, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import type { Writers } from "./writers.js";

export class Origins {
  private readonly answers = new Map<string, boolean>();
  private readonly parameters: ParameterOrigins;
  private readonly calls: CallOrigins;
  private readonly containers: ContainerOrigins;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    readonly writers: Writers,
    /** Values of which is known already what they are: they bring in nothing new. */
    private readonly isKnown: (node: FunctionNode, value: ValueId) => boolean = () => false,
    /** Of the callers of one function only this is asked. */
    caller: CallEdge | null = null,
  ) {
    const ask: AskOrigin = (question, node, value, seen) => this.ask(question, node, value, seen);
    this.parameters = new ParameterOrigins(pointsTo, annotations, ask, caller);
    this.containers = new ContainerOrigins(pointsTo, writers, ask);
    this.calls = new CallOrigins(pointsTo, resolver, annotations, this.containers, ask);
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
    return this.parameters.isEntry(node);
  }

  private ask(question: OriginQuestion, node: FunctionNode, value: ValueId, seen: Set<string>): boolean {
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

  private compute(question: OriginQuestion, node: FunctionNode, value: ValueId, seen: Set<string>): boolean {
    const definition = node.definitions[value];
    if (definition === undefined) return false;
    const again = (other: ValueId): boolean => this.ask(question, node, other, seen);
    if (definition.kind === "phi") return definition.phi.inputs.some((input) => again(input.value));
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
        if (
          question === "outside" &&
          this.annotations.byDeclaration.has(declarationId(node.file, instruction.nameAt[0]))
        )
          return false;
        return again(instruction.value);
      case "cast":
      case "await":
        return again(instruction.value);
      case "iterate":
        return (
          !this.isKnown(node, value) &&
          (again(instruction.object) ||
            (question === "outside" &&
              (this.containers.isFilled(node, instruction.object, "values", seen) ||
                this.containers.isFilled(node, instruction.object, "keys", seen))))
        );
      case "object-rest":
        return again(instruction.object);
      case "array-rest":
        return again(instruction.array);
      case "parameter":
        return this.parameters.ofParameter(question, node, instruction.index, seen);
      case "arguments":
        return this.isEntry(node);
      case "this":
        return question === "opaque" ? this.isUnmade(node) : this.parameters.ofReceiver(node, seen);
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
        return false;
      case "array":
        return question === "outside" && this.containers.isFilled(node, value, "values", seen);
      case "call":
        return this.calls.ofCall(question, node, point, seen);
      case "yield":
        return true;
      default:
        return false;
    }
  }

  private isUnmade(node: FunctionNode): boolean {
    const home = this.pointsTo.program.homeClass(node);
    return (
      home !== undefined && this.pointsTo.callersOf(node).length === 0 && !this.pointsTo.isConstructed(home)
    );
  }

  private captured(question: OriginQuestion, node: FunctionNode, slot: number, seen: Set<string>): boolean {
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
    question: OriginQuestion,
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

  private cell(question: OriginQuestion, file: string, cell: string, seen: Set<string>): boolean {
    return this.writers
      .ofCell(file, cell)
      .some((writer) => this.ask(question, writer.node, writer.value, seen));
  }

  private imported(
    question: OriginQuestion,
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
    question: OriginQuestion,
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
    if (site !== undefined && this.calls.ofOwnResults(question, site, seen)) return true;
    if (instruction.property.kind === "name") {
      const { name } = instruction.property;
      const map = /^[01]$/u.test(name) ? this.containers.mapOfPairs(node, instruction.object) : null;
      if (question === "outside" && map !== null)
        return (
          !this.isKnown(node, instruction.out) &&
          (this.ask(question, node, map, seen) ||
            this.containers.isFilled(node, map, name === "0" ? "keys" : "values", seen))
        );
      const told = this.property(question, node, instruction.object, name, seen);
      if (told !== null) return told;
    }
    return !this.isKnown(node, instruction.out) && this.ask(question, node, instruction.object, seen);
  }

  /** A property of an object that the program made: what was written there or copied in; null where it is not known. */
  private property(
    question: OriginQuestion,
    node: FunctionNode,
    object: ValueId,
    name: string,
    seen: Set<string>,
  ): boolean | null {
    if (this.written(question, node, object, name, seen)) return true;
    if (this.isKnownObject(node, object, name)) return false;
    if (question === "opaque") return null;
    for (const value of this.pointsTo.valuesOf(node, object)) {
      for (const copy of copiesInto(this.pointsTo, value)) {
        const key = `copy:${String(copy.node.index)}:${String(copy.source)}.${name}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const told = this.property(question, copy.node, copy.source, name, seen);
        if (told ?? this.ask(question, copy.node, copy.source, seen)) return true;
      }
    }
    return null;
  }

  /** `process.env.X`, `process.argv`: given from outside when the program was started. */
  private isGivenToProcess(node: FunctionNode, instruction: Extract<Instruction, { kind: "load" }>): boolean {
    if (instruction.property.kind !== "name" || !/^(?:env|argv)$/u.test(instruction.property.name))
      return false;
    return [...this.pointsTo.valuesOf(node, instruction.object)].some(
      (value) => value.kind === "foreign" && value.path.at(-1) === "process",
    );
  }

  /**
   * Every object behind the value was made by the program, and its property was written there. Instances of a class
   * may be others than those that the program makes.
   */
  private isKnownObject(node: FunctionNode, object: ValueId, name: string): boolean {
    const values = [...this.pointsTo.valuesOf(node, object)];
    return (
      values.length > 0 &&
      values.every((value) => value.kind === "object" && this.writers.ofField(value, name).length > 0)
    );
  }
}
