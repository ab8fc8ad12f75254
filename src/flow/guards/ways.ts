/** What the parts of the guard analysis know of each other. */
import type { BlockId, ValueId } from "../../contracts/file-graph.js";
import type { NoReturn } from "../program/no-return.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import type { InputTypes } from "../sources/input-types.js";
import type { StaticConditions } from "../ways/static-conditions.js";
import type { Guards } from "./marks/guards.js";
import type { GivenPlaces } from "./evidence/given-places.js";
import type { KeptValues } from "./evidence/kept-values.js";
import type { Outcome } from "./evidence/outcome.js";
import type { Receiver } from "./evidence/same-receiver.js";
import type { WrittenProperties } from "./evidence/written-properties.js";

export interface OpenWaysTools {
  readonly pointsTo: PointsTo;
  readonly guards: Guards;
  readonly conditions: StaticConditions;
  readonly noReturn: NoReturn;
  readonly properties: WrittenProperties;
  readonly models: SiteModels;
  /** Where what packages hand out is called, and what their objects hold is put in. */
  readonly given: GivenPlaces;
  /** What the program puts into maps and takes out again. */
  readonly kept: KeptValues;
  /** Of what types values are that come in, where the checker does not know. */
  readonly inputs: InputTypes;
}

/** How control came to the start of a block. */
export interface Arrival {
  /** Position of the block before. */
  readonly from: number;
  readonly side: "then" | "else" | "body" | "exit" | "handler" | "jump";
}

/** Open blocks by position, with the way that first led there; null for the start. */
export interface OpenBlocks {
  readonly blocks: ReadonlyMap<number, Arrival | null>;
  /** The first point of each block behind which it is closed. */
  readonly closed: ReadonlyMap<number, number>;
}

/** What evidence needs to know of the ways through functions. */
export interface Ways {
  mayEstablish(node: FunctionNode): boolean;
  /** Some function may establish something. */
  readonly canEstablish: boolean;
  mayReturn(node: FunctionNode, outcome: Outcome, isAwaited: boolean, self?: Receiver | null): boolean;
  /** The same of one call, with what is known of its arguments. */
  mayReturnFrom(edge: CallEdge, outcome: Outcome, isAwaited: boolean, self: Receiver | null): boolean;
  open(node: FunctionNode, self?: Receiver | null): OpenBlocks;
  goes(node: FunctionNode, open: OpenBlocks, from: BlockId, to: BlockId): boolean;
  /** The same ways where what a function calls, of several that it may be, is that one. */
  choosing(node: FunctionNode, called: ValueId, chosen: FunctionNode): Ways;
}

export const nothingOpen: OpenBlocks = { blocks: new Map(), closed: new Map() };

/** More than the points of all blocks of a function together. */
const mostPoints = 2 ** 32;

/** Of answers about what is open, the one that leaves more open. */
export function rankOfOpen(answer: boolean | OpenBlocks): number {
  if (typeof answer === "boolean") return Number(answer);
  // Closed blocks open again when more is known, or are closed further down.
  let points = 0;
  for (const point of answer.closed.values()) points += point;
  return (1 + 2 * answer.blocks.size - answer.closed.size) * mostPoints + points;
}
