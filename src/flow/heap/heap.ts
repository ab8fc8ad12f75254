/**
 * Objects that escape: module variables, variables of closures made far away, instances that a container shares.
 * Flow-insensitive: what is put in anywhere is read everywhere, in every context.
 */
import type { Instruction } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { AccessPath } from "../paths/access-path.js";
import { prepend, readPrefix } from "../paths/access-path.js";
import { receiver } from "../tabulation/fact.js";
import type { Base, State } from "../tabulation/fact.js";
import { registerPlaces } from "./heap-places.js";
import type { HeapPlace } from "../paths/heap-place.js";
import type { PlaceRegister } from "./heap-places.js";
import { isUnusedClosure } from "./unused-closures.js";
import type { LinkedFields } from "../points-to/object-fields.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { Singletons } from "../points-to/singletons.js";
import type { Trace } from "../tabulation/trace.js";

export interface HeapReader {
  readonly node: FunctionNode;
  readonly point: number;
  readonly base: Base;
  readonly prefix: readonly string[];
  /** The variable is read here again as a whole, so only what lies in its object is news. */
  readonly partsOnly: boolean;
  /** It is read in runs in which the value is this object. */
  readonly object: AbstractValue | null;
}

interface Cell {
  readonly facts: Map<number, { path: AccessPath; state: State; trace: Trace }>;
  readonly readers: HeapReader[];
}

const nowhere: readonly HeapPlace[] = [];

export type Delivery = (reader: HeapReader, path: AccessPath, state: State, trace: Trace) => void;

/** The instructions whose results may be objects that many hold. */
const mayShare = new Set<Instruction["kind"]>([
  "this",
  "parameter",
  "load",
  "capture",
  "box-read",
  "cell-read",
  "import-read",
  "iterate",
  "await",
  "call",
]);
/** States are numbered below this. */
const mostStates = 2 ** 24;

export class Heap {
  private readonly cells = new Map<string, Cell>();
  /** By function, then by value. */
  private readonly placesByValue: Map<Base, HeapPlace[]>[] = [];
  private readonly links = new Map<string, { from: readonly string[]; to: HeapPlace }[]>();
  private readonly singletons: Singletons;
  private readonly places: PlaceRegister = {
    write: (node, base, place) => {
      this.placesFor(node, base).push(place);
    },
    add: (node, point, base, place, partsOnly) => {
      this.add(node, point, base, place, partsOnly);
    },
    read: (node, point, base, { key, prefix }) => {
      this.cell(key).readers.push({ node, point, base, prefix, partsOnly: false, object: null });
    },
    move: (from, to) => {
      this.move(from, to);
    },
  };

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly deliver: Delivery,
  ) {
    this.singletons = new Singletons(pointsTo);
    for (const [one, other] of pointsTo.objectFields.linked) {
      this.link(one, other);
      this.link(other, one);
    }
    for (const node of pointsTo.program.functions) this.register(node);
    for (const { site } of new Set(pointsTo.channelSites())) {
      if (site.instruction.kind === "call" || site.instruction.kind === "await")
        this.add(
          site.caller,
          site.point,
          site.instruction.out,
          { key: `made:${site.id}`, prefix: [] },
          false,
        );
    }
  }

  private cell(key: string): Cell {
    let cell = this.cells.get(key);
    if (cell === undefined) {
      cell = { facts: new Map(), readers: [] };
      this.cells.set(key, cell);
    }
    return cell;
  }

  publish(place: HeapPlace, path: AccessPath, state: State, trace: Trace): void {
    const cell = this.cell(place.key);
    const full = prepend(place.prefix, path);
    if (path.isLost || full.isLost) return;
    const key = full.id * mostStates + state.id;
    if (cell.facts.has(key)) return;
    cell.facts.set(key, { path: full, state, trace });
    for (const reader of cell.readers) this.hand(reader, full, state, trace);
    for (const { from, to } of this.links.get(place.key) ?? []) {
      const rest = readPrefix(full, from);
      if (rest !== null) this.publish(to, rest, state, trace);
    }
  }

  /** What is put into a property that is linked with another is in both. */
  private link(one: LinkedFields[0], other: LinkedFields[0]): void {
    this.move(
      { ...sharedPlace(one.object), prefix: [one.name] },
      { ...sharedPlace(other.object), prefix: [other.name] },
    );
  }

  private move({ key, prefix }: HeapPlace, to: HeapPlace): void {
    const link = { from: prefix, to };
    const known = this.links.get(key);
    if (known === undefined) this.links.set(key, [link]);
    else known.push(link);
  }

  private hand(reader: HeapReader, path: AccessPath, state: State, trace: Trace): void {
    const rest = readPrefix(path, reader.prefix);
    if (rest === null || (reader.partsOnly && rest.components.length === 0)) return;
    this.deliver(reader, rest, state, trace);
  }

  /** Where else the object of a value lives. */
  placesOf(node: FunctionNode, base: Base): readonly HeapPlace[] {
    return this.placesByValue[node.index]?.get(base) ?? nowhere;
  }

  /** Where a cell is read. */
  readersOf(key: string): readonly HeapReader[] {
    return this.cells.get(key)?.readers ?? [];
  }

  private add(node: FunctionNode, point: number, base: Base, place: HeapPlace, partsOnly: boolean): void {
    this.placesFor(node, base).push(place);
    const { key, prefix, object = null } = place;
    this.cell(key).readers.push({ node, point, base, prefix, partsOnly, object });
  }

  private placesFor(node: FunctionNode, base: Base): HeapPlace[] {
    const row = (this.placesByValue[node.index] ??= new Map<Base, HeapPlace[]>());
    let list = row.get(base);
    if (list === undefined) row.set(base, (list = []));
    return list;
  }

  private register(node: FunctionNode): void {
    if (isUnusedClosure(this.pointsTo, node)) return;
    node.code.forEach((instruction, point) => {
      registerPlaces(this.pointsTo, this.places, node, instruction, point);
      if (!("out" in instruction)) return;
      if (mayShare.has(instruction.kind)) this.addShared(node, point, instruction.out);
      const single = this.singletons.named(node, instruction);
      if (single !== null && !this.pointsTo.isShared(single))
        this.add(node, point, instruction.out, { key: `single:${String(single.id)}`, prefix: [] }, true);
    });
    this.addSharedReceiver(node);
  }

  private addShared(node: FunctionNode, point: number, base: Base): void {
    for (const value of this.pointsTo.valueNode(node, base).list) {
      if (this.pointsTo.isShared(value)) this.add(node, point, base, sharedPlace(value), true);
    }
  }

  private addSharedReceiver(node: FunctionNode): void {
    for (const value of this.pointsTo.receiverNode(node).values) {
      if (!this.pointsTo.isShared(value)) continue;
      this.placesFor(node, receiver).push(sharedPlace(value));
    }
  }
}

/** Where what an object holds lies that many have. */
export function sharedPlace(object: AbstractValue): HeapPlace {
  return { key: `shared:${String(object.id)}`, prefix: [], object };
}
