/**
 * Parameters of which a function makes a key, or another digest: itself, in a function inside it, or by an own function
 * that it hands them to. `sealFor(secret, text)` is as good as the secret that this caller names.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { Catalogue } from "../../models/catalogue.js";
import type { FunctionNode, Program } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";
import { ModuleConstants } from "./module-constants.js";
import { NamedCalls } from "./named-calls.js";

/** Instructions of a function, with those inside it, that is still looked into. */
const largest = 240;
/** Steps from what is taken for a key back to a parameter. */
const deepest = 8;
const none: readonly number[] = [];

/** What captures a variable, and where. */
export type Makers = ReadonlyMap<
  FunctionNode,
  { readonly maker: FunctionNode; readonly captures: readonly ValueId[] }
>;

export class SecretParameters {
  private readonly answers = new Map<number, readonly number[]>();
  readonly constants: ModuleConstants;
  readonly calls: NamedCalls;

  constructor(
    private readonly program: Program,
    catalogue: Catalogue,
    resolver: Pick<Resolver, "moduleOf">,
  ) {
    this.constants = new ModuleConstants(program, resolver);
    this.calls = new NamedCalls(catalogue, resolver, program);
  }

  of(callee: FunctionNode): readonly number[] {
    const root = this.program.functionOf(callee.file, callee.graph.id) ?? callee;
    let found = this.answers.get(root.index);
    if (found === undefined) {
      // One that calls itself hands on what it was given.
      this.answers.set(root.index, none);
      this.answers.set(root.index, (found = this.compute(root)));
    }
    return found;
  }

  /** It protects something, itself or by an own function that a key is made in; or it sends a request. */
  areUsedIn(node: FunctionNode): boolean {
    return this.program
      .familyOf(node)
      .some((each) =>
        each.code.some(
          (call) =>
            call.kind === "call" &&
            (this.calls.protects(each, call) ||
              this.calls.sends(each, call) ||
              this.ownOperands(each, call).length > 0),
        ),
      );
  }

  private compute(root: FunctionNode): readonly number[] {
    const family = this.program.familyOf(root);
    if (family.reduce((sum, node) => sum + node.code.length, 0) > largest) return none;
    const makers = makersIn(this.program, family);
    const found = new Set<number>();
    for (const node of family)
      for (const call of node.code)
        if (call.kind === "call")
          for (const operand of this.operandsOf(node, call))
            addParameters({ root, makers, found }, node, operand, 0);
    return [...found].sort((a, b) => a - b);
  }

  /** What a call takes for a key or digests, itself or in an own function that it calls. */
  operandsOf(node: FunctionNode, call: InstructionOf<"call">): readonly ValueId[] {
    return [...this.calls.secretsOf(node, call), ...this.ownOperands(node, call)];
  }

  private ownOperands(node: FunctionNode, call: InstructionOf<"call">): readonly ValueId[] {
    const callee = this.calleeOf(node, call);
    return callee === null
      ? []
      : this.of(callee).flatMap((index) => {
          const argument = call.arguments[index];
          return argument === undefined || argument.spread ? [] : [argument.value];
        });
  }

  /** A function of a module, by its name. */
  calleeOf(node: FunctionNode, call: InstructionOf<"call">): FunctionNode | null {
    if (call.new) return null;
    const made = this.constants.of(node, call.callee) ?? { node, value: call.callee };
    const definition = definitionOf(made.node, made.value);
    return definition?.kind === "function"
      ? (this.program.functionIn(made.node, definition.function) ?? null)
      : null;
  }
}

interface Search {
  readonly root: FunctionNode;
  readonly makers: Makers;
  readonly found: Set<number>;
}

function addParameters(search: Search, node: FunctionNode, value: ValueId, depth: number): void {
  if (depth > deepest) return;
  const again = (next: ValueId): void => {
    addParameters(search, node, next, depth + 1);
  };
  const definition = node.definitions[value];
  if (definition?.kind === "phi") {
    for (const input of definition.phi.inputs) again(input.value);
    return;
  }
  const instruction = definition?.instruction;
  switch (instruction?.kind) {
    case "parameter":
      if (node === search.root) search.found.add(instruction.index);
      return;
    case "capture": {
      const made = search.makers.get(node);
      const captured = made?.captures[instruction.slot];
      if (made !== undefined && captured !== undefined)
        addParameters(search, made.maker, captured, depth + 1);
      return;
    }
    case "declare":
    case "cast":
    case "await":
      again(instruction.value);
      return;
    case "load":
      again(instruction.object);
      return;
    case "template":
      instruction.values.forEach(again);
      return;
    case "binary":
      again(instruction.left);
      again(instruction.right);
      return;
    case "call":
      if (instruction.receiver !== null) again(instruction.receiver);
      for (const argument of instruction.arguments) again(argument.value);
      return;
    default:
      return;
  }
}

export function makersIn(program: Program, family: readonly FunctionNode[]): Makers {
  const makers = new Map<FunctionNode, { maker: FunctionNode; captures: readonly ValueId[] }>();
  for (const maker of family)
    for (const made of maker.code) {
      const node = made.kind === "function" ? program.functionIn(maker, made.function) : undefined;
      if (node !== undefined && made.kind === "function")
        makers.set(node, { maker, captures: made.captures });
    }
  return makers;
}
