/**
 * Uses of child data that need a guardian's consent and are reached on a way past it. Of those of one kind and one
 * field on a way, the first counts.
 */
import type { Span } from "../../base/location.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { ConsentPolicy, Operation, Sink } from "../../contracts/flow.js";
import type { Operation as OperationKind } from "../../contracts/vocabulary.js";
import type { Borders } from "../tabulation/borders.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Origins } from "../sources/origins.js";
import type { FunctionNode } from "../program/program.js";
import type { Arrival } from "../sinks/sink-hits.js";
import type { SinkHit } from "../sinks/sinks.js";
import { childAge } from "./ages/age-limit.js";
import { AgeQuestion } from "./ages/age-question.js";
import type { AgeTelling, AgeTest } from "./ages/age-test.js";
import { AgeTests } from "./ages/age-tests.js";
import { lookedAt } from "./ages/checked-values.js";
import { ChildChecks } from "./ages/child-checks.js";
import { Examinations } from "./ages/examinations.js";
import { SchemaGates } from "./ages/schema-gates.js";
import { RefusedBefore } from "./ages/refused-before.js";
import { wrongAges } from "./ages/wrong-ages.js";
import type { Chains } from "./handlers/chains.js";
import type { ConsentQuestion } from "./consent-question.js";
import type { GuardMark } from "./marks/guard-mark.js";
import { ConstantSubjects } from "./marks/constant-subjects.js";
import { GuardPlaces } from "./marks/guard-places.js";
import type { OpenWay } from "./open-way.js";
import { reachedFrom } from "./functions-that-reach.js";
import { OpenWays } from "./open-ways.js";
import type { OpenWaysTools } from "./ways.js";
import { isAskedInLoop, isDoneForEach, mayAskInLoops } from "./list-subjects.js";
import type { HeldValues } from "./held-values.js";
import { GuardUses } from "./entries/guard-uses.js";
import { KeptBefore } from "./kept/kept-before.js";
import { KeptOnTheWay } from "./kept-on-the-way.js";
import { NewData } from "./new-data.js";
import { withoutSecondNames } from "./named-twice.js";
import { Proofs } from "./marks/proofs.js";
import { Subjects } from "./marks/subjects.js";
import { tellOperation } from "./tell-operation.js";
import { WaysBack } from "./ways-back.js";

type PointsOf = ReadonlyMap<FunctionNode, ReadonlySet<number>>;

/** Where something is done, as with a field and what is kept and handed on with it. */
interface Done {
  readonly points: PointsOf;
  /** The question of what is reached past it, by kind, purposes and age. */
  readonly back: Map<string, WaysBack>;
}

interface Candidate {
  readonly kind: OperationKind;
  readonly hit: SinkHit;
  readonly ways: readonly OpenWay[];
  /** Faults of age tests are overlooked down to this level. */
  readonly level: number;
}

/** Which tests of ages count, in one question. */
interface Asked {
  readonly ages: AgeQuestion;
  readonly back: WaysBack;
  /** Somewhere a guard may be asked about each of a list, by itself or by way of helpers. */
  readonly hasLoops: boolean;
}

const rightAges: AgesAsked = { level: childAge, without: null };

interface AgesAsked {
  readonly level: number;
  readonly without: AgeTest | null;
}

export interface FoundOperations {
  readonly operations: readonly Operation[];
  readonly ageTests: readonly AgeTelling[];
}

export class Operations {
  private readonly places: GuardPlaces;
  private readonly uses: GuardUses;
  private readonly subjects: Subjects;
  private readonly constants: ConstantSubjects;
  private readonly proofs: Proofs;
  private readonly kept: KeptOnTheWay;
  /** What is new to the program, by the ways that it comes. */
  readonly fresh: NewData;
  private readonly ages: AgeTests;
  private readonly childChecks: ChildChecks;
  private readonly gates: SchemaGates;
  private readonly asked = new Map<string, Asked>();
  private readonly done = new Map<string, Done>();
  private reached: ReadonlySet<number> | null = null;
  private readonly testNumbers = new Map<AgeTest, number>();

