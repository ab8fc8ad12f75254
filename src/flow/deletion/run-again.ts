/**
 * Jobs of a calendar that only log what failed: the next run asks for the same rows again, and takes them away then. Not
 * so where something tells by then that it is done: a request that was taken before, or is noted as done behind the
 * catch, or a row that is gone by which the others were found.
 */
import type { EntryWay } from "../duties/entry-ways.js";
import { behindFailure } from "../duties/behind-failures.js";
import { heldStep } from "../heap/held-places.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import type { Outset, Passage } from "../guards/open-way.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { laterPoints } from "../program/later-points.js";
import { changesRows } from "../corrections/write-effect.js";
import { statementsAt, statementTexts } from "../stores/sql-sinks.js";
import { erasedBy } from "./erased-by.js";
import type { MarkingTools } from "./mark-finder.js";
import type { Role } from "../../contracts/model.js";
import { foldEach } from "../models/address-values.js";
import { functionPlace } from "../models/function-addresses.js";

type CallsRole = Extract<Role, { kind: "calls" }>;

/** What undoes all that was done inside when something fails there. */
const together = /transaction$/iu;
const undoing = /\.(?:rollback|abortTransaction)$/iu;

interface Change {
  readonly site: CallSite;
  readonly table: string;
  readonly isDeletion: boolean;
}

export class RunAgain {
  private changes: readonly Change[] | null = null;

  constructor(private readonly asked: MarkingTools) {}

  /**
   * Whether the next run finds again what the job did not erase on the way. `isMarked`: the tables that tell what is to
   * go; `isOwn`: the call erases in one of them.
   */
  finds(site: CallSite, job: EntryWay, isMarked: (table: string) => boolean, isOwn: boolean): boolean {
    const { way, loggedAt } = job;
    if (loggedAt === null || (this.isOfQueue(job.outset) && !this.isOnCalendar(job))) return false;
    const told = this.allChanges().filter(
      (each) =>
        isMarked(each.table) &&
        !(isOwn && each.isDeletion) &&
        !(each.site.caller.graph === site.caller.graph && each.site.point === site.point),
    );
    if (told.length === 0) return true;
    const passages = this.passagesOfRun(way.passages);
    const within = this.functionsOver(told);
    const isTold = (node: FunctionNode, point: number): boolean =>
      told.some((each) => each.site.caller.graph === node.graph && each.site.point === point) ||
      this.calledAt(node, point).some((callee) => within.has(callee.graph));
    const first = passages.findIndex((each) => loggedAt.includes(each));
    return !passages.some((passage, index) => {
      const { node, point } = passage;
      if (isToldBefore(passage, isTold) && !this.isUndone(passages.slice(index, first + 1))) return true;
      const isCaught = loggedAt.includes(passage);
      if (!isCaught && index < first) return false;
      const later = isCaught ? behindFailure(node, point) : laterPoints(node, point, new Set([point]));
      return node.code.some(
        (each, at) => each.kind === "call" && at !== point && later.reaches(at) && isTold(node, at),
      );
    });
  }

  /** Up to what calls the function again and again: what is done before that is done once, when the program starts. */
  private passagesOfRun(passages: readonly Passage[]): readonly Passage[] {
    const start = passages.findIndex(({ node, point }, index) => {
      const site = index === 0 ? undefined : this.asked.pointsTo.findSite(node, point);
      return site !== undefined && callsIn(this.rolesAt(site)).some(({ job }) => job);
    });
    return start === -1 ? passages : passages.slice(0, start);
  }

  /** Its jobs are put there one by one, and are gone when they are done. */
  private isOfQueue({ site }: Outset): boolean {
    return (
      site !== null &&
      this.rolesAt(site).some(
        (role) =>
          (role.kind === "calls" && role.asked === true) ||
          (role.kind === "flow" && role.from.some((from) => heldStep(from) !== -1)),
      )
    );
  }

  /** Something puts the jobs there again and again: `queue.add("purge", {}, { repeat: … })`. */
  private isOnCalendar(job: EntryWay): boolean {
    const { site } = job.outset;
    return [...(site === null ? [] : [site]), ...this.asked.ways.putting(job)].some((each) =>
      this.rolesAt(each).some(({ kind }) => kind === "repeats"),
    );
  }

