/** Properties of objects: who wants to know of each, and which of them are one. */
import type { AbstractValue } from "./abstract-value.js";
import type { PointerNode } from "./pointer-graph.js";

export type FieldFound = (name: string, node: PointerNode) => void;

interface FieldOf {
  readonly object: AbstractValue;
  readonly name: string;
}

export type LinkedFields = readonly [FieldOf, FieldOf];

export class ObjectFields {
  /** Properties that are one: what is put into the one is in the other. */
  readonly linked: LinkedFields[] = [];
  private readonly knownLinks = new Set<string>();
  private readonly found = new Map<number, FieldFound[]>();
  private readonly copies = new Map<number, Set<AbstractValue>>();

  add(object: AbstractValue, found: FieldFound): void {
    const known = this.found.get(object.id);
    if (known === undefined) this.found.set(object.id, [found]);
    else known.push(found);
  }

  tell(object: AbstractValue, name: string, node: PointerNode): void {
    for (const found of this.found.get(object.id) ?? []) found(name, node);
  }

  /** True where they were not one before. */
  link(one: FieldOf, other: FieldOf): boolean {
    const key = `${String(one.object.id)}.${one.name}|${String(other.object.id)}.${other.name}`;
    const isKnown = this.knownLinks.has(key);
    this.knownLinks.add(key);
    if (!isKnown) this.linked.push([one, other]);
    return !isKnown;
  }

  /** The first time that the properties of the one are to be those of the other, too. */
  isNewCopy(from: AbstractValue, to: AbstractValue): boolean {
    if (from === to) return false;
    let targets = this.copies.get(from.id);
    if (targets === undefined) this.copies.set(from.id, (targets = new Set()));
    return !targets.has(to) && targets.add(to).size > 0;
  }
}
