/** What the type of a value tells where the value begins, so that a read of it is no beginning. */
import type { Span } from "../../base/location.js";
import type { Argument, Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { ChildDataPath, Resolver } from "../../contracts/resolver.js";
import { capturedFrom } from "../program/captured-from.js";
import { argumentsFor } from "../program/edge-arguments.js";
import { isMadeElsewhere } from "../program/module-links.js";
import type { Origins } from "./origins.js";
import type { SiteModels } from "../models/site-models.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isElement } from "../points-to/alias-names.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { Relations } from "./relations.js";

export interface PartOfParameter {
  readonly index: number;
  readonly path: readonly string[];
}

export class ToldByType {
  private untyped: Origins | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly origins: Origins,
    private readonly models: SiteModels,
    private readonly relations: Relations,
  ) {}

  /** The type of the value tells already where it begins that it is child data. */
  isTypedAlready(node: FunctionNode, value: ValueId): boolean {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return false;
    const { instruction } = definition;
    if (instruction.kind === "await") return this.isTypedAlready(node, instruction.value);
    // What is left of an object whose type tells what it holds has its fields from there.
    if (instruction.kind === "object-rest") return this.isTypedAlready(node, instruction.object);
    if (instruction.kind === "capture") {
      const held = capturedFrom(this.pointsTo, node, instruction.slot);
      return held !== null && this.isTypedAlready(held.node, originOf(held.node, held.value));
    }
    const span = this.spanOf(node, instruction);
    if (span !== undefined && this.resolver.childDataIn(node.file, span).length > 0) return true;
    if (instruction.kind === "call") return this.isSelected(node, definition.point, instruction);
    if (instruction.kind !== "declare" && instruction.kind !== "cast") return false;
    const origin = originOf(node, instruction.value);
    const kind = definitionOf(node, origin)?.kind;
    return (
      (kind === "object-rest" || kind === "call" || kind === "capture") && this.isTypedAlready(node, origin)
    );
  }

  /** The marked names of an object of which this is what is left, or chosen: it has those from there. */
  namesLeft(node: FunctionNode, value: ValueId): ReadonlySet<string> {
    const origin = originOf(node, value);
    const definition = node.definitions[origin];
    if (definition?.kind !== "instruction") return new Set();
    const { instruction, point } = definition;
    if (instruction.kind === "capture") {
      const held = capturedFrom(this.pointsTo, node, instruction.slot);
      return held === null ? new Set() : this.namesLeft(held.node, held.value);
    }
    const wholes =
      instruction.kind === "object-rest"
        ? [instruction.object]
        : instruction.kind === "call" && this.isSelected(node, point, instruction)
          ? instruction.arguments.map((each) => each.value)
          : [];
    return new Set(wholes.flatMap((each) => [...this.namesLeft(node, each), ...this.namesAt(node, each)]));
  }

  private namesAt(node: FunctionNode, value: ValueId): readonly string[] {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return [];
    const span = this.spanOf(node, definition.instruction);
    return span === undefined
      ? []
      : this.resolver.childDataIn(node.file, span).flatMap(({ path: [name] }) => name ?? []);
  }

  private spanOf(node: FunctionNode, instruction: Instruction): Span | undefined {
    if (instruction.kind === "parameter") return node.graph.parameters[instruction.index]?.nameAt;
    if (instruction.kind === "declare") return instruction.nameAt;
    return "at" in instruction ? instruction.at : undefined;
  }

  /** A package's call that chooses among the properties of what it is given: `omit(child, ["name"])`. */
  private isSelected(
    node: FunctionNode,
    point: number,
    { arguments: given }: InstructionOf<"call">,
  ): boolean {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined || site.edges.size > 0) return false;
    const roles = this.models.at(site).flatMap(({ model }) => model.roles);
    if (!roles.some(selects) || !roles.every(({ kind }) => kind === "flow" || kind === "clear")) return false;
    const brought = given.filter(
      ({ value }) => this.origins.isOpaque(node, value) || this.origins.isOutside(node, value),
    );
    return brought.length > 0 && brought.every(({ value }) => this.isTypedAlready(node, value));
  }

  /** Where the value begins its type tells already what it holds, or its caller knows by value: it flows from there. */
  isToldAtRoot(node: FunctionNode, value: ValueId, depth = 0, path: readonly string[] = []): boolean {
    const definition = node.definitions[value];
    if (definition?.kind === "phi")
      return (
        depth < 6 &&
        definition.phi.inputs.every((input) => this.isToldAtRoot(node, input.value, depth + 1, path))
      );
    if (definition?.kind !== "instruction" || depth > 12) return false;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
        if (
          this.holdsAny(
            node,
            instruction.kind === "declare" ? instruction.nameAt : instruction.typeAt,
            path,
          ) &&
          this.isUntypedRoot(node, instruction.value)
        )
          return true;
        return this.isToldAtRoot(node, instruction.value, depth + 1, path);
      case "await":
        return this.isToldAtRoot(node, instruction.value, depth + 1, path);
      case "load":
        return (
          this.isToldAtRoot(node, instruction.object, depth + 1, [
            instruction.property.kind === "name" ? instruction.property.name : "*",
            ...path,
          ]) || this.isRelatedRead(node, instruction, path)
        );
      case "iterate":
      case "object-rest":
        return this.isToldAtRoot(node, instruction.object, depth + 1, path);
      case "parameter": {
        const parameter = node.graph.parameters[instruction.index];
        if (parameter === undefined) return false;
        const parts = this.resolver.childDataIn(node.file, parameter.nameAt);
        if (this.origins.isEntry(node)) return mayHoldUnder(parts, path);
        if (path.length === 0)
          return parts.length > 0 || !this.isHandedUntyped(node, instruction.index, depth);
        // What a library hands over only the parameter's own type tells.
        if (this.pointsTo.callbacksOf(node).length > 0 && !holdsAt(parts, path)) return false;
        return !this.isUntoldByCaller(node, { index: instruction.index, path });
      }
      case "call":
        return (
          this.holdsAny(node, instruction.at, path) &&
          (this.origins.isOpaque(node, value) || !isGivenNothing(node, instruction)) &&
          (this.pointsTo.findSite(node, definition.point)?.edges.size ?? 0) === 0
        );
      case "import-read":
        return !isMadeElsewhere(this.pointsTo, node, instruction);
      case "capture":
      case "cell-read":
      case "box-read":
        return true;
      default:
        return false;
    }
  }

  /** Its type marks something; of related rows, what they hold. */
  private holdsAny(node: FunctionNode, span: Span, path: readonly string[]): boolean {
    const parts = this.resolver.childDataIn(node.file, span);
    return path.some((name) => this.relations.mayBe(name)) ? mayHoldUnder(parts, path) : parts.length > 0;
  }

  /** Rows are read that the object does not hold by itself: what they hold at the path begins there. */
  private isRelatedRead(node: FunctionNode, load: InstructionOf<"load">, path: readonly string[]): boolean {
    return (
      this.relations.isRead(node, load) &&
      mayHoldUnder(this.resolver.childDataIn(node.file, load.nameAt), path)
    );
  }

  /** The parameter of a function with callers that a value lies in, and where in it. */
  parameterBehind(
    node: FunctionNode,
    value: ValueId,
    path: readonly string[],
    depth = 0,
  ): PartOfParameter | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || depth > 6) return null;
    const { instruction } = definition;
    if (instruction.kind === "parameter")
      return this.origins.isEntry(node) || this.pointsTo.callersOf(node).length === 0
        ? null
        : { index: instruction.index, path };
    if (instruction.kind === "declare") return this.parameterBehind(node, instruction.value, path, depth + 1);
    if (instruction.kind === "load" && instruction.property.kind === "name")
      return this.parameterBehind(node, instruction.object, [instruction.property.name, ...path], depth + 1);
    return null;
  }

  /**
   * From outside, and no type tells of it on its way: what a parameter of a written type holds, its callers tell
   * (`items: T[]`), and so of what comes out of it (`items.map((item) => …)`).
   */
  isUntypedInput(caller: FunctionNode, value: ValueId): boolean {
    this.untyped ??= this.origins.with({ isTold: (node, index) => this.isToldByCallers(node, index) });
    return this.untyped.isOutside(caller, value) && !this.isToldByIterators(caller, value);
  }

  private isToldByCallers(node: FunctionNode, index: number): boolean {
    const type = node.graph.parameters[index]?.type ?? null;
    const isTold = type === null ? this.pointsTo.callersOf(node).length > 0 : type.kind !== "keyword";
    return isTold && !this.isHandedUntyped(node, index);
  }

  /** Its type is a parameter of a generic function, whose callers tell what they hand over. */
  isOfTypeVariable(node: FunctionNode, { value, at }: Pick<Argument, "value" | "at">): boolean {
    return this.resolver.isTypeVariable?.(node.file, at) === true && !this.isUntypedInput(node, value);
  }

  /** Some caller, or a library, hands over what is of no type and was not made by the program. */
  private isHandedUntyped(node: FunctionNode, index: number, depth = 0): boolean {
    if (this.pointsTo.callbacksOf(node).length > 0) return true;
    return this.pointsTo.callersOf(node).some((edge) => {
      const { caller } = edge.site;
      return argumentsFor(edge, index).some(
        ({ at, value }) =>
          this.resolver.isUntyped(caller.file, at) &&
          (this.origins.isOpaque(caller, value) || this.origins.isOutside(caller, value)) &&
          !this.isToldByIterators(caller, value, depth + 1),
      );
    });
  }

  /** Iterators of the program's own give it, and what they give is told where it comes into them. */
  isToldByIterators(node: FunctionNode, value: ValueId, depth = 0): boolean {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "iterate") return false;
    const edges = [...(this.pointsTo.findSite(node, definition.point)?.edges.values() ?? [])].filter(
      ({ shape }) => shape === "iterate",
    );
    return (
      edges.length > 0 &&
      edges.every(
        ({ callee }) =>
          !callee.graph.generator ||
          callee.code.every(
            (each) =>
              each.kind !== "yield" ||
              each.value === null ||
              this.isToldAtRoot(callee, each.value, depth + 1),
          ),
      )
    );
  }

  /** Some caller hands over an object whose type says nothing of what lies at the path. */
  isUntoldByCaller(node: FunctionNode, { index, path }: PartOfParameter): boolean {
    if (path.length === 0) return false;
    return this.pointsTo.callersOf(node).some((edge) => {
      if (edge.site.instruction.kind !== "call") return false;
      const [argument] = argumentsFor(edge, index);
      if (argument === undefined || this.isOfTypeVariable(edge.site.caller, argument)) return false;
      if (!this.mayHoldAt(edge.site.caller, argument.value, path)) return false;
      return !holdsAt(this.resolver.childDataIn(edge.site.caller.file, argument.at), path);
    });
  }

  /** What the program made without anything from outside at the path holds nothing there that could be told. */
  private mayHoldAt(node: FunctionNode, value: ValueId, path: readonly string[]): boolean {
    if (this.origins.isOpaque(node, value)) return true;
    return path.some((_, at) => this.origins.isOutsideAt(node, value, path.slice(0, at + 1)));
  }

  private isUntypedRoot(node: FunctionNode, value: ValueId): boolean {
    return (
      (this.origins.isOpaque(node, value) || this.origins.isOutside(node, value)) &&
      !this.isTypedAlready(node, value)
    );
  }

  /** The function returns what a package call gave it, without a type that tells what it holds. */
  passesOnForeign(callee: FunctionNode): boolean {
    return callee.graph.blocks.some((block) => {
      if (block.end.kind !== "return" || block.end.value === null) return false;
      let current = block.end.value;
      for (let hops = 0; hops < 8; hops++) {
        const definition = callee.definitions[current];
        if (definition?.kind !== "instruction") return false;
        const { instruction, point } = definition;
        if (instruction.kind === "call")
          return (
            (this.pointsTo.findSite(callee, point)?.edges.size ?? 0) === 0 &&
            this.origins.isOpaque(callee, current) &&
            !this.isTypedAlready(callee, current)
          );
        if (instruction.kind === "declare" || instruction.kind === "cast" || instruction.kind === "await")
          current = instruction.value;
        else if (instruction.kind === "load") current = instruction.object;
        else return false;
      }
      return false;
    });
  }
}

