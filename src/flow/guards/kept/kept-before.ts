/**
 * Whether everything that may come to a place was kept by the program before: rows, however they were handed on,
 * also through a queue of its own or a request's context. A proof: what it cannot follow is new.
 */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { copiesInto } from "../../program/copies.js";
import { findImport } from "../../program/module-links.js";
import type { FunctionNode } from "../../program/program.js";
import { readsInput } from "../../sources/read-inputs.js";
import type { SeenCallers } from "../../contexts/seen-callers.js";
import type { Writer } from "../../points-to/writers.js";
import { argumentsFor } from "../../program/edge-arguments.js";
import { capturedFrom } from "../../program/captured-from.js";
import { takenUnderName } from "../entries/named-entries.js";
import { HandedOver } from "./handed-over.js";
import type { AskKept, KeptQuestion, KeptTools } from "./kept-question.js";
import { someElement } from "./place-below.js";

const mostPlaces = 600;
const longestPath = 8;
const textual = /^(?:length|size|byteLength)$/u;

export class KeptBefore {
  private readonly handed: HandedOver;

  constructor(private readonly tools: KeptTools) {
    this.handed = new HandedOver(tools);
  }

  /** At least one part of it comes out of a store, and none from elsewhere. */
  isKept(node: FunctionNode, value: ValueId, path: readonly string[], callers: SeenCallers): boolean {
    const question: KeptQuestion = { callers, seen: new Set(), isFound: false };
    return this.ask(question, node, value, path) && question.isFound;
  }

  private ask(question: KeptQuestion, node: FunctionNode, value: ValueId, path: readonly string[]): boolean {
    const key = `${String(node.index)}:${String(value)}.${path.join(".")}`;
    // What goes round is as new as what comes into it.
    if (question.seen.has(key)) return true;
    if (question.seen.size >= mostPlaces || path.length > longestPath) return false;
    question.seen.add(key);
    const again: AskKept = (...asked) => this.ask(question, ...asked);
    const definition = node.definitions[value];
    if (definition === undefined) return false;
    if (definition.kind === "phi")
      return definition.phi.inputs.every((input) => again(node, input.value, path));
    const { instruction, point } = definition;
    const here = (other: ValueId, below = path): boolean => again(node, other, below);
    switch (instruction.kind) {
      case "constant":
      case "function":
      case "class":
        return true;
      case "declare":
      case "cast":
      case "await":
        return here(instruction.value);
      case "load":
        return this.ofLoad(question, node, instruction, point, path, again);
      case "iterate":
        return here(instruction.object, [someElement, ...path]);
      case "object-rest":
        return here(instruction.object);
      case "array-rest":
        return here(instruction.array);
      case "template":
        return instruction.values.every((each) => here(each, []));
      case "binary":
        return here(instruction.left, []) && here(instruction.right, []);
      case "unary":
        return here(instruction.operand, []);
      case "object":
      case "array":
        return this.ofObjects(node, value, path, again);
      case "parameter":
        return this.ofParameter(question, node, instruction.index, path, again);
      case "capture": {
        const captured = capturedFrom(this.tools.pointsTo, node, instruction.slot);
        return captured === null
          ? this.ofBoxes(node, value, path, again)
          : again(captured.node, captured.value, path);
      }
      case "box-read":
        return this.ofBoxes(node, instruction.box, path, again);
      case "cell-read":
        return allWritten(this.tools.writers.ofCell(node.file, instruction.cell), path, again);
      case "import-read":
        return this.ofImport(node, instruction, path, again);
      case "call":
        return this.ofCall(question, node, point, path, again);
      default:
        return false;
    }
  }

  private ofLoad(
    question: KeptQuestion,
    node: FunctionNode,
    load: InstructionOf<"load">,
    point: number,
    path: readonly string[],
    again: AskKept,
  ): boolean {
    const { pointsTo } = this.tools;
    const { object, property } = load;
    if (property.kind !== "name") return again(node, object, [someElement, ...path]);
    if (textual.test(property.name)) return true;
    const site = pointsTo.findSite(node, point);
    if (site !== undefined && site.edges.size > 0) return false;
    // What a queue of the program's own hands over is read as input, too.
    if (readsInput(pointsTo, node, load) && !this.handed.isHandedOver(question, node, object, property.name))
      return false;
    const put = this.putUnder(node, object, property.name);
    return put === null
      ? again(node, object, [property.name, ...path])
      : put.every((each) => again(each.node, each.value, path));
  }