  private rolesAt(site: CallSite): readonly Role[] {
    return this.asked.models.at(site).flatMap(({ model }) => model.roles);
  }

  /** The functions on this part of a way, the innermost first, undo what was done before. */
  private isUndone(passages: readonly Passage[]): boolean {
    return passages.some(({ node, point }, index) => {
      const call = node.code[point];
      if (index > 0 && call?.kind === "call" && together.test(call.name)) return true;
      return node.code.some(
        (each, at) => each.kind === "call" && (undoing.test(each.name) || this.isRollback(node, at)),
      );
    });
  }

  private isRollback(node: FunctionNode, point: number): boolean {
    const site = this.asked.pointsTo.findSite(node, point);
    if (site === undefined) return false;
    return this.asked.models
      .at(site)
      .some(({ model, names }) =>
        model.roles.some(
          (role) =>
            role.kind === "sql" &&
            statementTexts(this.asked.pointsTo, site, role, names).some((text) =>
              /^\s*rollback\b/iu.test(text),
            ),
        ),
      );
  }

  private calledAt(node: FunctionNode, point: number): readonly FunctionNode[] {
    const site = this.asked.pointsTo.findSite(node, point);
    if (site === undefined) return [];
    // `app.delete("/kids/:id", handler)` calls nothing yet.
    const later = callsIn(this.rolesAt(site)).filter(({ entry }) => entry);
    const called = [...site.callbacks.values()].filter(
      ({ address }) =>
        !later.some((role) => functionPlace(role.function, role.function.steps.length).text === address),
    );
    return [...site.edges.values(), ...called].map((each) => each.callee);
  }

  /** The functions in which such a change is made, by whatever calls. */
  private functionsOver(told: readonly Change[]): ReadonlySet<FunctionNode["graph"]> {
    const { pointsTo } = this.asked;
    const found = new Set(told.map(({ site }) => site.caller));
    for (const node of found)
      for (const edge of [...pointsTo.callersOf(node), ...pointsTo.callbacksOf(node)])
        found.add(edge.site.caller);
    return new Set([...found].map(({ graph }) => graph));
  }

  private allChanges(): readonly Change[] {
    this.changes ??= [...this.asked.pointsTo.sites.values()].flatMap((site) => this.changedBy(site));
    return this.changes;
  }

  private changedBy(site: CallSite): readonly Change[] {
    const { asked } = this;
    const { pointsTo, models, tables } = asked;
    return models.at(site).flatMap((match) =>
      match.model.roles.flatMap((role): readonly Change[] => {
        const changed = (names: readonly string[], isDeletion: boolean): readonly Change[] =>
          names.map((table) => ({ site, table, isDeletion }));
        if (role.kind === "sql")
          return statementsAt(pointsTo, site, role, match.names).flatMap((statement) => {
            if (statement === null) return [];
            const isChange = statement.verb === "update" || statement.verb === "merge";
            return [
              ...(isChange ? changed(statement.written, false) : []),
              ...changed(statement.deleted, true),
            ];
          });
        if (role.kind === "delete")
          return changed(
            erasedBy(asked, site, match, role).flatMap(({ target, strength }) =>
              target === null || strength === "soft" ? [] : [target],
            ),
            true,
          );
        if (role.kind !== "store" || !changesRows(pointsTo, models, site, role, match.names)) return [];
        const named = role.target ?? role.entity;
        const folded = named === null ? ["*"] : foldEach(pointsTo, site, named.parts, match.names);
        return changed(
          folded.flatMap((each) => (each === "*" ? (tables.nameAt(site) ?? []) : [each])),
          false,
        );
      }),
    );
  }
}

function callsIn(roles: readonly Role[]): readonly CallsRole[] {
  return roles.filter((role) => role.kind === "calls");
}

/** On every way to the call something tells that it is done. */
function isToldBefore(
  { node, point }: Passage,
  isTold: (node: FunctionNode, point: number) => boolean,
): boolean {
  const block = node.blockOf[point] ?? 0;
  const passed = dominatorsOf(node)[block];
  return node.code.some((each, at) => {
    const own = node.blockOf[at] ?? 0;
    const isBefore = own === block ? at < point : passed?.has(own) === true;
    return each.kind === "call" && isBefore && isTold(node, at);
  });
}
