/**
 * Borders: where a value that nothing has marked before is put into something marked and is so from there on.
 * What was known already is not named a second time; that is decided when all facts are known.
 */
import type { Span } from "../../base/location.js";
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import { BorderStates } from "./border-states.js";
import type { Entering } from "./border-states.js";
import type { State } from "./fact.js";
import { KnownValues } from "../constants/known-values.js";
import { Origins } from "../sources/origins.js";
import type { Asked } from "../sources/asked.js";
import { isPropertyName } from "../paths/path-components.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { callsUpTo } from "../contexts/constructor-chains.js";
import { CallersOnWay } from "../contexts/seen-callers.js";
import type { CallsOnWay, SeenCallers } from "../contexts/seen-callers.js";
import { SealedValues } from "../protection/sealed-values.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { beginning, source, step } from "./trace.js";
import type { Writers } from "../points-to/writers.js";

/** A part of a value that becomes a field. */
export interface Border {
  readonly node: FunctionNode;
  readonly value: ValueId;
  readonly path: readonly string[];
  readonly field: FieldId;
}

/** What can be asked about one way. */
export interface OnWay {
  readonly origins: Origins;
  readonly callers: SeenCallers;
  /** Does something new come to the border that a trace begins at? Null where it begins at none. */
  crosses(trace: Trace): boolean | null;
}