  /** What the program puts under a name into objects of packages: `req.child`, `res.locals.child`. */
  private putUnder(
    node: FunctionNode,
    object: ValueId,
    name: string,
  ): readonly { readonly node: FunctionNode; readonly value: ValueId }[] | null {
    const objects = [...this.tools.pointsTo.valuesOf(node, object)];
    if (objects.length === 0 || objects.some(({ kind }) => kind !== "foreign")) return null;
    const written = this.tools.properties.writersOf(node, object, name);
    return written.length === 0 || this.tools.properties.mayBeElse(node, object, name) ? null : written;
  }

  /** Of objects that the program makes, all that is ever written there. */
  private ofObjects(node: FunctionNode, value: ValueId, path: readonly string[], again: AskKept): boolean {
    const objects = [...this.tools.pointsTo.valuesOf(node, value)];
    return objects.length > 0 && objects.every((object) => this.ofObject(object, path, again));
  }

  private ofObject(object: AbstractValue, [name, ...rest]: readonly string[], again: AskKept): boolean {
    if (object.kind !== "object") return false;
    const { pointsTo, writers } = this.tools;
    const copies = copiesInto(pointsTo, object);
    if (name === undefined)
      return (
        allWritten(writers.ofObject(object), [], again) &&
        copies.every(({ node, source }) => again(node, source, [])) &&
        this.handed.putInto(object).every((each) => again(each.node, each.value, []))
      );
    if (name === someElement) {
      const put = this.handed.putInto(object);
      return (
        allWritten(writers.ofObject(object), rest, again) &&
        copies.every(({ node, source }) => again(node, source, [name, ...rest])) &&
        put.every((each) => again(each.node, each.value, each.isList ? [name, ...rest] : rest))
      );
    }
    const written = writers.ofField(object, name);
    return (
      allWritten(written, rest, again) &&
      copies.every(
        ({ node, source, point }) =>
          written.some((each) => each.node === node && each.point > point && isInitial(each)) ||
          again(node, source, [name, ...rest]),
      )
    );
  }

  private ofBoxes(node: FunctionNode, box: ValueId, path: readonly string[], again: AskKept): boolean {
    const { pointsTo, writers } = this.tools;
    const written = [...pointsTo.valuesOf(node, box)].flatMap((object) => writers.ofField(object, "<box>"));
    return written.length > 0 && allWritten(written, path, again);
  }

  private ofImport(
    node: FunctionNode,
    instruction: InstructionOf<"import-read">,
    path: readonly string[],
    again: AskKept,
  ): boolean {
    const binding = node.fileGraph.imports[instruction.import];
    const links =
      binding === undefined
        ? []
        : findImport(this.tools.pointsTo, node.file, binding.specifier, binding.name);
    return (
      links.length > 0 &&
      links.every(
        (link) =>
          link.kind === "cell" && allWritten(this.tools.writers.ofCell(link.file, link.cell), path, again),
      )
    );
  }

  private ofParameter(
    question: KeptQuestion,
    node: FunctionNode,
    index: number,
    path: readonly string[],
    again: AskKept,
  ): boolean {
    const callers = question.callers.callersOf(node);
    const callbacks = question.callers.callbacksOf(node);
    if (callers.length + callbacks.length === 0 || this.tools.entries.of(node).length > 0) return false;
    return (
      callers.every((edge) => {
        if (edge.shape !== "call" && edge.shape !== "invoke-call" && edge.shape !== "construct") return false;
        const list = argumentsFor(edge, index);
        return list.every(({ value, spread }) => !spread && again(edge.site.caller, value, path));
      }) && callbacks.every((edge) => this.handed.toCallback(question, edge, index, path, again))
    );
  }

  private ofCall(
    question: KeptQuestion,
    node: FunctionNode,
    point: number,
    path: readonly string[],
    again: AskKept,
  ): boolean {
    const site = this.tools.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call" || site.edges.size + site.foreign.size === 0) return false;
    const taken = takenUnderName(this.tools.pointsTo, this.tools.models, site);
    const put = taken === null ? null : this.putUnder(node, taken.object, taken.name);
    if (put !== null) return put.every((each) => again(each.node, each.value, path));
    for (const { callee, shape } of site.edges.values()) {
      if (shape === "construct" || callee.graph.generator) return false;
      for (const { end } of callee.graph.blocks)
        if (end.kind === "return" && end.value !== null && !again(callee, end.value, path)) return false;
    }
    // A client of a store that a variable of the program's global names holds is that client.
    const isStored = [...site.foreign].some((callee) => this.tools.held.isStore(callee));
    const foreign = [...site.foreign].filter(({ module }) => !isStored || module !== "global");
    return foreign.every((callee) => this.handed.byPackage(question, site, callee, path, again));
  }
}

function allWritten(written: readonly Writer[], path: readonly string[], again: AskKept): boolean {
  return written.every((each) => again(each.node, each.value, path));
}

function isInitial({ node, point }: Writer): boolean {
  const store = node.code[point];
  return store?.kind === "store" && store.initial;
}
