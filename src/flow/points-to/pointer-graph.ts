/**
 * Inclusion constraints over abstract values (Andersen): nodes are variables and properties, an edge says that
 * all values of one are values of another, a listener reacts to each new value. Solved by a worklist of nodes
 * that have news, in order of arrival, so results and order are deterministic. Most nodes hold one value or
 * none, so sets are made only where they are needed.
 */
import type { AbstractValue } from "./abstract-value.js";

interface Listener {
  readonly hear: (value: AbstractValue) => void;
  /** How many of the node's values it has heard. */
  heard: number;
}

type Kind = AbstractValue["kind"];

/** A node that may be more than this tells nothing any more: what comes after is dropped. */
const most: Partial<Record<Kind, number>> = {
  constant: 24,
  computed: 9,
  foreign: 24,
  object: 32,
  instance: 2500,
};
const leastMost = 9;
/** Lists up to this length are searched and take the room that they need, longer ones have a set. */
const longestSearched = 8;

/** Values handed from node to node before the analysis is cut; a program of 190,000 lines needed 0.5 million. */
const mostMoved = 20_000_000;

const noItems: readonly never[] = [];
const none: ReadonlySet<AbstractValue> = new Set();

/**
 * The list with one more, which may be the same list. An engine makes room for seventeen where one is put into an empty
 * list; there are millions of lists, and most stay that short.
 */
function grown<Item extends object>(list: readonly Item[], item: Item): readonly Item[] {
  if (list.length === 0) return [item];
  if (list.length < longestSearched) return list.concat(item);
  (list as Item[]).push(item);
  return list;
}

export class PointerNode {
  /** In order of arrival. */
  list: readonly AbstractValue[] = noItems;
  targets: readonly PointerNode[] = noItems;
  listeners: readonly Listener[] = noItems;
  /** How many values the targets have. */
  handedOn = 0;
  isQueued = false;
  /** More values arrived than a node holds. */
  isFull = false;
  /** What a place of its type can hold; null: anything. */
  admits: ((value: AbstractValue) => boolean) | null = null;
  private set: Set<AbstractValue> | null = null;
  private targetSet: Set<PointerNode> | null = null;
  private counts: Partial<Record<Kind, number>> | null = null;

  get values(): ReadonlySet<AbstractValue> {
    if (this.list.length === 0) return none;
    return (this.set ??= new Set(this.list));
  }

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  has(value: AbstractValue): boolean {
    return this.list.length <= longestSearched ? this.list.includes(value) : this.values.has(value);
  }

  /** True if the value is new and there is room for it. */
  take(value: AbstractValue): boolean {
    if (this.has(value) || this.admits?.(value) === false) return false;
    if (this.list.length >= leastMost && !this.hasRoom(value.kind)) {
      this.isFull = true;
      return false;
    }
    this.list = grown(this.list, value);
    this.set?.add(value);
    return true;
  }

  private hasRoom(kind: Kind): boolean {
    if (this.counts === null) {
      this.counts = {};
      for (const each of this.list) this.counts[each.kind] = (this.counts[each.kind] ?? 0) + 1;
    }
    const count = (this.counts[kind] ?? 0) + 1;
    if (count > (most[kind] ?? Infinity)) return false;
    this.counts[kind] = count;
    return true;
  }

  /** Which values it has is found anew, should it be asked; nobody hears of a further value. */
  close(): void {
    this.set = null;
    this.targets = noItems;
    this.targetSet = null;
    this.listeners = noItems;
  }

  listen(listener: Listener): void {
    this.listeners = grown(this.listeners, listener);
  }

  /** True if the target is new. */
  addTarget(target: PointerNode): boolean {
    if (this.targetSet === null ? this.targets.includes(target) : this.targetSet.has(target)) return false;
    this.targets = grown(this.targets, target);
    if (this.targetSet !== null) this.targetSet.add(target);
    else if (this.targets.length > longestSearched) this.targetSet = new Set(this.targets);
    return true;
  }
}

