/** Methods that only say what their object is: `isFailure() { return this.failure !== null }`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import type { Outcome } from "./outcome.js";

/** A method with the object that it is called on, as a value of the function that calls it. */
interface Bound {
  readonly callee: FunctionNode;
  readonly node: FunctionNode;
  readonly value: ValueId;
}

export class BoundMethods {
  /** The method that is looked at. */
  private bound: Bound | null = null;

  constructor(
    private readonly ask: (
      node: FunctionNode,
      value: ValueId,
      outcome: Outcome,
      isAwaited: boolean,
    ) => boolean,
    /** Answers what is asked inside for this question alone. */
    private readonly apart: (ask: () => boolean) => boolean,
  ) {}

  isBound(node: FunctionNode): boolean {
    return this.bound?.callee === node;
  }

  /** Does the object tell so by what the method gives? */
  tells(callee: FunctionNode, node: FunctionNode, value: ValueId, outcome: Outcome): boolean {
    const answer = this.bound === null ? plainAnswer(callee) : null;
    return (
      answer !== null &&
      this.during({ callee, node, value }, () => this.apart(() => this.ask(callee, answer, outcome, false)))
    );
  }

  /** What `this` tells: asked of the object as anywhere else. */
  ofThis(method: FunctionNode, outcome: Outcome): boolean {
    const { bound } = this;
    return (
      bound?.callee === method && this.during(null, () => this.ask(bound.node, bound.value, outcome, false))
    );
  }

  private during(bound: Bound | null, ask: () => boolean): boolean {
    const before = this.bound;
    this.bound = bound;
    try {
      return ask();
    } finally {
      this.bound = before;
    }
  }
}

/** What it gives back, where there is one way through it: what it says then depends on nothing but its object. */
function plainAnswer({ graph, code }: FunctionNode): ValueId | null {
  if (graph.async || graph.generator || graph.class === null || graph.static) return null;
  const [first] = graph.blocks;
  const isPlain =
    first?.end.kind === "return" &&
    code.every(({ kind }) => kind !== "call" && kind !== "super-call" && kind !== "store");
  return isPlain ? first.end.value : null;
}
