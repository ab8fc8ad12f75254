/**
 * Functions that are given a copy to change: what they leave in it is the result, and what the copy was made of stays as
 * it was.
 */
import type { Role } from "../../contracts/model.js";
import { meet } from "../models/address-facts.js";
import { draftedBy, draftIndex, isLeftInDraft } from "../models/draft-roles.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { called } from "../paths/step-names.js";
import type { Callbacks, Deliver } from "./callbacks.js";
import type { Entry, Incoming } from "./entry.js";
import { incoming } from "./fact.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step, through } from "./trace.js";

type DraftRole = Extract<Role, { kind: "drafts" }>;

export class Drafts {
  private readonly handlers = new Map<CallbackEdge, NonNullable<Incoming["callback"]>>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly deliver: Deliver,
    private readonly callbacks: Callbacks,
  ) {}

  /** What lies in the original goes through every function that changes the copy. */
  meet(
    entry: Entry,
    site: CallSite,
    role: DraftRole,
    names: readonly string[],
    fact: Fact,
    trace: Trace,
  ): void {
    const rest = meet(this.pointsTo, site, role.of, fact.base, fact.path, names);
    if (rest === null) return;
    const index = draftIndex(role.by);
    const edges = [...site.callbacks.values()].filter((edge) => edge.address === draftedBy(role));
    // A whole that is data itself has nothing in it that could be changed.
    if (index === null || edges.length === 0 || rest.components.length === 0) {
      this.deliver(entry, site, role.to, rest, fact.state, trace, names);
      if (index === null || edges.length === 0) return;
    }
    for (const edge of edges) {
      if (!this.tabulation.contexts.allowsCallback(entry.context, edge)) continue;
      const inside = this.tabulation.facts.fact(incoming(index), rest, fact.state);
      const note = {
        kind: "passed",
        parameter: edge.callee.graph.parameters[index]?.name ?? "",
        ...called(edge.callee, entry.node),
      } as const;
      this.tabulation.addIncoming(
        this.tabulation.entryOf(edge.callee, inside, this.callbacks.contextOf(entry, edge)),
        {
          entry,
          site,
          edge,
          binding: { callee: edge.callee, links: [], result: null },
          callback: this.handlerOf(edge, role, names),
          takesAsItWas: true,
          fact,
          trace: step(entry.node, site.instruction.at, note, trace),
          before: trace,
        },
      );
    }
  }

  private handlerOf(
    edge: CallbackEdge,
    role: DraftRole,
    names: readonly string[],
  ): NonNullable<Incoming["callback"]> {
    let handler = this.handlers.get(edge);
    if (handler === undefined) {
      handler = (entry, site, fact, inner, previous, given) => {
        const trace = previous === null ? inner : through(inner, previous);
        if (isLeftInDraft(role, edge, fact))
          this.deliver(entry, site, role.to, fact.path, fact.state, trace, names);
        else this.callbacks.leave(edge, entry, site, fact, trace, given);
      };
      this.handlers.set(edge, handler);
    }
    return handler;
  }
}
