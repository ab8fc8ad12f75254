/**
 * Whether nobody hears that a call failed: its error is caught, perhaps logged, and whoever asked is told that all
 * is done. What a handler may do and still tell nobody stands in `silent-ways.ts`.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Passage } from "../guards/open-way.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf } from "../paths/value-places.js";
import { Deciding, receivedAs } from "./handed-promises.js";
import { handsOn, LeftPromises } from "./left-promises.js";
import { SilentWays } from "./silent-ways.js";

/** Functions that hand a promise on to another. */
const deepest = 4;

export class SwallowedFailures {
  private readonly silence: SilentWays;
  private readonly left: LeftPromises;
  private readonly deciding: Deciding;
  /** How many functions the promise was handed on to that is asked about. */
  private depth = 0;
  private callers: readonly Passage[] = [];

  constructor(
    private readonly pointsTo: PointsTo,
    models: SiteModels,
  ) {
    this.silence = new SilentWays(pointsTo, models);
    this.left = new LeftPromises(pointsTo, this.silence);
    this.deciding = new Deciding(pointsTo);
  }

  /** Only logged, or not even that; null: somebody hears of it. */
  howAt(node: FunctionNode, point: number, callers: readonly Passage[]): "logged" | "unheard" | null {
    const before = this.silence.logs;
    if (!this.at(node, point, callers)) return null;
    return this.silence.logs > before ? "logged" : "unheard";
  }

  /** `callers`: from where the function is called on the way that is asked about, the nearest first. */
  private at(node: FunctionNode, point: number, callers: readonly Passage[]): boolean {
    const instruction = node.code[point];
    if (instruction === undefined || !("out" in instruction)) return false;
    this.callers = callers;
    const swallowed = this.ofPromise(node, instruction.out, new Set());
    return (swallowed ?? this.isCaughtSilently(node, point)) && !this.isAskedByCaller(node, callers);
  }

  /** What the function gives back tells whether it failed, and who called it asks: `if (!(await erase(id)))`. */
  private isAskedByCaller(node: FunctionNode, [caller, ...outer]: readonly Passage[]): boolean {
    const call = caller?.node.code[caller.point];
    return (
      caller !== undefined &&
      call?.kind === "call" &&
      givesSomething(node) &&
      this.deciding.by(caller.node, call.out, outer)
    );
  }

  /**
   * A promise that nobody waits for in a function that waits for things: its call stands alone, or what goes on
   * behind it tells nobody (`remove(id).then(() => console.log("gone"))`). With `void` somebody decided so.
   */
  isLost(node: FunctionNode, value: ValueId): boolean {
    return this.isLeft(node, value, false);
  }

  /** The same, for certain a promise (`isPromise`): also in a function that does not wait for anything. */
  isLeft(node: FunctionNode, value: ValueId, isPromise: boolean): boolean {
    if ((!node.graph.async && !isPromise) || node.graph.kind === "module") return false;
    return this.left.endOf(node, value) === "left";
  }

  /** `void remove(id)`, `void Promise.all(list)`, also behind what goes on and tells nobody. */
  isVoid(node: FunctionNode, value: ValueId): boolean {
    return this.left.endOf(node, value) === "void";
  }

  /** The call of an own function that makes a promise, or of a list that runs one for each element. */
  isLostAt(node: FunctionNode, point: number): boolean {
    const call = node.code[point];
    if (call?.kind !== "call" || call.new) return false;
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return false;
    const given = [...site.callbacks.values()];
    if (given.length > 0)
      return call.name.endsWith(".forEach") && given.every(({ callee }) => callee.graph.async);
    const called = [...site.edges.values()];
    return (
      called.length > 0 && called.every(({ callee }) => callee.graph.async) && this.isLost(node, call.out)
    );
  }

  /** Null: nobody waits for it here. */
  private ofPromise(node: FunctionNode, value: ValueId, seen: Set<ValueId>): boolean | null {
    if (seen.has(value)) return null;
    seen.add(value);
    let found: boolean | null = null;
    for (const point of node.uses[value] ?? []) {
      const answer = this.ofUse(node, value, point, seen);
      // `work.catch(log); await work;`: who waits for it too hears it.
      if (answer === false) return false;
      found ??= answer;
    }
    return found;
  }

