/**
 * Own functions that a secret goes through before a key is made of it: `bytes(process.env.KEY)`. What such a helper makes
 * of a text that stands in the code elsewhere is no key.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode, Program } from "../program/program.js";
import { makersIn } from "./secret-parameters.js";
import type { Makers, SecretParameters } from "./secret-parameters.js";

/** Steps from what is taken for a key back to where it comes from. */
const deepest = 12;

interface Search {
  readonly found: Set<FunctionNode>;
  readonly seen: Set<string>;
  readonly makers: Makers;
}

export class SecretMakers {
  private found: ReadonlySet<FunctionNode> | null = null;

  constructor(
    private readonly program: Program,
    private readonly secrets: SecretParameters,
  ) {}

  has(node: FunctionNode): boolean {
    this.found ??= this.find();
    return this.found.has(node);
  }

  private find(): ReadonlySet<FunctionNode> {
    const { program } = this;
    const all = program.functions.filter(({ copy }) => copy === null);
    const search: Search = { found: new Set(), seen: new Set(), makers: makersIn(program, all) };
    for (const node of all)
      for (const call of node.code)
        if (call.kind === "call")
          for (const operand of this.secrets.operandsOf(node, call)) this.walk(search, node, operand, 0);
    return search.found;
  }

  private walk(search: Search, node: FunctionNode, value: ValueId, depth: number): void {
    const key = `${String(node.index)}:${String(value)}`;
    if (depth > deepest || search.seen.has(key)) return;
    search.seen.add(key);
    const again = (next: ValueId): void => {
      this.walk(search, node, next, depth + 1);
    };
    const definition = node.definitions[value];
    if (definition?.kind === "phi") {
      for (const input of definition.phi.inputs) again(input.value);
      return;
    }
    const instruction = definition?.instruction;
    switch (instruction?.kind) {
      case "capture": {
        const made = search.makers.get(node);
        const captured = made?.captures[instruction.slot];
        if (made !== undefined && captured !== undefined) this.walk(search, made.maker, captured, depth + 1);
        return;
      }
      case "cell-read":
      case "import-read": {
        const made = this.secrets.constants.of(node, value);
        if (made !== null) this.walk(search, made.node, made.value, depth + 1);
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
      case "call": {
        const callee = this.secrets.calleeOf(node, instruction);
        if (callee !== null) this.enter(search, callee, depth);
        if (instruction.receiver !== null) again(instruction.receiver);
        for (const argument of instruction.arguments) again(argument.value);
        return;
      }
      default:
        return;
    }
  }

  /** The function makes it, and so may those that it calls for it. */
  private enter(search: Search, callee: FunctionNode, depth: number): void {
    search.found.add(callee);
    for (const { end } of callee.graph.blocks)
      if (end.kind === "return" && end.value !== null) this.walk(search, callee, end.value, depth + 1);
  }
}
