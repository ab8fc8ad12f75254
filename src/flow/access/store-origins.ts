/** Whether data was read back from a store, and did not come with the request that is answered. */
import type { Span } from "../../base/location.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { AnswerArrival } from "../sinks/answers.js";
import type { RowsSeen } from "../stores/rows-seen.js";
import type { Trace } from "../tabulation/trace.js";
import { beginning } from "../tabulation/trace.js";
import type { ChildReads } from "./child-reads.js";
import { isLoadedElsewhere } from "./loaded-elsewhere.js";
import { RequestersRows } from "./requesters-rows.js";

/** What is answered, and where. */
interface Answered {
  readonly node: FunctionNode;
  readonly point: number;
  readonly at: Span;
  readonly field: FieldId;
  readonly arrivals: readonly AnswerArrival[];
}

export class StoreOrigins {
  private readonly bySpan = new Map<string, CallSite>();
  private readonly requesters: RequestersRows;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly reads: ChildReads,
    private readonly rows: ReadonlyMap<CallSite, RowsSeen>,
  ) {
    this.requesters = new RequestersRows(pointsTo, reads);
    for (const site of rows.keys()) this.bySpan.set(keyOf(site.caller.index, site.instruction.at[0]), site);
  }

  /** It is held somewhere: in a store of the program's, or behind a function that the program does not have. */
  isHeld(trace: Trace): boolean {
    if (this.of(trace) !== null) return true;
    const start = beginning(trace);
    return start !== null && start.root !== null && isLoadedElsewhere(this.pointsTo, start.node, start.root);
  }

  /** The ways of what is held somewhere and may be of others than whoever asks. */
  ofOthers({ node, at, point, field, arrivals }: Answered): readonly AnswerArrival[] {
    const own = new Set<CallSite>();
    const held = arrivals.filter(({ trace }) => this.isHeld(trace));
    const others = held.filter(({ trace }) => {
      const site = this.of(trace);
      if (site === null || !this.requesters.isOwn(trace, site)) return true;
      own.add(site);
      return false;
    });
    if (others.length > 0 || own.size === 0) return others;
    // Of two reads that come together in one value only one has a way.
    const isBeside = answeredValues(node, point, at).some((value) => {
      const sites = this.reads.sitesBehind(node, value);
      return (
        sites.some((site) => own.has(site)) &&
        sites.some((site) => !own.has(site) && this.mayHold(site, field))
      );
    });
    return isBeside ? held : [];
  }

  /** It may give the field of others than whoever asks. */
  private mayHold(site: CallSite, field: FieldId): boolean {
    const isKnown = this.rows.get(site)?.fields.has(field) ?? true;
    return isKnown && !this.reads.isWrite(site) && !this.requesters.isFoundBy(site, null, 0);
  }

  /** The call that read it; null where it came otherwise, or was written by the same call. */
  of(trace: Trace): CallSite | null {
    const start = beginning(trace);
    if (start === null) return null;
    const { node, span, root } = start;
    const row = root === null ? this.bySpan.get(keyOf(node.index, span[0])) : undefined;
    const sites = row !== undefined ? [row] : root === null ? [] : this.reads.sitesBehind(node, root);
    return sites.find((site) => !this.reads.isWrite(site)) ?? null;
  }
}

/** The values that a call answers with, or that a handler gives back, with what literals among them hold. */
function answeredValues(node: FunctionNode, point: number, at: Span): readonly ValueId[] {
  const instruction = node.code[point];
  const end = node.graph.blocks.find((block) => block.end.kind === "return" && block.end.at === at)?.end;
  const found: ValueId[] =
    end?.kind === "return" && end.value !== null
      ? [end.value]
      : instruction?.kind === "call"
        ? instruction.arguments.map(({ value }) => value)
        : instruction?.kind === "store"
          ? [instruction.value]
          : [];
  for (const value of found) {
    const object = originOf(node, value);
    for (const each of node.code)
      if (each.kind === "store" && originOf(node, each.object) === object && !found.includes(each.value))
        found.push(each.value);
  }
  return found;
}

function keyOf(node: number, start: number): string {
  return `${String(node)}:${String(start)}`;
}
