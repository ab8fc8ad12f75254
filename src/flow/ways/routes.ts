/**
 * Routes: where a fact about a value has to stop on its way along the control flow of a function. Between two stops
 * nothing concerns it, so it goes from one to the next in one step, however many blocks lie between them.
 */
import type { BlockId } from "../../contracts/file-graph.js";
import type { Context } from "../contexts/context.js";
import type { Aliases } from "../points-to/aliases.js";
import type { Branches } from "./branches.js";
import type { DecidedBranches, Side } from "../program/sides.js";
import { pending } from "../tabulation/fact.js";
import type { Base, KeyNote } from "../tabulation/fact.js";
import { FactEnds } from "./fact-ends.js";
import { LiveBlocks } from "../program/live-blocks.js";
import { successors } from "../program/successors.js";
import { NoReturn } from "../program/no-return.js";
import type { FunctionNode } from "../program/program.js";
import type { PointsTo } from "../points-to/points-to.js";
import { TouchedValues } from "../tabulation/touched-values.js";
import type { ThrowingPoints } from "./throwing-points.js";

/**
 * A place in a function where a fact stops, as one number: an instruction (its point), the end of a block, or the
 * head of a block whose phi gives the fact a new base.
 */
export type Stop = number;

/** Where a fact goes next, and which new bases phis give it at the heads of which blocks. */
export interface Route {
  readonly stops: readonly Stop[];
  readonly renamed: readonly Renamed[];
}

/** A fact that comes to the head of a block under this base. */
export interface Renamed {
  readonly base: Base;
  readonly head: Stop;
  /** The key that it was read under becomes another one there. */
  readonly isKeyMade: boolean;
}

/** Where the key of a fact is made anew. */
interface KeyMade {
  readonly point: number;
  /** Position of the block whose phi it is. */
  readonly block: number;
}

/** Who answers what routes depend on. */
interface RouteFacts {
  readonly touched: TouchedValues;
  readonly ends: FactEnds;
  readonly live: LiveBlocks;
  readonly noReturn: NoReturn;
  readonly throwing: ThrowingPoints;
  readonly branches: Branches;
}

/** The end of a block as a stop; its head is `headOf`. */
export function endOf(node: FunctionNode, block: number): Stop {
  return node.code.length + block;
}

export function headOf(node: FunctionNode, block: number): Stop {
  return node.code.length + node.graph.blocks.length + block;
}

const nowhere: Route = { stops: [], renamed: [] };

/** The routes through functions; runs whose callers decide the same branches share theirs. */
export class Routes {
  private readonly functions = new Map<number, Map<string, FunctionRoutes>>();
  private readonly runs = new Map<number, Map<Context, FunctionRoutes>>();

  private readonly facts: RouteFacts;

  constructor(pointsTo: PointsTo, aliases: Aliases, branches: Branches, throwing: ThrowingPoints) {
    const touched = new TouchedValues(pointsTo, aliases);
    const ends = new FactEnds(branches.tests);
    this.facts = {
      touched,
      ends,
      live: new LiveBlocks(touched, ends),
      noReturn: new NoReturn(pointsTo),
      throwing,
      branches,
    };
  }

  of(node: FunctionNode, context: Context): FunctionRoutes {
    let runs = this.runs.get(node.index);
    if (runs === undefined) this.runs.set(node.index, (runs = new Map<Context, FunctionRoutes>()));
    let found = runs.get(context);
    if (found === undefined)
      runs.set(context, (found = this.share(node, this.facts.branches.decidedIn(node, context), null)));
    return found;
  }

  /** The same for facts about data that was read under a key; `isNoted` if it is no part of the data itself. */
  withKey(node: FunctionNode, context: Context, key: KeyNote, isNoted: boolean): FunctionRoutes {
    const name = `${context.key}|${String(key.place.value)}${key.place.isPair ? ".0" : ""}=${key.name}${isNoted ? "!" : ""}`;
    const known = this.of(node, context).withKey;
    let found = known.get(name);
    if (found === undefined) {
      found = this.share(node, this.facts.branches.decidedIn(node, context, key), isNoted ? key : null);
      known.set(name, found);
    }
    return found;
  }

  private share(node: FunctionNode, decided: DecidedBranches, key: KeyNote | null): FunctionRoutes {
    const made = key === null ? "" : String(key.place.value);
    const name = `${made}|${[...decided].map(([block, side]) => `${String(block)}${side}`).join()}`;
    let shared = this.functions.get(node.index);
    if (shared === undefined) this.functions.set(node.index, (shared = new Map<string, FunctionRoutes>()));
    let found = shared.get(name);
    if (found === undefined)
      shared.set(
        name,
        (found = new FunctionRoutes(node, decided, key === null ? null : madeAt(node, key), this.facts)),
      );
    return found;
  }
}

function madeAt(node: FunctionNode, { place }: KeyNote): KeyMade {
  const definition = node.definitions[place.value];
  return {
    point: definition?.kind === "instruction" ? definition.point : -1,
    block: definition?.kind === "phi" ? definition.block : -1,
  };
}

export class FunctionRoutes {
  private readonly within = new Map<Base, Map<number, Route>>();
  private readonly along = new Map<Base, Map<number, Route>>();
  /** Of the same run, by what is known of a key. */
  readonly withKey = new Map<string, FunctionRoutes>();
  private readonly dead: ReadonlySet<number>;

