/** Child data that comes to where a request is answered: calls that answer, and what handlers give back. */
import type { FieldId } from "../../contracts/annotation.js";
import type { Role } from "../../contracts/model.js";
import { meet } from "../models/address-facts.js";
import type { Entry } from "../tabulation/entry.js";
import type { Fact } from "../tabulation/fact.js";
import { isUnprinted } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Trace } from "../tabulation/trace.js";

type RespondsRole = Extract<Role, { kind: "responds" }>;

/** How data came there, and in which run. */
export interface AnswerArrival {
  readonly entry: Entry;
  readonly trace: Trace;
}

export interface Answer {
  readonly site: CallSite;
  readonly field: FieldId;
  readonly isAssumed: boolean;
  readonly arrivals: AnswerArrival[];
}

export class Answers {
  private readonly known = new Map<CallSite, Map<string, Answer>>();

  constructor(private readonly pointsTo: PointsTo) {}

  meet(
    entry: Entry,
    site: CallSite,
    { data }: RespondsRole,
    names: readonly string[],
    fact: Fact,
    trace: Trace,
  ): void {
    for (const address of data) {
      if (address.steps.some(({ kind }) => kind === "result")) continue;
      const rest = meet(this.pointsTo, site, address, fact.base, fact.path, names);
      if (rest === null || rest.components.some(isUnprinted)) continue;
      this.add(site, fact, { entry, trace });
      return;
    }
  }

  private add(site: CallSite, { state: { field, assumed } }: Fact, arrival: AnswerArrival): void {
    let fields = this.known.get(site);
    if (fields === undefined) this.known.set(site, (fields = new Map<string, Answer>()));
    const known = fields.get(field);
    if (known === undefined) fields.set(field, { site, field, isAssumed: assumed, arrivals: [arrival] });
    else known.arrivals.push(arrival);
  }

  get all(): readonly Answer[] {
    return [...this.known.values()].flatMap((fields) => [...fields.values()]);
  }
}
