/**
 * Whether what comes to an operation on a way is new to the program: from outside, and never kept before. Asked by
 * way: what other callers hand over does not come by it, nor what they write to the same property.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Borders, OnWay } from "../tabulation/borders.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";
import type { EntryGuards } from "./entries/entry-guards.js";
import type { KeptBefore } from "./kept/kept-before.js";
import type { HeldValues } from "./held-values.js";
import type { KeptOnTheWay } from "./kept-on-the-way.js";
import type { OpenWay } from "./open-way.js";

interface Branch {
  readonly next: Map<CallEdge, Branch>;
  view: OnWay | null;
}

/** Further up a way its calls are not told apart. */
const mostCalls = 5;

export class NewData {
  private readonly root: Branch = { next: new Map(), view: null };

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly borders: Borders,
    private readonly held: HeldValues,
    private readonly kept: KeptOnTheWay,
    private readonly entries: EntryGuards,
    private readonly before: KeptBefore,
  ) {}

  /** Data that was kept already is not collected when it is kept again. */
  comesBy({ beginning, trace, passages, outset }: OpenWay): boolean {
    if (beginning === null || trace === null) return true;
    if (this.kept.isPassedOn(trace)) return false;
    const { node, root, note, path } = beginning;
    const view = this.viewOf(passages, node);
    const crossed = view.crosses(beginning);
    if (crossed === false) return false;
    if (root === null) return note.kind === "enters";
    if (this.kept.isTakenOut(node, root, outset.site)) return false;
    if (crossed !== null) return crossed;
    const name = "field" in note ? (note.field.split(".").at(-1) ?? "") : "";
    const isNew =
      this.isOutside(view, node, root) ||
      view.origins.isOutsideAt(node, root, path.length > 0 ? path : [name]);
    return isNew && !this.before.isKept(node, root, [name], view.callers);
  }

  private viewOf(passages: OpenWay["passages"], from: FunctionNode): OnWay {
    const first = passages.findLastIndex(({ node }) => node === from);
    const calls = new Map<FunctionNode, CallEdge>();
    let branch = this.root;
    for (let index = first; index >= 0 && calls.size < mostCalls; index++) {
      const [below, above] = [passages[index], passages[index + 1]];
      if (below === undefined || above === undefined) break;
      const edge = this.pointsTo
        .callersOf(below.node)
        .find(({ site }) => site.caller === above.node && site.point === above.point);
      if (edge === undefined || calls.has(below.node)) break;
      calls.set(below.node, edge);
      let next = branch.next.get(edge);
      if (next === undefined) branch.next.set(edge, (next = { next: new Map(), view: null }));
      branch = next;
    }
    branch.view ??= this.borders.onWay(
      calls,
      (callee) => this.held.isStore(callee),
      ({ node, value, path }, callers) => this.before.isKept(node, value, path, callers),
    );
    return branch.view;
  }

  /** A parameter or variable that is marked itself is as new as what it is given. */
  private isOutside({ origins, callers }: OnWay, node: FunctionNode, root: ValueId): boolean {
    const origin = originOf(node, root);
    if (origins.isOutside(node, root) || origins.isOutside(node, origin)) return true;
    if (isCopyOfOutside(origins, node, origin)) return true;
    const definition = node.definitions[origin];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return false;
    const { index } = definition.instruction;
    if (this.entries.of(node).length > 0) return true;
    const edges = callers.callersOf(node);
    if (edges.length + callers.callbacksOf(node).length === 0) return true;
    return edges.some((edge) =>
      argumentsFor(edge, index).some(({ value }) => origins.isOutside(edge.site.caller, value)),
    );
  }
}

/** `{ ...request.body, id }` */
function isCopyOfOutside(origins: OnWay["origins"], node: FunctionNode, object: ValueId): boolean {
  return (node.uses[object] ?? []).some((point) => {
    const copy = node.code[point];
    return copy?.kind === "copy-properties" && copy.target === object && origins.isOutside(node, copy.source);
  });
}
