/**
 * Where a value comes from, asked backwards and only at the borders of what is marked: may it come from outside
 * the program without being marked yet (`isOutside`), and is the object behind a typed read one that the program
 * itself did not make (`isOpaque`)?
 */
import type { AnnotationTable } from "../contracts/annotation.js";
import { declarationId } from "../contracts/annotation.js";
import type { Instruction, ValueId } from "../contracts/file-graph.js";
import type { Resolver } from "../contracts/resolver.js";
import type { AbstractValue } from "./abstract-value.js";
import { CallOrigins } from "./call-origins.js";
import { ContainerOrigins } from "./container-origins.js";
import { copiesInto } from "./copies.js";
import type { Copy } from "./copies.js";
import { about, anyOf, either } from "./origin-question.js";
import type { AskOrigin, Origin, OriginQuestion } from "./origin-question.js";
import { isJoinedPlaceholder, isPlaceholder } from "./placeholders.js";
import { findImport } from "./module-links.js";
import { ParameterOrigins } from "./parameter-origins.js";
import type { CallEdge, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import type { Writers } from "./writers.js";

type IsKnown = (node: FunctionNode, value: ValueId, byAssumption: boolean) => boolean;

const comparison = /^(===?|!==?|[<>]=?|in|instanceof)$/u;

export class Origins {
  private readonly answers = new Map<string, Origin>();
  private readonly parameters: ParameterOrigins;
  private readonly calls: CallOrigins;
  private readonly containers: ContainerOrigins;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    readonly writers: Writers,
    /** Values of which is known already what they are, for certain or by assumption: they bring in nothing new. */
    private readonly isKnown: IsKnown = () => false,
    /** Of the callers of one function only this is asked. */
    caller: CallEdge | null = null,
  ) {
    const ask: AskOrigin = (question, node, value, seen) => this.ask(question, node, value, seen);
    this.parameters = new ParameterOrigins(pointsTo, annotations, ask, caller);
    this.containers = new ContainerOrigins(pointsTo, writers, ask);
    this.calls = new CallOrigins(pointsTo, resolver, annotations, this.containers, ask, (node, value) =>
      this.isKnown(node, value, true),
    );
  }

  /** May this value bring something in from outside that no annotation has marked yet? */
  isOutside(node: FunctionNode, value: ValueId): boolean {
    return this.ofValue(node, value) !== "no";
  }

  /** The same, told apart from what is only assumed. */
  ofValue(node: FunctionNode, value: ValueId): Origin {
    return this.ask("outside", node, value, new Set());
  }

  /** Is this an object whose content the program does not show (a request, a row, a parsed text)? */
  isOpaque(node: FunctionNode, value: ValueId): boolean {
    return this.ask("opaque", node, value, new Set()) !== "no";
  }

  /** A function that nothing in the program calls: its parameters come from outside. */
  isEntry(node: FunctionNode): boolean {
    return this.parameters.isEntry(node);
  }

  private ask(question: OriginQuestion, node: FunctionNode, value: ValueId, seen: Set<string>): Origin {
    const key = `${question}:${String(node.index)}:${String(value)}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    if (seen.has(key)) return "no";
    const outermost = seen.size === 0;
    seen.add(key);
    const answer = this.compute(question, node, value, seen);
    if (answer === "yes" || outermost) this.answers.set(key, answer);
    return answer;
  }

  private compute(question: OriginQuestion, node: FunctionNode, value: ValueId, seen: Set<string>): Origin {
    const definition = node.definitions[value];
    if (definition === undefined) return "no";
    const again = (other: ValueId): Origin => this.ask(question, node, other, seen);
    if (definition.kind === "phi") return anyOf(definition.phi.inputs, (input) => again(input.value));
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
        if (
          question !== "opaque" &&
          this.annotations.byDeclaration.has(declarationId(node.file, instruction.nameAt[0]))
        )
          return "no";
        return again(instruction.value);
      case "cast":
        return again(instruction.value);
      case "await":
        return this.ask(about(question), node, instruction.value, seen);
      case "iterate":
        return this.unlessKnown(node, value, this.element(question, node, instruction.object, seen));
      case "object-rest":
        return this.ask(about(question), node, instruction.object, seen);
      case "array-rest":
        return this.ask(about(question), node, instruction.array, seen);
      case "parameter":
        return this.parameters.ofParameter(question, node, instruction.index, seen);
      case "arguments":
        return this.isEntry(node) ? "yes" : "no";
      case "this":
        if (question !== "opaque") return this.parameters.ofReceiver(node, seen);
        return this.isUnmade(node) ? "yes" : "no";
      case "capture":
        return this.captured(question, node, instruction.slot, seen);
      case "box-read":
        return this.written(question, node, instruction.box, "<box>", seen);
      case "cell-read":
        return this.cell(question, node.file, instruction.cell, seen);
      case "import-read":
        return this.imported(question, node, instruction, seen);
      case "load":
      case "super-load":
        return this.load(question, node, instruction, point, seen);
      case "call":
        return this.calls.ofCall(question, node, point, seen);
      case "yield":
        return "yes";
      default:
        return question === "opaque" ? "no" : this.made(node, value, instruction, seen);
    }
  }

  /** Texts, numbers and lists made of other values, and what the browser gives. */
  private made(node: FunctionNode, value: ValueId, instruction: Instruction, seen: Set<string>): Origin {
    const of = (operands: readonly ValueId[]): Origin =>
      anyOf(operands, (operand) => this.ask("outside", node, operand, seen));
    switch (instruction.kind) {
      case "template":
        return isPlaceholder(node, instruction.texts, instruction.values) ? "no" : of(instruction.values);
      case "binary":
        return isJoinedPlaceholder(node, instruction) || comparison.test(instruction.operator)
          ? "no"
          : of([instruction.left, instruction.right]);
      case "unary":
        return /^[+\-~]$/u.test(instruction.operator) ? of([instruction.operand]) : "no";
      case "array":
        return this.containers.ofPart(node, value, "values", seen);
      case "global":
        return /^(document|window|location|navigator|event|prompt)$/u.test(instruction.name) ? "yes" : "no";
      default:
        return "no";
    }
  }

  private element(question: OriginQuestion, node: FunctionNode, from: ValueId, seen: Set<string>): Origin {
    const whole = this.ask(about(question), node, from, seen);
    if (question === "opaque") return whole;
    return either(whole, () =>
      either(this.containers.ofPart(node, from, "values", seen), () =>
        this.containers.ofPart(node, from, "keys", seen),
      ),
    );
  }

  private unlessKnown(node: FunctionNode, value: ValueId, answer: Origin): Origin {
    return answer !== "no" && this.isKnown(node, value, answer !== "yes") ? "no" : answer;
  }

  private isUnmade(node: FunctionNode): boolean {
    const home = this.pointsTo.program.homeClass(node);
    return (
      home !== undefined && this.pointsTo.callersOf(node).length === 0 && !this.pointsTo.isConstructed(home)
    );
  }

  private captured(question: OriginQuestion, node: FunctionNode, slot: number, seen: Set<string>): Origin {
    const parent =
      node.graph.parent === null ? undefined : this.pointsTo.program.functionIn(node, node.graph.parent);
    if (parent === undefined) return "no";
    for (const instruction of parent.code) {
      if (instruction.kind !== "function" || instruction.function !== node.graph.id) continue;
      const captured = instruction.captures[slot];
      return captured === undefined ? "no" : this.ask(question, parent, captured, seen);
    }
    return "no";
  }

  private written(
    question: OriginQuestion,
    node: FunctionNode,
    object: ValueId,
    name: string,
    seen: Set<string>,
  ): Origin {
    return anyOf(this.pointsTo.valuesOf(node, object), (value) =>
      anyOf(this.writers.ofField(value, name), (writer) =>
        this.ask(question, writer.node, writer.value, seen),
      ),
    );
  }

  private cell(question: OriginQuestion, file: string, cell: string, seen: Set<string>): Origin {
    return anyOf(this.writers.ofCell(file, cell), (writer) =>
      this.ask(question, writer.node, writer.value, seen),
    );
  }

  private imported(
    question: OriginQuestion,
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "import-read" }>,
    seen: Set<string>,
  ): Origin {
    const binding = node.fileGraph.imports[instruction.import];
    if (binding === undefined) return "no";
    return anyOf(findImport(this.pointsTo, node.file, binding.specifier, binding.name), (link) =>
      link.kind === "cell" ? this.cell(question, link.file, link.cell, seen) : "no",
    );
  }

  private load(
    question: OriginQuestion,
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "load" | "super-load" }>,
    point: number,
    seen: Set<string>,
  ): Origin {
    if (question !== "opaque" && this.isToldByName(node, instruction)) return "no";
    if (instruction.kind === "super-load") return "no";
    if (question !== "opaque" && this.isGivenToProcess(node, instruction)) return "yes";
    const site = this.pointsTo.findSite(node, point);
    const given = site === undefined ? "no" : this.calls.ofOwnResults(question, site, seen);
    return either(given, () => this.loaded(question, node, instruction, seen));
  }

  /** A count, or a marked property: nothing new. */
  private isToldByName(
    node: FunctionNode,
    { property, nameAt }: Extract<Instruction, { kind: "load" | "super-load" }>,
  ): boolean {
    return (
      property.kind === "name" &&
      (/^(length|size|byteLength)$/u.test(property.name) ||
        (this.annotations.names.has(property.name) &&
          this.resolver.fieldsAt(node.file, nameAt[0]).length > 0))
    );
  }

  private loaded(
    question: OriginQuestion,
    node: FunctionNode,
    { property, object, out }: Extract<Instruction, { kind: "load" }>,
    seen: Set<string>,
  ): Origin {
    if (property.kind !== "name")
      return this.unlessKnown(node, out, this.ask(about(question), node, object, seen));
    const map =
      question !== "opaque" && /^[01]$/u.test(property.name)
        ? this.containers.mapOfPairs(node, object)
        : null;
    if (map === null) return this.property(question, node, object, property.name, out, seen);
    const found = either(this.ask(about(question), node, map, seen), () =>
      this.containers.ofPart(node, map, property.name === "0" ? "keys" : "values", seen),
    );
    return this.unlessKnown(node, out, found);
  }

  /** What was written to a property or copied in with others; else what is known of the whole object. */
  private property(
    question: OriginQuestion,
    node: FunctionNode,
    object: ValueId,
    name: string,
    out: ValueId | null,
    seen: Set<string>,
  ): Origin {
    const written = this.written(question, node, object, name, seen);
    if (written === "yes" || this.isKnownObject(node, object, name)) return written;
    const copied = question === "opaque" ? "no" : this.copied(question, node, object, name, seen);
    const whole = either(copied, () => this.ask(about(question), node, object, seen));
    return either(written, () => (out === null ? whole : this.unlessKnown(node, out, whole)));
  }

  private copied(
    question: OriginQuestion,
    node: FunctionNode,
    object: ValueId,
    name: string,
    seen: Set<string>,
  ): Origin {
    return anyOf(this.pointsTo.valuesOf(node, object), (value) =>
      anyOf(copiesInto(this.pointsTo, value), (copy) => {
        const key = `copy:${String(copy.node.index)}:${String(copy.source)}.${name}`;
        if (seen.has(key) || this.isWrittenAfter(value, name, copy)) return "no";
        seen.add(key);
        return this.property(question, copy.node, copy.source, name, null, seen);
      }),
    );
  }

  /** `{ ...copied, name: own }`. */
  private isWrittenAfter(object: AbstractValue, name: string, { node, point }: Copy): boolean {
    return this.writers.ofField(object, name).some((writer) => {
      const store = writer.node.code[writer.point];
      return writer.node === node && writer.point > point && store?.kind === "store" && store.initial;
    });
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
