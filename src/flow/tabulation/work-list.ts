/**
 * What is still to be followed. Data a few properties deep comes first: it is what people mean. Data far inside
 * other objects (a page element that knows its parent that knows its children) is followed afterwards, to a limit
 * for each field, so that one structure in which everything knows everything does not keep the rest waiting.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { Fact } from "./fact.js";

interface Followed {
  readonly fact: Fact;
  readonly entry: { readonly node: object };
}

/** Steps for one field; what lies beyond is told as a blind spot. */
const mostNear = 500_000;
/** The same for all fields together, so that many fields do not make a large program endless… */
const mostTogether = 3_000_000;
/** … and what each field has of it whatever the others took. */
const leastOfField = 150_000;
const mostFar = 120_000;
/** The same where closures hold one another (observables made of observables): there are as many ways as chains of them, and each step has many names to tell. */
const mostDeep = 4_000;
/** Steps for one field in one function that are taken also where the field's share is spent, by other functions it may be. */
const leastInFunction = 60;
/** A path longer than this, or one that goes round a structure, is far. */
const near = 3;
/** A queue gives back its memory after this many steps. */
const stepsKept = 100_000;

export class WorkList<Item extends Followed> {
  private readonly near = new Queue<Item>();
  private readonly far = new Queue<Item>();
  private readonly nearSteps = new Map<FieldId, number>();
  private readonly farSteps = new Map<FieldId, number>();
  private readonly deepSteps = new Map<FieldId, number>();
  private together = 0;
  /** By field: steps in functions once its share was spent. */
  private readonly stepsBeyond = new Map<FieldId, Map<object, number>>();

  /** False if the field has had its share. */
  push(item: Item): boolean {
    const { path, state } = item.fact;
    const isFar = path.goesRound || path.components.length > near;
    const [steps, most] = path.isDeepInClosures
      ? [this.deepSteps, mostDeep]
      : isFar
        ? [this.farSteps, mostFar]
        : [this.nearSteps, mostNear];
    const count = (steps.get(state.field) ?? 0) + 1;
    const isSpent = count > most || (this.together > mostTogether && count > leastOfField);
    if (isSpent && (path.isDeepInClosures || !this.mayGoBeyond(item))) return false;
    steps.set(state.field, count);
    this.together++;
    (isFar ? this.far : this.near).push(item);
    return true;
  }

  /** One function in which everything knows everything takes nothing from all others. */
  private mayGoBeyond({ fact: { state }, entry: { node } }: Item): boolean {
    let inFunctions = this.stepsBeyond.get(state.field);
    if (inFunctions === undefined)
      this.stepsBeyond.set(state.field, (inFunctions = new Map<object, number>()));
    const count = (inFunctions.get(node) ?? 0) + 1;
    inFunctions.set(node, count);
    return count <= leastInFunction;
  }

  next(): Item | undefined {
    return this.near.shift() ?? this.far.shift();
  }
}

class Queue<Item> {
  private readonly items: Item[] = [];
  private head = 0;

  push(item: Item): void {
    this.items.push(item);
  }

  shift(): Item | undefined {
    const item = this.items[this.head];
    if (item === undefined) return undefined;
    this.head++;
    if (this.head > stepsKept || this.head === this.items.length) {
      this.items.splice(0, this.head);
      this.head = 0;
    }
    return item;
  }
}