  constructor(
    private readonly tools: OpenWaysTools,
    private readonly chains: Chains,
    origins: Origins,
    held: HeldValues,
    private readonly annotations: AnnotationTable,
    borders: Borders,
  ) {
    this.places = new GuardPlaces(tools.pointsTo, tools.guards);
    this.uses = new GuardUses(chains, this.places);
    this.proofs = new Proofs(tools.pointsTo, tools.guards, annotations, origins);
    this.kept = new KeptOnTheWay(tools.pointsTo, tools.models);
    const { entries } = this.chains;
    const before = new KeptBefore({ ...tools, held, entries, writers: borders.writers });
    this.fresh = new NewData(tools.pointsTo, borders, held, this.kept, entries, before);
    this.subjects = new Subjects(tools.pointsTo, this.places, tools.inputs);
    this.constants = new ConstantSubjects(tools.pointsTo, this.places);
    const { pointsTo, models, properties } = tools;
    const refused = new RefusedBefore(tools, chains, new Examinations(pointsTo, models, lookedAt));
    this.ages = new AgeTests({ pointsTo, models, origins, refused }, properties);
    this.childChecks = new ChildChecks(tools, this.ages);
    this.gates = new SchemaGates(tools, this.ages, this.childChecks, entries.decorated.decorations);
  }