/** `ref<Pupil | null>(null)`, `reactive({ pupil: null })`: what is made holds nothing yet, and is told where it gets it. */
function isGivenNothing(node: FunctionNode, { arguments: given }: InstructionOf<"call">): boolean {
  return given.every(({ value, spread }) => !spread && isEmpty(node, value, 0));
}

const deepest = 4;

/** A constant, or a literal of such. */
function isEmpty(node: FunctionNode, value: ValueId, depth: number): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "constant") return true;
  if ((definition?.kind !== "object" && definition?.kind !== "array") || depth > deepest) return false;
  return (node.uses[definition.out] ?? []).every((point) => {
    const use = node.code[point];
    if (use?.kind === "copy-properties" || use?.kind === "append-elements")
      return use.target !== definition.out;
    return use?.kind !== "store" || use.object !== definition.out || isEmpty(node, use.value, depth + 1);
  });
}

/** Something marked lies at the path, or above it. */
function holdsAt(parts: readonly ChildDataPath[], path: readonly string[]): boolean {
  return parts.some((part) =>
    path.every((name, at) => part.path[at] === undefined || part.path[at] === name),
  );
}

/** The same, whatever elements lie between the names. */
function mayHoldUnder(parts: readonly ChildDataPath[], path: readonly string[]): boolean {
  const named = (names: readonly string[]): string[] =>
    names.filter((name) => name !== "*" && !isElement(name));
  return holdsAt(
    parts.map((part) => ({ ...part, path: named(part.path) })),
    named(path),
  );
}

/** Some properties are taken over by their names, or taken away. */
function selects(role: Role): boolean {
  if (role.kind === "clear") return true;
  return role.kind === "flow" && role.from.some(({ steps }) => steps.some(({ kind }) => kind === "entry"));
}
