/** Ways of staff to a read, past no authorization, no approval, or no record. */
import type { AnnotationTable, FunctionAnnotation } from "../../contracts/annotation.js";
import type { Resolver } from "../../contracts/resolver.js";
import { AgeQuestion } from "../guards/ages/age-question.js";
import { AgeTests } from "../guards/ages/age-tests.js";
import type { ConsentQuestion } from "../guards/consent-question.js";
import { functionsThatReach } from "../guards/functions-that-reach.js";
import type { Chains } from "../guards/handlers/chains.js";
import { GuardPlaces } from "../guards/marks/guard-places.js";
import { Guards, type GuardKind } from "../guards/marks/guards.js";
import { Proofs } from "../guards/marks/proofs.js";
import type { OpenWay, Passage } from "../guards/open-way.js";
import { OpenWays } from "../guards/open-ways.js";
import { WaysBack } from "../guards/ways-back.js";
import type { OpenWaysTools } from "../guards/ways.js";
import type { Origins } from "../sources/origins.js";
import type { FunctionNode } from "../program/program.js";
import { AuthorizationTests } from "./authorization-tests.js";

/** What ways are asked for: `any` stops nowhere, `staff` where others than staff are stopped. */
export type AccessQuestion = "any" | "staff" | "authorization" | "approval" | "record";

type Tag = FunctionAnnotation["tag"];

/** Of the ways to a place only some are meant: those whose passages, as far as they are known, are wanted. */
export interface Through {
  readonly key: string;
  readonly isWanted: (passages: readonly Passage[]) => boolean;
  /** Passages that a way has at least. */
  readonly least: number;
}

/** The points at which something is read. */
type Reads = ReadonlyMap<FunctionNode, ReadonlySet<number>>;

interface Asked {
  readonly tools: OpenWaysTools;
  readonly question: ConsentQuestion;
  readonly ways: WaysBack;
  /** Ways past none of these reads. */
  readonly pastReads: Map<Reads, WaysBack>;
}

export interface AccessTools {
  readonly tools: OpenWaysTools;
  readonly chains: Chains;
  readonly origins: Origins;
  readonly annotations: AnnotationTable;
  readonly resolver: Resolver;
}

export class AccessWays {
  readonly approvals: Guards;
  readonly records: Guards;
  readonly staff: Guards;
  readonly authorization: AuthorizationTests;
  readonly staffTests: AuthorizationTests;
  private readonly nobody: Guards;
  private readonly ages: AgeQuestion;
  private readonly found = new Map<string, OpenWay[]>();
  private readonly asked = new Map<AccessQuestion, Asked>();

  constructor(
    private readonly given: AccessTools,
    /** Functions in which something is read: one read behind another is not the first. */
    private readonly reading: readonly FunctionNode[],
  ) {
    const { tools, origins } = given;
    const { pointsTo, models, properties } = tools;
    this.approvals = this.guardsOf(marked("accessApproval", false));
    this.records = this.guardsOf(marked("accessRecord", true));
    this.staff = this.guardsOf(marked("staffAccess", true));
    this.nobody = this.guardsOf({ isMark: () => false, role: null, isDone: false });
    const others = [this.approvals, this.records, tools.guards];
    this.authorization = new AuthorizationTests(pointsTo, models, others, false);
    this.staffTests = new AuthorizationTests(pointsTo, models, others, true);
    this.ages = new AgeQuestion(new AgeTests({ pointsTo, models, origins }, properties), Infinity);
  }

  private guardsOf(kind: GuardKind): Guards {
    const { tools, resolver, annotations } = this.given;
    return new Guards(tools.pointsTo, tools.models, resolver, annotations, kind);
  }

  /** All ways to the place; of those past no record, those that leave none behind it either. */
  to(question: AccessQuestion, place: Passage, through?: Through): OpenWay[] {
    const key = `${question} ${String(place.node.index)}:${String(place.point)} ${through?.key ?? ""}`;
    let found = this.found.get(key);
    if (found === undefined) this.found.set(key, (found = this.find(question, place, through)));
    return found;
  }

  private find(question: AccessQuestion, place: Passage, through: Through | undefined): OpenWay[] {
    // Where nothing is marked, no way is past anything.
    if (question === "approval" && this.approvals.isNone) return this.to("any", place, through);
    if (question === "record" && this.records.isNone && !this.records.areModelled)
      return this.to("any", place, through);
    return this.open(this.of(question).ways, question, place, through);
  }