export class Borders {
  private readonly all = new Map<Trace, Border>();
  private readonly together = new Map<string, Border[]>();
  private readonly answers = new Map<Border, boolean>();
  private readonly asked = new Map<FieldId, BorderStates>();
  /** Parameters that are marked themselves, and so hold what comes in there. */
  private readonly held = new Map<Trace, Border>();
  private readonly heldTogether = new Map<string, Border[]>();
  private readonly byCaller = new Map<CallEdge, Map<FunctionNode, SeenBy | null>>();
  private readonly known: KnownValues;
  private ofAll: Origins | null = null;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    readonly writers: Writers,
  ) {
    this.known = new KnownValues(tabulation, pointsTo, writers);
  }

  /** What begins here: the fact's state, and its first steps. */
  enter(border: Border, at: Span, { protection, assumedThrough }: Entering): { state: State; trace: Trace } {
    const { node, field } = border;
    const name = this.annotations.fields.get(field)?.name ?? field;
    const first = source(node, at, { kind: "enters", field: name });
    this.all.set(first, border);
    addTo(this.together, border);
    return {
      state: this.tabulation.facts.state(field, protection, assumedThrough !== null),
      trace:
        assumedThrough === null
          ? first
          : step(node, at, { kind: "assumed-through", callee: assumedThrough }, first),
    };
  }

  /** What a marked parameter holds begins a way of its own; who hands it nothing new gets nothing back of it. */
  hold(border: Border, begun: Trace): void {
    this.held.set(begun, border);
    addTo(this.heldTogether, border);
  }

  /** Every value that something comes to a border with. */
  get crossed(): Iterable<Border> {
    return this.all.values();
  }

  /** Did this way begin at a border where the value was known to be another field already? */
  isNamedAgain(trace: Trace): boolean {
    const first = beginning(trace);
    const border = first === null ? undefined : this.all.get(first);
    if (border === undefined) return false;
    let answer = this.answers.get(border);
    if (answer === undefined) {
      answer = this.isKnown(border);
      this.answers.set(border, answer);
    }
    return answer;
  }

  /**
   * Does something come to the border by this caller, of all who call its function? What the function hands back is
   * no child data for the others (`toRow(request.name)`, `toRow("nobody")`).
   */
  isCrossedBy(trace: Trace, edge: CallEdge): boolean {
    const first = beginning(trace);
    const border = first === null ? undefined : (this.all.get(first) ?? this.held.get(first));
    const seen = border === undefined ? null : this.seenBy(border.node, edge);
    if (border === undefined || seen === null) return true;
    const { states, origins } = seen;
    return (
      this.togetherWith(border).some(({ node, value, path: [name], field }) =>
        name === undefined
          ? states.statesOf(node, value, field).length > 0
          : !isPropertyName(name) || origins.ofProperty(node, value, name) !== "no",
      ) ||
      (this.heldTogether.get(groupOf(border)) ?? []).some(
        ({ node, value, field }) =>
          states.statesOf(node, value, field).length > 0 || origins.isOpaque(node, value),
      )
    );
  }

  /** What is seen of a function by one who calls it, or calls a constructor that only hands on to it; null: as by all. */
  private seenBy(node: FunctionNode, edge: CallEdge): SeenBy | null {
    let ofEdge = this.byCaller.get(edge);
    if (ofEdge === undefined) this.byCaller.set(edge, (ofEdge = new Map<FunctionNode, SeenBy | null>()));
    let seen = ofEdge.get(node);
    if (seen === undefined) {
      // One that calls itself hands on what others have handed in.
      const calls = edge.site.caller.slotKey === node.slotKey ? null : callsUpTo(this.pointsTo, node, edge);
      if (calls === null) seen = null;
      else {
        const callers = new CallersOnWay(this.pointsTo, calls);
        const origins = this.originsFor({ callers });
        seen = { origins, states: this.statesBy(origins, callers) };
      }
      ofEdge.set(node, seen);
    }
    return seen;
  }

  /** The same for a whole way; what comes out of stores was let in before, and what is known to have been kept. */
  onWay(
    calls: CallsOnWay,
    isStore: NonNullable<Asked["isStore"]>,
    isKept: (border: Border, callers: SeenCallers) => boolean = () => false,
  ): OnWay {
    const callers = calls.size === 0 ? this.pointsTo : new CallersOnWay(this.pointsTo, calls);
    const origins = this.originsFor({ callers, isStore });
    const states = this.statesBy(origins, callers);
    const brings = ({ node, value, field, path: [name] }: Border): boolean => {
      if (name === undefined) return states.statesOf(node, value, field).length > 0;
      return name === "[]" ? origins.isOutside(node, value) : origins.ofProperty(node, value, name) !== "no";
    };
    const crosses = (trace: Trace): boolean | null => {
      const first = beginning(trace);
      const border = first === null ? undefined : this.all.get(first);
      if (border === undefined) return null;
      return this.togetherWith(border).some((each) => brings(each) && !isKept(each, callers));
    };
    return { origins, callers, crosses };
  }

  /** Ways that meet go on as one, so all of a function that make the same field count. */
  private togetherWith(border: Border): readonly Border[] {
    return this.together.get(groupOf(border)) ?? [];
  }

  /** Of all that call. */
  get origins(): Origins {
    return (this.ofAll ??= this.originsFor({}));
  }

  private originsFor(asked: Asked): Origins {
    return new Origins(this.pointsTo, this.resolver, this.annotations, this.writers, asked);
  }

  private statesBy(origins: Origins, callers: SeenCallers = this.pointsTo): BorderStates {
    const sealed = new SealedValues(this.pointsTo, origins, this.annotations, callers);
    return new BorderStates(origins, sealed, this.annotations, this.resolver);
  }

  private isKnown({ node, value, path, field }: Border): boolean {
    if (path.length > 0) return this.isOther(node, value, path, field, false);
    return this.newAt(field).statesOf(node, value, field).length === 0;
  }

  private isOther(
    node: FunctionNode,
    value: ValueId,
    path: readonly string[],
    field: FieldId,
    byAssumption: boolean,
  ): boolean {
    const fields = this.known.fieldsOf(node, value, path, byAssumption);
    return fields !== null && fields.size > 0 && !fields.has(field);
  }

  /** The states of what comes to borders of a field and is not known to be another one. */
  private newAt(field: FieldId): BorderStates {
    let found = this.asked.get(field);
    if (found === undefined) {
      const isKnown: Asked["isKnown"] = (node, value, byAssumption) =>
        this.isOther(node, value, [], field, byAssumption);
      found = this.statesBy(this.originsFor({ isKnown }));
      this.asked.set(field, found);
    }
    return found;
  }
}

interface SeenBy {
  readonly origins: Origins;
  readonly states: BorderStates;
}

function addTo(groups: Map<string, Border[]>, border: Border): void {
  const list = groups.get(groupOf(border));
  if (list === undefined) groups.set(groupOf(border), [border]);
  else list.push(border);
}

/** Borders of one function that make the same field. */
function groupOf({ node, field }: Border): string {
  return `${String(node.index)}|${field}`;
}
