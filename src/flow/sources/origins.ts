/**
 * Where a value comes from, asked backwards and only at the borders of what is marked: may it come from outside
 * the program without being marked yet (`isOutside`), and is the object behind a typed read one that the program
 * itself did not make (`isOpaque`)?
 */
import { LeastAnswers } from "../../base/least-answers.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import { CallOrigins } from "./call-origins.js";
import { heldInSlot } from "../program/captured-from.js";
import { MouthCalls } from "../tabulation/mouth-calls.js";
import { ContainerOrigins } from "../heap/container-origins.js";
import { copiesInto } from "../program/copies.js";
import { isWrittenAfter, restWith } from "./copied-objects.js";
import { about, answerTo, anyOf, askReturns, either, madeOf, ofChoice, rankOf } from "./origin-question.js";
import type { AskOrigin, Origin, OriginQuestion } from "./origin-question.js";
import type { Asked } from "./asked.js";
import { isCount } from "./counted-properties.js";
import { isJoinedPlaceholder, isPlaceholder } from "../constants/placeholders.js";
import { ofGlobal } from "./global-origins.js";
import { HandedProperties } from "../points-to/handed-properties.js";
import { findImport, isMadeElsewhere } from "../program/module-links.js";
import { ParameterOrigins } from "./parameter-origins.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { importsInput, isGivenToProcess, readsInput } from "./read-inputs.js";
import type { Writers } from "../points-to/writers.js";

const never = (): boolean => false;
const comparison = /^(===?|!==?|[<>]=?|in|instanceof)$/u;

/** Values of one function that are told apart by number. */
const mostValues = 2 ** 24;

function keyOf(question: OriginQuestion, node: number, value: ValueId): number {
  const kind = question === "outside" ? 0 : question === "content" ? 1 : 2;
  return (node * mostValues + value) * 3 + kind;
}