  /** All that are reached on an unguarded way, and the tests of ages that let children through to one. */
  find(hits: readonly SinkHit[], consent: ConsentPolicy): FoundOperations {
    const groups = new Map<string, Candidate[]>();
    const ageTests = new Map<Span, AgeTelling>();
    const again: Operation[] = [];
    for (const hit of hits) {
      const kind = kindOf(hit.sink);
      if (kind === null) continue;
      const { sink, state } = hit;
      const found = consent.needsConsent(kind, sink, state.field)
        ? this.unguardedWays(kind, hit, rightAges)
        : [];
      if (found.length === 0) {
        if (consent.mayBeWithdrawn(kind, sink, state.field)) again.push(...this.doneAgain(kind, hit));
        continue;
      }
      const { level, ways } = this.pastWrongAges(kind, hit, found, ageTests);
      if (ways.length === 0) continue;
      const key = `${kind}|${hit.state.field}`;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [{ kind, hit, ways, level }]);
      else known.push({ kind, hit, ways, level });
    }
    const first = [...groups.values()].flatMap((group) => this.firstOf(group));
    const operations = withoutSecondNames([...first, ...again], this.annotations);
    return { operations, ageTests: [...ageTests.values()] };
  }

  /** By a job that does not ask whether consent still holds. */
  private doneAgain(kind: OperationKind, hit: SinkHit): Operation[] {
    const { back } = this.guardsOnly(kind, hit, rightAges);
    const arrivals = hit.arrivals.map(({ entry, site, trace }) => ({ entry, point: site.point, trace }));
    const [way, ...others] = back.fromJobs(arrivals).sort(compareWays);
    if (way === undefined) return [];
    return [
      {
        ...tellOperation(kind, hit, way, others, back.open, this.places, this.uses, this.chains),
        isAgain: true,
      },
    ];
  }

  /** A wrong age is one finding, not two: the ways that are only open for it are left out. */
  private pastWrongAges(
    kind: OperationKind,
    hit: SinkHit,
    ways: readonly OpenWay[],
    ageTests: Map<Span, AgeTelling>,
  ): { readonly level: number; readonly ways: readonly OpenWay[] } {
    const wrong = wrongAges(ways, this.gates.levels, (level, without) => {
      const asked = { level, without };
      return { ways: this.unguardedWays(kind, hit, asked), ages: this.guardsOnly(kind, hit, asked).ages };
    });
    if (wrong === null) return { level: childAge, ways };
    for (const telling of wrong.tests) {
      const known = ageTests.get(telling.test.at);
      if (known === undefined || telling.verdict.level < known.verdict.level)
        ageTests.set(telling.test.at, telling);
    }
    const { level } = wrong;
    return { level, ways: this.unguardedWays(kind, hit, { level, without: null }) };
  }

  /** What no other one of the group stands before. */
  private firstOf(group: readonly Candidate[]): Operation[] {
    const points = new Map<FunctionNode, Set<number>>();
    for (const { hit } of group)
      for (const { site } of hit.arrivals) {
        const known = points.get(site.caller);
        if (known === undefined) points.set(site.caller, new Set([site.point]));
        else known.add(site.point);
      }
    const isAlone = [...points.values()].reduce((sum, each) => sum + each.size, 0) === 1;
    const done = this.doneAt(points);
    return group.flatMap(({ kind, hit, ways, level }) => {
      const ages = { level, without: null };
      const first = isAlone ? ways : this.unguardedWays(kind, hit, ages, done);
      const [way, ...others] = [...first].sort(compareWays);
      if (way === undefined) return [];
      const { open } = this.guardsOnly(kind, hit, ages).back;
      return [tellOperation(kind, hit, way, others, open, this.places, this.uses, this.chains)];
    });
  }

  /** Fields that the same calls keep and hand on are asked about together. */
  private doneAt(points: ReadonlyMap<FunctionNode, ReadonlySet<number>>): Done {
    const key = [...points]
      .map(([node, at]) => `${String(node.index)}:${[...at].sort((a, b) => a - b).join()}`)
      .sort()
      .join(";");
    let found = this.done.get(key);
    if (found === undefined) this.done.set(key, (found = { points, back: new Map<string, WaysBack>() }));
    return found;
  }

  /** Ways past the guards and what is done before, and past guards that were asked about somebody else. */
  private unguardedWays(
    kind: OperationKind,
    hit: SinkHit,
    asked: AgesAsked,
    done: Done | null = null,
  ): OpenWay[] {
    const ages = new AgeQuestion(this.ages, asked.level, asked.without);
    const back =
      done === null ? this.guardsOnly(kind, hit, asked).back : this.pastOthers(kind, hit, asked, done);
    const ways = this.waysTo(kind, hit.arrivals, back);
    if (ways.length > 0) {
      const left = this.unasked(kind, hit, asked, back);
      return left.length === hit.arrivals.length ? ways : this.waysTo(kind, left, back);
    }
    return hit.arrivals.flatMap((arrival) => {
      const others = this.subjects.aboutOthers(arrival);
      if (others.size === 0) return [];
      const question = this.questionOf(kind, hit, ages, done?.points ?? new Map(), others);
      return this.waysTo(kind, [arrival], this.waysBack(question, done?.points)).map((way) => ({
        ...way,
        aboutOthers: others,
      }));
    });
  }

  /** Past the others of the group, too. Those for one purpose ask the same of the whole program. */
  private pastOthers(kind: OperationKind, hit: SinkHit, asked: AgesAsked, { points, back }: Done): WaysBack {
    const { purposes = [] } = this.annotations.fields.get(hit.state.field) ?? {};
    const key = `${kind}|${hit.sink.purpose ?? ""}|${purposes.join()}|${String(asked.level)}`;
    let found = back.get(key);
    if (found === undefined) {
      const ages = new AgeQuestion(this.ages, asked.level, asked.without);
      found = this.waysBack(this.questionOf(kind, hit, ages, points), points);
      back.set(key, found);
    }
    return found;
  }

  /** Arrivals of data that no loop over its list has asked about before, whatever else loops may do. */
  private unasked(kind: OperationKind, hit: SinkHit, asked: AgesAsked, past: WaysBack): readonly Arrival[] {
    const { ages, back, hasLoops } = this.guardsOnly(kind, hit, asked);
    if (!hasLoops) return hit.arrivals;
    const question = { ...this.questionOf(kind, hit, ages, new Map()), loopsCount: true };
    const behind = this.waysBack(question);
    const { pointsTo } = this.tools;
    return hit.arrivals.filter(
      (arrival) =>
        this.waysTo(kind, [arrival], behind).length > 0 ||
        !(
          isAskedInLoop(pointsTo, arrival.trace, back.open) ||
          isDoneForEach(pointsTo, this.waysTo(kind, [arrival], past), back.open)
        ),
    );
  }

  private waysTo(kind: OperationKind, all: readonly Arrival[], back: WaysBack): OpenWay[] {
    const arrivals = kind === "collection" ? all.filter(({ trace }) => !this.kept.isPassedOn(trace)) : all;
    const ways = back.from(arrivals.map(({ entry, site, trace }) => ({ entry, point: site.point, trace })));
    return kind === "collection" ? ways.filter((way) => this.fresh.comesBy(way)) : ways;
  }

  private guardsOnly(kind: OperationKind, hit: SinkHit, { level, without }: AgesAsked): Asked {
    const { purposes = [] } = this.annotations.fields.get(hit.state.field) ?? {};
    const key = `${kind}|${hit.sink.purpose ?? ""}|${purposes.join()}|${String(level)}|${this.numberOf(without)}`;
    let found = this.asked.get(key);
    if (found === undefined) {
      const ages = new AgeQuestion(this.ages, level, without);
      const back = this.waysBack(this.questionOf(kind, hit, ages, new Map()));
      found = { ages, back, hasLoops: mayAskInLoops(this.places, back.open) };
      this.asked.set(key, found);
    }
    return found;
  }

  private numberOf(test: AgeTest | null): string {
    if (test === null) return "";
    let number = this.testNumbers.get(test);
    if (number === undefined) this.testNumbers.set(test, (number = this.testNumbers.size));
    return String(number);
  }

  private waysBack(question: ConsentQuestion, done: PointsOf = new Map()): WaysBack {
    return new WaysBack(
      this.tools.pointsTo,
      this.tools.models,
      new OpenWays(this.tools, question, this.reaching(done)),
      this.chains,
      this.proofs,
    );
  }

  /** Functions in which something may be established; what guards and ages reach is the same for all questions. */
  private reaching(done: PointsOf): ReadonlySet<number> {
    this.reached ??= reachedFrom(this.tools, [
      ...this.places.functions,
      ...this.ages.functions,
      ...this.gates.functions,
    ]);
    return done.size === 0
      ? this.reached
      : new Set([...this.reached, ...reachedFrom(this.tools, [...done.keys()])]);
  }

  private questionOf(
    kind: OperationKind,
    { sink, state }: SinkHit,
    ages: AgeQuestion,
    points: PointsOf,
    others: ReadonlySet<CallSite> = new Set(),
  ): ConsentQuestion {
    const { purposes = [] } = this.annotations.fields.get(state.field) ?? {};
    const wanted = sink.purpose === null ? purposes : [sink.purpose];
    const acceptsMark = (mark: GuardMark): boolean =>
      mark.kind === "adult" ||
      ((mark.operations.length === 0 || mark.operations.includes(kind)) &&
        (mark.purposes.length === 0 ||
          wanted.length === 0 ||
          wanted.some((purpose) => mark.purposes.includes(purpose))));
    return {
      ages,
      accepts: (mark, site) =>
        acceptsMark(mark) &&
        !others.has(site) &&
        !(mark.kind === "guard" && this.constants.isAsked(site)) &&
        (mark.kind !== "adult" || this.childChecks.accepts(site, ages)),
      acceptsMark,
      asksOthers: (site) => others.has(site) || this.constants.isAsked(site),
      isDone: (node, point) => points.get(node)?.has(point) === true,
      tells: (node, value, outcome, _, isAwaited) => this.gates.tells(node, value, outcome, isAwaited, ages),
      isGuard: (handler, entry, made) => this.gates.isGuard(handler, ages, entry, made),
      isGuardingCall: (site, address) => this.gates.isGuardingCall(site, address, ages),
      places: [...this.places.functions, ...this.ages.functions, ...this.gates.functions, ...points.keys()],
    };
  }
}

function kindOf({ role }: Sink): OperationKind | null {
  switch (role) {
    case "store":
    case "sql":
    case "device":
      return "collection";
    case "http":
    case "disclose":
      return "transfer";
    case "public":
      return "disclosure";
    case "log":
    case "read":
      return null;
  }
}

const outsetOrder = ["handler", "module", "unknown"];

/** Certain ways first, then the shortest. */
function compareWays(a: OpenWay, b: OpenWay): number {
  return (
    Number(a.isAssumed) - Number(b.isAssumed) ||
    outsetOrder.indexOf(a.outset.kind) - outsetOrder.indexOf(b.outset.kind) ||
    a.passages.length - b.passages.length
  );
}
