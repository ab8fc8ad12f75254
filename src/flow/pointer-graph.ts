/**
 * Inclusion constraints over abstract values (Andersen): nodes are variables and properties, an edge says that
 * all values of one are values of another, a listener reacts to each new value. Solved by a worklist in order
 * of arrival, so results and order are deterministic.
 */
import type { AbstractValue } from "./abstract-value.js";

export interface PointerNode {
  readonly values: Set<AbstractValue>;
  readonly targets: Set<PointerNode>;
  readonly listeners: ((value: AbstractValue) => void)[];
  readonly counts: Partial<Record<AbstractValue["kind"], number>>;
}

/** A node that may be more than this tells nothing any more: what comes after is dropped. */
const most: Partial<Record<AbstractValue["kind"], number>> = { constant: 40, computed: 40, foreign: 40, object: 120, instance: 120 };

export class PointerGraph {
  private readonly queue: { node: PointerNode; value: AbstractValue }[] = [];
  private head = 0;
  private readonly named = new Map<string, PointerNode>();

  create(): PointerNode {
    return { values: new Set(), targets: new Set(), listeners: [], counts: {} };
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
    if (node.values.has(value)) return;
    const count = (node.counts[value.kind] ?? 0) + 1;
    if (count > (most[value.kind] ?? Infinity)) return;
    node.counts[value.kind] = count;
    node.values.add(value);
    this.queue.push({ node, value });
  }

  edge(from: PointerNode, to: PointerNode): void {
    if (from === to || from.targets.has(to)) return;
    from.targets.add(to);
    for (const value of from.values) this.add(to, value);
  }

  onValue(node: PointerNode, listener: (value: AbstractValue) => void): void {
    node.listeners.push(listener);
    for (const value of [...node.values]) listener(value);
  }

  solve(): void {
    while (this.head < this.queue.length) {
      const item = this.queue[this.head++];
      if (item === undefined) break;
      for (const target of item.node.targets) this.add(target, item.value);
      for (let index = 0; index < item.node.listeners.length; index++) item.node.listeners[index]?.(item.value);
    }
    this.queue.length = 0;
    this.head = 0;
  }
}