  constructor(
    private readonly node: FunctionNode,
    private readonly decided: DecidedBranches,
    private readonly key: KeyMade | null,
    private readonly facts: RouteFacts,
  ) {
    this.dead = facts.noReturn.pointsOf(node);
  }

  /** From a point of a block on, to the block's handler too if something may throw on the way. */
  from(base: Base, block: number, point: number): Route {
    const row = rowOf(this.within, base);
    const key = block * (this.node.code.length + 1) + point;
    const known = row.get(key);
    if (known !== undefined) return known;
    const walk = new Walk(this.node, base);
    this.inBlock(walk, block, point);
    const route = this.finish(walk);
    row.set(key, route);
    return route;
  }

  /** Over the edge from one block to another. */
  over(base: Base, from: number, to: BlockId): Route {
    const target = this.node.blockById.get(to);
    if (target === undefined) return nowhere;
    const row = rowOf(this.along, base);
    const key = from * this.node.graph.blocks.length + target;
    const known = row.get(key);
    if (known !== undefined) return known;
    const walk = new Walk(this.node, base);
    this.edge(walk, from, to);
    const route = this.finish(walk);
    row.set(key, route);
    return route;
  }

  /** The only side that a branch takes in this run; null where it depends. */
  only(block: number): Side | null {
    return this.decided.get(block) ?? null;
  }

  /** The key that facts were read under becomes another one at this point. */
  makesKey(point: number): boolean {
    return this.key?.point === point;
  }

  isDead(point: number): boolean {
    return this.dead.size > 0 && this.dead.has(point);
  }

  private finish(walk: Walk): Route {
    for (let block = walk.queue.shift(); block !== undefined; block = walk.queue.shift()) {
      this.inBlock(walk, block, this.node.blockStart[block] ?? 0);
    }
    return walk.stops.length === 0 && walk.renamed.length === 0
      ? nowhere
      : { stops: walk.stops, renamed: walk.renamed };
  }

  private inBlock(walk: Walk, block: number, point: number): void {
    const { node } = this;
    const end = (node.blockStart[block] ?? 0) + (node.graph.blocks[block]?.instructions.length ?? 0);
    const touched = this.facts.touched.next(node, walk.base, point, end);
    const made = this.key?.point ?? -1;
    const next = made >= point && made < (touched ?? end) ? made : touched;
    const dead = this.firstDead(point, next ?? end);
    this.intoHandler(walk, block, point, dead ?? next);
    if (dead !== null) return;
    if (next === null) this.leave(walk, block);
    else walk.stops.push(next);
  }

  private firstDead(from: number, end: number): number | null {
    if (this.dead.size > 0)
      for (let point = from; point < end; point++) if (this.dead.has(point)) return point;
    return null;
  }

  /** What is thrown from a point to another, or to the end of the block, is caught by its handler. */
  private intoHandler(walk: Walk, block: number, from: number, to: number | null): void {
    const { node } = this;
    const body = node.graph.blocks[block];
    // An exception that was caught here goes no further by itself.
    if (body === undefined || body.handler === null || walk.base === pending) return;
    const last = to ?? (node.blockStart[block] ?? 0) + body.instructions.length - 1;
    let throws = to === null && body.end.kind === "throw";
    for (let point = from; point <= last && !throws; point++)
      throws = this.facts.throwing.mayThrow(node, point);
    if (throws) this.edge(walk, block, body.handler);
  }

  private leave(walk: Walk, block: number): void {
    const end = this.node.graph.blocks[block]?.end;
    if (end === undefined) return;
    if (this.facts.ends.concerns(this.node, walk.base, block)) {
      walk.stops.push(endOf(this.node, block));
      return;
    }
    for (const to of successors(end, this.only(block))) this.edge(walk, block, to);
  }

  private edge(walk: Walk, from: number, to: BlockId): void {
    const { node } = this;
    const target = node.blockById.get(to);
    const body = target === undefined ? undefined : node.graph.blocks[target];
    if (target === undefined || body === undefined) return;
    const source = node.graph.blocks[from]?.id;
    const isKeyMade = this.key?.block === target;
    let isReplaced = false;
    for (const phi of body.phis) {
      // The phis of a block are taken at once: the old value is gone only after all have read it.
      if (phi.out === walk.base) isReplaced = true;
      for (const input of phi.inputs)
        if (input.block === source && input.value === walk.base)
          walk.rename(phi.out, headOf(node, target), isKeyMade);
    }
    if (isReplaced || !this.facts.live.has(node, walk.base, target)) return;
    if (isKeyMade) walk.rename(walk.base, headOf(node, target), true);
    else walk.enter(target);
  }
}

class Walk {
  readonly stops: Stop[] = [];
  readonly renamed: Renamed[] = [];
  readonly queue: number[] = [];
  private readonly entered = new Set<number>();

  constructor(
    readonly node: FunctionNode,
    readonly base: Base,
  ) {}

  enter(block: number): void {
    if (this.entered.has(block)) return;
    this.entered.add(block);
    this.queue.push(block);
  }

  rename(base: Base, head: Stop, isKeyMade: boolean): void {
    if (!this.renamed.some((each) => each.base === base && each.head === head))
      this.renamed.push({ base, head, isKeyMade });
  }
}

function rowOf(table: Map<Base, Map<number, Route>>, base: Base): Map<number, Route> {
  let row = table.get(base);
  if (row === undefined) table.set(base, (row = new Map<number, Route>()));
  return row;
}