  /** The same, past none of the other places. */
  toFirst(
    question: AccessQuestion,
    place: Passage,
    others: Reads,
    through: Through,
    own: readonly Passage[],
  ): OpenWay[] {
    const asked = this.of(question);
    let past = asked.pastReads.get(others);
    if (past === undefined) asked.pastReads.set(others, (past = this.pastReads(asked, others)));
    const excepted = own.filter(({ node, point }) => others.get(node)?.has(point) === true);
    return this.open(this.except(past, excepted), question, place, through);
  }

  /** Ways past none of the places where something is read. */
  private pastReads({ tools, question }: Asked, reads: Reads): WaysBack {
    const isDone = (node: FunctionNode, point: number): boolean => reads.get(node)?.has(point) === true;
    const reaching = this.reaching(tools, [...question.places, ...this.reading]);
    return this.waysOf(tools, { ...question, isDone }, reaching);
  }

  /** Is a function called there of which this holds? */
  calls(node: FunctionNode, holds: (callee: FunctionNode) => boolean): boolean {
    if (node.graph.kind === "module") return false;
    return node.code.some((_, point) =>
      [...(this.given.tools.pointsTo.findSite(node, point)?.edges.values() ?? [])].some(({ callee }) =>
        holds(callee),
      ),
    );
  }

  openFor(question: AccessQuestion): OpenWays {
    return this.of(question).ways.open;
  }

  private open(
    ways: WaysBack,
    question: AccessQuestion,
    place: Passage,
    through: Through | undefined,
  ): OpenWay[] {
    const { isWanted, least } = through ?? { isWanted: undefined, least: 0 };
    const found = ways.fromPlace(place, isWanted).filter(({ passages }) => passages.length >= least);
    if (question !== "record") return found;
    // Behind the read it does not matter what else is read.
    const { open } = this.of(question).ways;
    return found.filter(({ passages }) =>
      passages.every(({ node, point }) => !open.isNearGuard(node) || open.isLeftOpen(node, point)),
    );
  }

  private of(question: AccessQuestion): Asked {
    let found = this.asked.get(question);
    if (found === undefined) this.asked.set(question, (found = this.make(question)));
    return found;
  }

  private make(question: AccessQuestion): Asked {
    const guards =
      question === "approval" ? this.approvals : question === "record" ? this.records : this.nobody;
    const tools = { ...this.given.tools, guards };
    const asked = this.questionOf(question, guards);
    const ways = this.waysOf(tools, asked, this.reaching(tools, asked.places));
    return { tools, question: asked, ways, pastReads: new Map() };
  }

  private reaching(tools: OpenWaysTools, places: ConsentQuestion["places"]): ReadonlySet<number> {
    return functionsThatReach(tools.pointsTo, places, [tools.given, tools.kept]);
  }

  private questionOf(question: AccessQuestion, guards: Guards): ConsentQuestion {
    const { pointsTo } = this.given.tools;
    const base = { isDone: () => false, ages: this.ages };
    const none = { ...base, accepts: () => false, acceptsMark: () => false };
    switch (question) {
      case "any":
        return { ...none, places: [] };
      case "approval":
      case "record": {
        const places = [...new GuardPlaces(pointsTo, guards).functions];
        const accepting = { ...base, accepts: () => true, acceptsMark: () => true, places };
        return question === "record" ? { ...accepting, countsAfter: true } : accepting;
      }
      case "staff":
      case "authorization": {
        const tests = question === "staff" ? this.staffTests : this.authorization;
        return {
          ...none,
          places: tests.places,
          tells: (node, value, outcome, facts) => tests.tells(node, value, outcome, facts),
          closes: (node, position, side) => tests.closes(node, position, side),
          isGuard: (handler) => tests.isGuard(handler),
          isGuardingDecoration: (decoration) => tests.isGuardingDecoration(decoration),
          isGuardingCall: (site) => tests.isGuardingCall(site),
        };
      }
    }
  }

  private waysOf(tools: OpenWaysTools, question: ConsentQuestion, reaching: ReadonlySet<number>): WaysBack {
    return this.waysBack(new OpenWays(tools, question, reaching));
  }

  private except(past: WaysBack, places: readonly Passage[]): WaysBack {
    return places.length === 0 ? past : this.waysBack(past.open.except(places));
  }

  private waysBack(open: OpenWays): WaysBack {
    const { pointsTo, models, guards } = open.tools;
    const { chains, annotations, origins } = this.given;
    return new WaysBack(pointsTo, models, open, chains, new Proofs(pointsTo, guards, annotations, origins));
  }
}

function marked(tag: Tag, isDone: boolean): GuardKind {
  return { isMark: (each) => each.tag === tag, role: tag === "accessRecord" ? "record" : null, isDone };
}