  private ofUse(node: FunctionNode, value: ValueId, point: number, seen: Set<ValueId>): boolean | null {
    const use = node.code[point];
    switch (use?.kind) {
      case "await":
        return this.isCaughtSilently(node, point);
      case "declare":
      case "cast":
        return this.ofPromise(node, use.out, seen);
      case "store":
        return use.value === value && definitionOf(node, use.object)?.kind === "array"
          ? this.ofPromise(node, use.object, seen)
          : null;
      case "load":
        // `deletion.catch`: what it is called with comes with the call.
        return null;
      case "call":
        return this.ofCall(node, use, value, point, seen);
      default:
        return null;
    }
  }

  private ofCall(
    node: FunctionNode,
    call: Extract<Instruction, { kind: "call" }>,
    value: ValueId,
    point: number,
    seen: Set<ValueId>,
  ): boolean | null {
    const method = call.name.slice(call.name.lastIndexOf(".") + 1);
    if (call.receiver === value) {
      const handler = call.arguments[method === "catch" ? 0 : 1];
      if (/^(?:catch|then)$/u.test(method) && this.left.isSilentHandler(node, handler?.value))
        // `const gone = await remove(id).catch(log)`, and what comes is asked for.
        return !this.deciding.by(node, call.out, this.depth === 0 ? this.callers : []);
      // What a builder's next call gives is the same: `db.delete(notes).where(…)`.
      return this.ofPromise(node, call.out, seen);
    }
    if (/^Promise\.(?:all|race|any)$/u.test(call.name)) return this.ofPromise(node, call.out, seen);
    if (call.name === "Promise.allSettled") return !this.isLookedAt(node, call.out);
    return this.isSwallowedBehind(node, call, value, point);
  }

  /** An own function that is handed the promise swallows its failure, and nobody asks it; null: it does not. */
  private isSwallowedBehind(
    node: FunctionNode,
    call: InstructionOf<"call">,
    value: ValueId,
    point: number,
  ): boolean | null {
    const edges = [...(this.pointsTo.findSite(node, point)?.edges.values() ?? [])];
    if (edges.length === 0 || this.depth >= deepest) return null;
    this.depth++;
    const isSwallowed = edges.every((edge) => {
      const received = receivedAs(edge, call, value);
      return (
        received.length > 0 && received.every((each) => this.ofPromise(edge.callee, each, new Set()) === true)
      );
    });
    this.depth--;
    return isSwallowed && !this.deciding.by(node, call.out, this.depth === 0 ? this.callers : [])
      ? true
      : null;
  }

  /** Of lists that always settle: somebody reads how they did. */
  private isLookedAt(node: FunctionNode, list: ValueId): boolean {
    const uses = node.uses[list] ?? [];
    return uses.length === 0
      ? handsOn(node, list)
      : uses.some((point) => {
          const use = node.code[point];
          return use?.kind === "await" ? isRead(node, use.out) : true;
        });
  }

  private isCaughtSilently(node: FunctionNode, point: number): boolean {
    const block = node.graph.blocks[node.blockOf[point] ?? 0];
    return block !== undefined && this.silence.isCaught(node, block);
  }
}

/** In some run it gives back more than that it has ended. */
function givesSomething(node: FunctionNode): boolean {
  return node.graph.blocks.some(({ end }) => {
    if (end.kind !== "return" || end.value === null) return false;
    const given = definitionOf(node, end.value);
    return given?.kind !== "constant" || (given.type !== "undefined" && given.type !== "null");
  });
}

/** More of a list is read than how long it is. */
function isRead(node: FunctionNode, list: ValueId): boolean {
  if (handsOn(node, list)) return true;
  return (node.uses[list] ?? []).some((point) => {
    const use = node.code[point];
    if (use?.kind === "declare" || use?.kind === "cast") return isRead(node, use.out);
    return !(use?.kind === "load" && use.property.kind === "name" && use.property.name === "length");
  });
}
