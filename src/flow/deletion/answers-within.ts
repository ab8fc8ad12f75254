/** Whether functions that are run answer who asked, themselves, by what they call or by callbacks that they hand over. */
import type { Block, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Outset } from "../guards/open-way.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { successors } from "../program/successors.js";

const told: ReadonlySet<string> = new Set(["responds", "answers"]);
/** What is said to whom the handler listens to. */
const saying = /\.(?:emit|send|write|reply|postMessage)$/u;
const deepest = 4;

export class AnswersWithin {
  private readonly handed: ReadonlySet<AbstractValue>;
  private readonly heard: ReadonlySet<AbstractValue>;

  /** Who answers the request, and who is told of an error, is what its handler is handed beside it. */
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    { kind, node, site }: Outset,
  ) {
    const isHandler = kind === "handler";
    this.handed = new Set(
      (isHandler ? node.code : []).flatMap((each) =>
        each.kind === "parameter" && each.index > 0 ? [...pointsTo.valuesOf(node, each.out)] : [],
      ),
    );
    const listens = isHandler && site?.instruction.kind === "call" ? site.instruction.receiver : null;
    this.heard =
      site === null || listens === null ? new Set() : new Set(pointsTo.valuesOf(site.caller, listens));
  }

  /** Where nothing fails, one of them answers: `res.sendStatus(204)`, `next()`. */
  areIn(nodes: readonly FunctionNode[]): boolean {
    const seen = new Set<FunctionNode>();
    return nodes.some((node) => this.isIn(node, true, 0, seen));
  }

  /** What the call hands over answers, or what is called on what it gives: `redis.del(key, () => res.end())`. */
  areBehind(node: FunctionNode, point: number, depth = 0): boolean {
    const call = node.code[point];
    if (call?.kind !== "call" || depth > deepest) return false;
    if (this.areIn(this.callbacksAt(node, point))) return true;
    return (node.uses[call.out] ?? []).some((next) => {
      const use = node.code[next];
      return use?.kind === "call" && use.receiver === call.out && this.areBehind(node, next, depth + 1);
    });
  }

  /** `isPart`: it stands where the way goes through, and not in a function that is called there. */
  private isIn(node: FunctionNode, isPart: boolean, depth: number, seen: Set<FunctionNode>): boolean {
    if (depth > deepest || seen.has(node)) return false;
    seen.add(node);
    const ordinary = ordinaryBlocks(node);
    return node.code.some((each, point) => {
      if (each.kind !== "call" && each.kind !== "store") return false;
      const block = node.graph.blocks[node.blockOf[point] ?? 0];
      if (block === undefined || !ordinary.has(block)) return false;
      const site = this.pointsTo.findSite(node, point);
      if (
        site !== undefined &&
        this.models.at(site).some(({ model }) => model.roles.some(({ kind }) => told.has(kind)))
      )
        return true;
      if (each.kind !== "call") return false;
      const called = [...(site?.edges.values() ?? [])].map(({ callee }) => callee);
      if (called.length > 0) return called.some((callee) => this.isIn(callee, false, depth + 1, seen));
      return (
        this.isToAnswerer(node, each, isPart) ||
        this.callbacksAt(node, point).some((callee) => this.isIn(callee, isPart, depth + 1, seen))
      );
    });
  }

  private isToAnswerer(node: FunctionNode, call: InstructionOf<"call">, isPart: boolean): boolean {
    const { callee, receiver, name } = call;
    if (this.isOneOf(this.handed, node, receiver) || this.isOneOf(this.handed, node, callee)) return true;
    if (saying.test(name) && this.isOneOf(this.heard, node, receiver)) return true;
    // Somebody handed in, whom nobody knows.
    const definition = isPart ? definitionOf(node, callee) : undefined;
    return (
      definition?.kind === "parameter" || definition?.kind === "capture" || definition?.kind === "box-read"
    );
  }

  private isOneOf(values: ReadonlySet<AbstractValue>, node: FunctionNode, value: ValueId | null): boolean {
    return value !== null && [...this.pointsTo.valuesOf(node, value)].some((each) => values.has(each));
  }

  /** Functions that are handed to what the program does not have; a model need not say that they are called. */
  private callbacksAt(node: FunctionNode, point: number): FunctionNode[] {
    const call = node.code[point];
    const site = this.pointsTo.findSite(node, point);
    if (call?.kind !== "call" || (site !== undefined && site.edges.size > 0)) return [];
    const handed = call.arguments
      .flatMap(({ value }) => [...this.pointsTo.valuesOf(node, value)])
      .flatMap((value) => (value.kind === "function" ? [value.function] : []));
    return [...new Set([...handed, ...[...(site?.callbacks.values() ?? [])].map(({ callee }) => callee)])];
  }
}

/** What is run where nothing is thrown. */
function ordinaryBlocks(node: FunctionNode): ReadonlySet<Block> {
  const found = new Set<Block>();
  const queue = node.graph.blocks.slice(0, 1);
  for (let block = queue.pop(); block !== undefined; block = queue.pop()) {
    if (found.has(block)) continue;
    found.add(block);
    for (const id of successors(block.end)) {
      const next = node.graph.blocks[node.blockById.get(id) ?? -1];
      if (next !== undefined) queue.push(next);
    }
  }
  return found;
}