export class PointerGraph {
  /** The properties of what has none: nothing goes in, nothing comes out. */
  readonly nothing = new PointerNode();
  /** So many values went from node to node that the rest was left out. */
  isSpent = false;
  /** The nodes of values of functions, in order of their making. */
  readonly valueNodes: PointerNode[] = [];
  private moved = 0;
  private readonly queue: PointerNode[] = [];
  private quiet: (() => boolean)[] = [];
  private readonly named = new Map<string, PointerNode>();
  /** Nodes that have listeners or sets. */
  private readonly open = new Set<PointerNode>();
  private isClosed = false;

  create(): PointerNode {
    return new PointerNode();
  }

  createValue(): PointerNode {
    const node = this.create();
    this.valueNodes.push(node);
    return node;
  }

  node(key: string): PointerNode {
    let node = this.named.get(key);
    if (node === undefined) {
      node = this.create();
      this.named.set(key, node);
    }
    return node;
  }

  find(key: string): PointerNode | undefined {
    return this.named.get(key);
  }

  add(node: PointerNode, value: AbstractValue): void {
    if (node === this.nothing || !node.take(value) || this.isClosed) return;
    if (node.list.length === longestSearched + 1) this.open.add(node);
    if (node.isQueued) return;
    node.isQueued = true;
    this.queue.push(node);
  }

  edge(from: PointerNode, to: PointerNode): void {
    if (from === to || from === this.nothing || to === this.nothing) return;
    if (!this.isClosed && !from.addTarget(to)) return;
    if (from.targets.length === longestSearched + 1) this.open.add(from);
    for (const value of from.list) this.add(to, value);
  }

  /**
   * Gives memory back once everything is solved. Who asks from then on hears what a node has; an edge that is added hands
   * on what its start has.
   */
  close(): void {
    for (const node of this.open) node.close();
    this.open.clear();
    this.quiet = [];
    this.queue.length = 0;
    this.isClosed = true;
  }

  /** An edge that only lets through what a place can hold. */
  edgeThrough(from: PointerNode, to: PointerNode, admits: ((value: AbstractValue) => boolean) | null): void {
    if (admits === null) {
      this.edge(from, to);
      return;
    }
    const through = new PointerNode();
    through.admits = admits;
    this.edge(from, through);
    this.edge(through, to);
  }

  onValue(node: PointerNode, hear: (value: AbstractValue) => void): void {
    const listener: Listener = { hear, heard: 0 };
    if (!this.isClosed) {
      node.listen(listener);
      this.open.add(node);
    }
    tell(node, listener);
  }

  /** Asked whenever no values are on their way, until it says that it is done. */
  onQuiet(ask: () => boolean): void {
    if (!this.isClosed) this.quiet.push(ask);
  }

  /** Values are on their way again. */
  get isBusy(): boolean {
    return this.queue.length > 0;
  }

  solve(): void {
    this.settle();
    for (let done = false; !done && !this.isSpent;) {
      const asked = this.quiet;
      this.quiet = [];
      const left = asked.filter((ask) => !ask());
      // What was asked for meanwhile has not been asked yet.
      done = this.queue.length === 0 && this.quiet.length === 0;
      this.quiet = [...left, ...this.quiet];
      this.settle();
    }
  }

  private settle(): void {
    for (let head = 0; head < this.queue.length; head++) {
      const node = this.queue[head];
      if (node === undefined) break;
      node.isQueued = false;
      const { list, targets, listeners } = node;
      const start = node.handedOn;
      const end = list.length;
      node.handedOn = end;
      this.moved += (end - start) * (targets.length + listeners.length);
      if (this.moved > mostMoved) {
        this.isSpent = true;
        break;
      }
      for (const target of targets) {
        for (let index = start; index < end; index++) {
          const value = list[index];
          if (value !== undefined) this.add(target, value);
        }
      }
      // Listeners that are added meanwhile have heard everything.
      const count = listeners.length;
      for (let index = 0; index < count; index++) {
        const listener = listeners[index];
        if (listener !== undefined) tell(node, listener);
      }
    }
    this.queue.length = 0;
  }
}

function tell(node: PointerNode, listener: Listener): void {
  while (listener.heard < node.list.length) {
    const value = node.list[listener.heard++];
    if (value !== undefined) listener.hear(value);
  }
}