export class Origins {
  private readonly answers = new LeastAnswers<Origin, number | string>("no", rankOf);
  private readonly parameters: ParameterOrigins;
  readonly mouths: MouthCalls;
  private readonly calls: CallOrigins;
  private readonly containers: ContainerOrigins;
  private readonly handed: HandedProperties;
  private readonly asking: AskOrigin = (question, node, value) => this.ask(question, node, value);
  private readonly asked: Required<Asked>;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    readonly writers: Writers,
    asked: Asked = {},
  ) {
    this.asked = {
      isKnown: never,
      isTold: never,
      isStore: never,
      isRead: never,
      leads: never,
      callers: pointsTo,
      ...asked,
    };
    const { isKnown, isStore, isRead, callers } = this.asked;
    this.mouths = new MouthCalls(pointsTo);
    const ask = this.asking;
    this.parameters = new ParameterOrigins(pointsTo, annotations, ask, callers, {
      isStore,
      flowSource: (question, site, from) => this.calls.flowSource(question, site, from),
    });
    this.containers = new ContainerOrigins(pointsTo, writers, ask, this.answers, callers, (copy) =>
      this.ofOwnIterators("outside", copy.node, copy.point),
    );
    this.handed = new HandedProperties(
      pointsTo,
      writers,
      callers,
      ask,
      (question, node, object, name) => this.ofNamed(question, node, object, name),
      isStore,
    );
    this.calls = new CallOrigins(
      pointsTo,
      this.mouths,
      resolver,
      annotations,
      this.containers,
      ask,
      { isKnown: (node, value) => isKnown(node, value, true), isStore, isRead },
      (node, value, path) => this.ofPart(node, value, path),
    );
  }

  /** The same program, with more left out of what is asked, or with other callers. */
  with(asked: Asked): Origins {
    const all = { ...this.asked, ...asked };
    return new Origins(this.pointsTo, this.resolver, this.annotations, this.writers, all);
  }

  /** May this value bring something in from outside that no annotation has marked yet? */
  isOutside(node: FunctionNode, value: ValueId): boolean {
    return this.ofValue(node, value) !== "no";
  }

  /** The same, told apart from what is only assumed. */
  ofValue(node: FunctionNode, value: ValueId): Origin {
    return this.ask("outside", node, value);
  }

  /** The same of a property of it. */
  ofProperty(node: FunctionNode, value: ValueId, name: string): Origin {
    return this.property("outside", node, value, name, null);
  }

  /** Is this an object whose content the program does not show (a request, a row, a parsed text)? */
  isOpaque(node: FunctionNode, value: ValueId): boolean {
    return this.ask("opaque", node, value) !== "no";
  }

  /** May something from outside lie at a place of an object that the program makes? `[]` in the path is an element. */
  isOutsideAt(node: FunctionNode, value: ValueId, path: readonly string[]): boolean {
    return this.ofPart(node, value, path) !== "no";
  }

  private ofPart(node: FunctionNode, value: ValueId, path: readonly string[]): Origin {
    let objects = [...this.pointsTo.valuesOf(node, value)];
    for (const name of path.slice(0, -1))
      objects = objects.flatMap((object) => [
        ...this.pointsTo.fieldNode(object, name === "[]" ? "*" : name).values,
      ]);
    const last = path.at(-1);
    if (last === undefined) return "no";
    return anyOf(objects, (object) =>
      anyOf(this.writers.ofField(object, last), (writer) => this.ask("outside", writer.node, writer.value)),
    );
  }

  /** A function that nothing in the program calls: its parameters come from outside. */
  isEntry(node: FunctionNode): boolean {
    return this.parameters.isEntry(node);
  }

  private ask(question: OriginQuestion, node: FunctionNode, value: ValueId): Origin {
    const key = keyOf(question, node.index, value);
    const compute = (): Origin => answerTo(question, this.compute(question, node, value));
    return this.answers.settled(key) ?? this.answers.ask(key, compute);
  }

  private compute(question: OriginQuestion, node: FunctionNode, value: ValueId): Origin {
    const definition = node.definitions[value];
    if (definition === undefined) return "no";
    const again = (other: ValueId): Origin => this.ask(question, node, other);
    if (definition.kind === "phi") return ofChoice(this.pointsTo, node, definition, again);
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
        return this.ask(about(question), node, instruction.value);
      case "iterate":
        return this.unlessKnown(node, value, this.element(question, node, instruction.object, point));
      case "object-rest":
        return this.ask(about(question), node, instruction.object);
      case "array-rest":
        return this.ask(about(question), node, instruction.array);
      case "parameter":
        return this.asked.isTold(node, instruction.index)
          ? "no"
          : this.parameters.ofParameter(question, node, instruction.index);
      case "arguments":
        return this.isEntry(node) ? "yes" : "no";
      case "this":
        if (question !== "opaque") return this.parameters.ofReceiver(node);
        return this.isUnmade(node) ? "yes" : "no";
      case "capture":
        return this.captured(question, node, instruction.slot);
      case "box-read":
        return this.written(question, node, instruction.box, "<box>");
      case "cell-read":
        return this.cell(question, node.file, instruction.cell);
      case "import-read":
        return this.imported(question, node, instruction);
      case "load":
      case "super-load":
        return this.load(question, node, instruction, point);
      case "call":
        return this.calls.ofCall(question, node, point);
      case "global":
        return ofGlobal(this.pointsTo, question, node, instruction);
      case "yield":
        return "yes";
      default:
        return question === "opaque" ? "no" : this.made(node, value, instruction);
    }
  }

  /** Texts, numbers and lists made of other values, and what the browser gives. */
  private made(node: FunctionNode, value: ValueId, instruction: Instruction): Origin {
    const of = (operands: readonly ValueId[]): Origin =>
      madeOf(anyOf(operands, (operand) => this.ask("outside", node, operand)));
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
        return this.containers.ofPart(node, value, "values");
      default:
        return "no";
    }
  }

  private element(question: OriginQuestion, node: FunctionNode, from: ValueId, point: number): Origin {
    const whole = either(this.ofOwnIterators(question, node, point), () =>
      this.ask(about(question), node, from),
    );
    if (question === "opaque") return whole;
    return either(whole, () =>
      either(this.containers.ofPart(node, from, "values"), () => this.containers.ofPart(node, from, "keys")),
    );
  }

  /** What the program's own iterators give at a place that iterates an object of its own. */
  private ofOwnIterators(question: OriginQuestion, node: FunctionNode, point: number): Origin {
    const edges = this.pointsTo.findSite(node, point)?.edges.values() ?? [];
    return anyOf(edges, ({ shape, callee }) => {
      if (shape === "iterate")
        return askReturns(
          this.pointsTo,
          this.asking,
          callee.graph.generator ? question : about(question),
          callee,
        );
      if (shape !== "next") return "no";
      return anyOf(callee.graph.blocks, ({ end }) =>
        end.kind === "return" && end.value !== null
          ? this.ofNamed(question, callee, end.value, "value")
          : "no",
      );
    });
  }

  private unlessKnown(node: FunctionNode, value: ValueId, answer: Origin): Origin {
    return answer !== "no" && this.asked.isKnown(node, value, answer !== "yes") ? "no" : answer;
  }

  private isUnmade(node: FunctionNode): boolean {
    const home = this.pointsTo.program.homeClass(node);
    return (
      home !== undefined && this.pointsTo.callersOf(node).length === 0 && !this.pointsTo.isConstructed(home)
    );
  }

  private captured(question: OriginQuestion, node: FunctionNode, slot: number): Origin {
    const held = heldInSlot(this.pointsTo, node, slot);
    return held === null ? "no" : this.ask(question, held.node, held.value);
  }

  private written(question: OriginQuestion, node: FunctionNode, object: ValueId, name: string): Origin {
    return anyOf(this.asked.callers.valuesOf(node, object), (value) =>
      anyOf(this.writers.ofField(value, name), (writer) => this.ask(question, writer.node, writer.value)),
    );
  }

  private cell(question: OriginQuestion, file: string, cell: string): Origin {
    return anyOf(this.writers.ofCell(file, cell), (writer) => this.ask(question, writer.node, writer.value));
  }

  private imported(
    question: OriginQuestion,
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "import-read" }>,
  ): Origin {
    const binding = node.fileGraph.imports[instruction.import];
    if (binding === undefined) return "no";
    if (question === "opaque" && isMadeElsewhere(this.pointsTo, node, instruction)) return "yes";
    return anyOf(findImport(this.pointsTo, node.file, binding.specifier, binding.name), (link) => {
      if (link.kind === "cell") return this.cell(question, link.file, link.cell);
      return link.kind === "foreign" && importsInput(this.pointsTo, link.module, link.path) ? "yes" : "no";
    });
  }

  private load(
    question: OriginQuestion,
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "load" | "super-load" }>,
    point: number,
  ): Origin {
    const { property } = instruction;
    if (property.kind === "name" && this.asked.leads(property.name)) return "yes";
    if (question !== "opaque" && this.isToldByName(node, instruction)) return "no";
    if (instruction.kind === "super-load") return "no";
    if (question !== "opaque" && isGivenToProcess(this.pointsTo, node, instruction)) return "yes";
    if (question !== "opaque" && readsInput(this.pointsTo, node, instruction)) return "yes";
    const site = this.pointsTo.findSite(node, point);
    const given = site === undefined ? "no" : this.calls.ofOwnResults(question, site);
    return either(given, () => this.loaded(question, node, instruction));
  }

  /** A count, or a marked property: nothing new. */
  private isToldByName(
    node: FunctionNode,
    instruction: Extract<Instruction, { kind: "load" | "super-load" }>,
  ): boolean {
    const { property, nameAt } = instruction;
    if (property.kind !== "name") return false;
    const isMarked = this.annotations.names.has(property.name);
    if (isCount(this.pointsTo, node, instruction, isMarked)) return true;
    return isMarked && this.resolver.fieldsAt(node.file, nameAt[0]).length > 0;
  }

  private loaded(
    question: OriginQuestion,
    node: FunctionNode,
    { property, object, out }: Extract<Instruction, { kind: "load" }>,
  ): Origin {
    if (property.kind !== "name") return this.unlessKnown(node, out, this.ask(about(question), node, object));
    const map =
      question !== "opaque" && /^[01]$/u.test(property.name)
        ? this.containers.mapOfPairs(node, object)
        : null;
    if (map === null) return this.property(question, node, object, property.name, out);
    const found = either(this.ask(about(question), node, map), () =>
      this.containers.ofPart(node, map, property.name === "0" ? "keys" : "values"),
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
  ): Origin {
    const written = this.written(question, node, object, name);
    if (written === "yes" || this.isKnownObject(node, object, name)) return written;
    const copied = question === "opaque" ? "no" : this.copied(question, node, object, name);
    const whole = either(
      copied,
      () => this.handed.of(question, node, object, name) ?? this.ask(about(question), node, object),
    );
    return either(written, () => (out === null ? whole : this.unlessKnown(node, out, whole)));
  }

  private copied(question: OriginQuestion, node: FunctionNode, object: ValueId, name: string): Origin {
    const whole = restWith(node, object, name);
    if (whole !== null) return this.ofNamed(question, node, whole, name);
    return anyOf(this.asked.callers.valuesOf(node, object), (value) =>
      anyOf(copiesInto(this.pointsTo, value), (copy) => {
        if (isWrittenAfter(this.writers, value, name, copy)) return "no";
        return this.ofNamed(question, copy.node, copy.source, name);
      }),
    );
  }

  private ofNamed(question: OriginQuestion, node: FunctionNode, object: ValueId, name: string): Origin {
    const key = `${question}:copy:${String(node.index)}:${String(object)}.${name}`;
    return this.answers.ask(key, () => this.property(question, node, object, name, null));
  }

  /**
   * Every object behind the value was made by the program, and its property was written there. Instances of a class
   * may be others than those that the program makes.
   */
  private isKnownObject(node: FunctionNode, object: ValueId, name: string): boolean {
    const values = [...this.asked.callers.valuesOf(node, object)];
    return (
      values.length > 0 &&
      values.every((value) => value.kind === "object" && this.writers.ofField(value, name).length > 0) &&
      // Nothing else may come the same way: a request's body beside a seed.
      this.ask("opaque", node, object) === "no"
    );
  }
}
