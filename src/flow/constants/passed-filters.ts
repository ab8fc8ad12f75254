/**
 * Functions that were asked about a key before a function gets it: behind
 * `Object.keys(row).filter((key) => key !== "email")` no key is "email", neither in a loop nor in a callback.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Context } from "../contexts/context.js";
import { noContext } from "../contexts/context.js";
import type { Contexts } from "../contexts/contexts.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallbackEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { KeyPlace } from "../tabulation/fact.js";

interface Filter {
  readonly edge: CallbackEdge;
  readonly given: ValueId;
}

interface Listed {
  /** The function in which the list is made. */
  readonly owner: FunctionNode;
  readonly list: ValueId;
}

/** Methods whose lists hold nothing that was not in the list. */
const selecting = /\.(?:filter|sort|reverse|slice|toSorted|toReversed)$/u;
/** Methods that leave the list as it is, and give it to nobody but the callbacks. */
const reading = /\.(?:forEach|map|flatMap|reduce|some|every|find|join|includes|indexOf|at)$/u;
const longestChain = 6;
const none: readonly Filter[] = [];

export class PassedFilters {
  private readonly known = new Map<FunctionNode, Map<ValueId, readonly Filter[]>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly contexts: Contexts,
    private readonly answer: (asked: FunctionNode, name: string, context: Context) => boolean | null,
  ) {}

  /** No key of the name comes to a place. */
  leaveOut(node: FunctionNode, context: Context, { value, isPair }: KeyPlace, name: string): boolean {
    if (isPair) return false;
    return this.passedBy(node, value).some(({ edge, given }) => {
      const run = edge.site.caller === node ? context : noContext;
      return this.answer(edge.callee, name, this.contexts.enterCallback(run, edge, given, nothing)) === false;
    });
  }

  private passedBy(node: FunctionNode, value: ValueId): readonly Filter[] {
    let ofNode = this.known.get(node);
    if (ofNode === undefined) this.known.set(node, (ofNode = new Map<ValueId, readonly Filter[]>()));
    let found = ofNode.get(value);
    if (found === undefined) {
      const listed = this.listOf(node, value);
      ofNode.set(value, (found = listed === null ? none : this.filtersOf(listed)));
    }
    return found;
  }

  /** The list that a loop goes through, or whose method runs the function. */
  private listOf(node: FunctionNode, value: ValueId): Listed | null {
    const definition = definitionOf(node, value);
    if (definition?.kind === "iterate")
      return definition.mode === "of" ? { owner: node, list: definition.object } : null;
    if (definition?.kind !== "parameter") return null;
    const [edge, ...others] = this.pointsTo.callbacksOf(node);
    if (edge === undefined || others.length > 0 || this.pointsTo.callersOf(node).length > 0) return null;
    const { instruction, caller } = edge.site;
    if (instruction.kind !== "call" || instruction.receiver === null) return null;
    const index = instruction.name.endsWith(".reduce") ? 1 : 0;
    return definition.index === index && reading.test(instruction.name)
      ? { owner: caller, list: instruction.receiver }
      : null;
  }

  private filtersOf({ owner, list }: Listed): readonly Filter[] {
    const found: Filter[] = [];
    let value = list;
    for (let steps = 0; steps < longestChain; steps++) {
      const made = owner.definitions[originOf(owner, value)];
      if (made?.kind !== "instruction" || made.instruction.kind !== "call") break;
      const { instruction, point } = made;
      if (instruction.receiver === null || !selecting.test(instruction.name)) break;
      if (!isOnlyRead(owner, instruction.out)) break;
      const filter = this.filterAt(owner, instruction, point);
      if (filter !== null) found.push(filter);
      value = instruction.receiver;
    }
    return found;
  }

  private filterAt(
    node: FunctionNode,
    { name, arguments: [given, ...others] }: InstructionOf<"call">,
    point: number,
  ): Filter | null {
    if (!name.endsWith(".filter") || given === undefined || given.spread || others.length > 0) return null;
    const site = this.pointsTo.findSite(node, point);
    const [edge, ...alternatives] = site?.callbacks.values() ?? [];
    if (site === undefined || edge === undefined || alternatives.length > 0 || site.edges.size > 0)
      return null;
    const isOfLists = [...site.foreign].every(({ module, path }) => module === "lib" && path[0] === "Array");
    return site.foreign.size > 0 && isOfLists ? { edge, given: given.value } : null;
  }
}

const nothing: ReadonlySet<number> = new Set();

/** Nothing is put into a list later, and it is handed to nobody who could do so. */
function isOnlyRead(node: FunctionNode, list: ValueId): boolean {
  return (node.uses[list] ?? []).every((point) => {
    const use = node.code[point];
    return use !== undefined && reads(node, use, list);
  });
}

function reads(node: FunctionNode, use: Instruction, list: ValueId): boolean {
  switch (use.kind) {
    case "declare":
    case "cast":
      return isOnlyRead(node, use.out);
    case "iterate":
      return true;
    case "load":
      return use.property.kind === "name" ? !isCalled(node, use.out) || isMethod(use.property.name) : true;
    case "call":
      return (
        use.receiver === list &&
        (reading.test(use.name) || selecting.test(use.name)) &&
        use.arguments.every(({ value }) => value !== list)
      );
    default:
      return false;
  }
}

function isMethod(name: string): boolean {
  return reading.test(`.${name}`) || selecting.test(`.${name}`);
}

function isCalled(node: FunctionNode, value: ValueId): boolean {
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    return use?.kind === "call" && use.callee === value;
  });
}
