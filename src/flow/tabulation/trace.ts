/** How a fact came about, as a linked list that is only walked for what is reported. */
import type { Span } from "../../base/location.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { StepNote, TraceStep } from "../../contracts/flow.js";
import type { FunctionNode } from "../program/program.js";
import { locationOf } from "../program/program.js";

export type Trace =
  /** The start of a function's run for one entry fact; what came before is told by whoever entered. */
  | { readonly kind: "entry"; readonly length: number; readonly entered: () => Trace | null }
  | {
      readonly kind: "source";
      readonly length: number;
      readonly node: FunctionNode;
      readonly span: Span;
      readonly note: StepNote;
      /** The value that was read from, or that holds the data. */
      readonly root: ValueId | null;
      /** Where in that value it lies, if it is a part that nothing has read yet. */
      readonly path: readonly string[];
    }
  | {
      readonly kind: "step";
      readonly length: number;
      readonly node: FunctionNode;
      readonly span: Span;
      readonly note: StepNote;
      readonly previous: Trace;
    }
  /** Through a callee: `inner` runs from its entry to its exit, `previous` is the caller's way up to the call. */
  | { readonly kind: "return"; readonly length: number; readonly inner: Trace; readonly previous: Trace };

export function source(
  node: FunctionNode,
  span: Span,
  note: StepNote,
  root: ValueId | null = null,
  path: readonly string[] = [],
): Trace {
  return { kind: "source", length: 1, node, span, note, root, path };
}

export function step(node: FunctionNode, span: Span, note: StepNote, previous: Trace): Trace {
  return { kind: "step", length: previous.length + 1, node, span, note, previous };
}

export function through(inner: Trace, previous: Trace): Trace {
  return { kind: "return", length: inner.length + previous.length, inner, previous };
}

/** The step that a way began with: one object for all ways that began there. */
export function beginning(trace: Trace): SourceTrace | null {
  const returns: Trace[] = [];
  let current: Trace | null = trace;
  for (let hops = 0; current !== null && current.kind !== "source" && hops < mostHops; hops++) {
    if (current.kind === "entry") current = returns.pop() ?? current.entered();
    else {
      if (current.kind === "return") returns.push(current.previous);
      current = current.kind === "return" ? current.inner : current.previous;
    }
  }
  return current?.kind === "source" ? current : null;
}

/** The calls out of which the run came back that a way began in: where it was called from, the innermost last. */
export function callsAround(trace: Trace): readonly StepTrace[] {
  const around: { readonly previous: Trace; readonly at: StepTrace | null }[] = [];
  let current: Trace | null = trace;
  let last: StepTrace | null = null;
  for (let hops = 0; current !== null && current.kind !== "source" && hops < mostHops; hops++) {
    if (current.kind === "return") around.push({ previous: current.previous, at: last });
    last = current.kind === "step" ? current : null;
    if (current.kind === "entry") current = around.pop()?.previous ?? current.entered();
    else current = current.kind === "return" ? current.inner : current.previous;
  }
  return around.flatMap(({ at }) => (at === null ? [] : [at]));
}

export type StepTrace = Extract<Trace, { kind: "step" }>;
export type SourceTrace = Extract<Trace, { kind: "source" }>;

/** A way back that is longer is taken for a round. */
const mostHops = 5000;

/** More steps than this are cut in the middle: nobody follows them. */
const mostSteps = 200;

/** The steps from the source on; `by`: who entered the runs that are meant, where many did. */
export function flatten(trace: Trace, by?: ReadonlyMap<Trace, Trace>): TraceStep[] {
  const steps: TraceStep[] = [];
  const returns: Trace[] = [];
  let current: Trace | null = trace;
  while (current !== null && steps.length < mostSteps) {
    switch (current.kind) {
      case "entry":
        current = returns.pop() ?? by?.get(current) ?? current.entered();
        break;
      case "source":
        steps.push({ location: locationOf(current.node, current.span), note: current.note });
        current = null;
        break;
      case "step":
        steps.push({ location: locationOf(current.node, current.span), note: current.note });
        current = current.previous;
        break;
      case "return":
        returns.push(current.previous);
        current = current.inner;
        break;
    }
  }
  return steps.reverse();
}
