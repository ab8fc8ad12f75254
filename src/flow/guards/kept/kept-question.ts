/** Whether something that arrives was kept before: what is asked, and with what it is answered. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SeenCallers } from "../../contexts/seen-callers.js";
import type { SiteModels } from "../../models/site-models.js";
import type { Writers } from "../../points-to/writers.js";
import type { EntryGuards } from "../entries/entry-guards.js";
import type { GivenPlaces } from "../evidence/given-places.js";
import type { WrittenProperties } from "../evidence/written-properties.js";
import type { HeldValues } from "../held-values.js";

export interface KeptTools {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly writers: Writers;
  readonly held: HeldValues;
  readonly given: GivenPlaces;
  readonly entries: EntryGuards;
  readonly properties: WrittenProperties;
}

/** What is asked: is all that may stand at a place below a value kept before? */
export type AskKept = (node: FunctionNode, value: ValueId, path: readonly string[]) => boolean;

/** One question: what was asked on its way, and whether something of a store was found at all. */
export interface KeptQuestion {
  readonly callers: SeenCallers;
  readonly seen: Set<string>;
  isFound: boolean;
}
