/**
 * Ways through a function on which nothing was established: along the control flow, past no guard that took effect.
 * A test establishes on the side where it came out right, an assertion where it returned, a promise where it was
 * awaited. What is asked is whether there is an open way at all, so that what joins is open if one side is.
 */
import type { Arrival, OpenBlocks, OpenWaysTools, Ways } from "./ways.js";
import { nothingOpen, rankOfOpen } from "./ways.js";
import { LeastAnswers } from "../../base/least-answers.js";
import type { BlockId, ValueId } from "../../contracts/file-graph.js";
import type { CallbackEdge, CallEdge, CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { ConsentQuestion } from "./consent-question.js";
import type { Excepted } from "./done-places.js";
import { endedAlsoAt, functionsOf, notEndedAt } from "./done-places.js";
import type { Passage } from "./open-way.js";
import { ArgumentFacts, argumentsGiven, settledWith } from "./evidence/argument-facts.js";
import { OpenExits } from "./open-exits.js";
import { Evidence } from "./evidence/evidence.js";
import { MissingParameter } from "./evidence/missing-parameter.js";
import { Reliance } from "./evidence/reliance.js";
import { isFolded } from "./evidence/folded-answers.js";
import { isFoldedInList } from "./evidence/folded-lists.js";
import { givesBehindGuard } from "./evidence/generator-evidence.js";
import { listLoopsOf } from "./list-loops.js";
import { isDoneBehindGuard } from "./loop-ends.js";
import type { GivenFacts } from "./handlers/given-facts.js";
import { reachedFrom } from "./functions-that-reach.js";
import type { Receiver } from "./evidence/same-receiver.js";
import type { Outcome } from "./evidence/outcome.js";
import { anyOutcome, mayBe, outcomeKey } from "./evidence/outcome.js";
import { ChosenFunction } from "./turns/chosen-function.js";

type Answer = boolean | OpenBlocks;

/** Calls of one function that are told apart by what they hand over. */
const mostCallsApart = 64;

export class OpenWays {
  private readonly answers: LeastAnswers<Answer>;
  private readonly reliance: Reliance;
  private readonly ways: Ways;
  private readonly evidence: Evidence;
  private readonly exits: OpenExits;
  private readonly mayEstablish: ReadonlySet<number>;
  private readonly underFacts = new Map<string, OpenWays>();
  private readonly pastPlaces = new Map<string, OpenWays>();
  private readonly callsApart = new Map<FunctionNode, Map<string, OpenWays>>();

  constructor(
    readonly tools: OpenWaysTools,
    readonly question: ConsentQuestion,
    reaching: ReadonlySet<number> | null = null,
    /** What holds of functions of which nothing more is known. */
    private readonly base: OpenWays | null = null,
    /** Tells its questions from those of its base. */
    private readonly sign = "",
    /** What holds of functions from which no excepted place is reached. */
    private readonly excepted: Excepted<OpenWays> | null = null,
  ) {
    this.answers = base?.answers ?? new LeastAnswers<Answer>(false, rankOfOpen);
    this.reliance = base?.reliance ?? new Reliance();
    this.mayEstablish = reaching ?? reachedFrom(tools, question.places);
    this.ways = {
      mayEstablish: (node) => this.mayEstablish.has(node.index),
      mayReturn: (node, outcome, isAwaited, self) => this.mayReturn(node, outcome, isAwaited, self),
      mayReturnFrom: (...asked) => this.mayReturnFrom(...asked),
      open: (node, self) => this.open(node, self),
      goes: (node, open, from, to) => this.exits.isOpen(node, open, from, to),
      canEstablish: this.mayEstablish.size > 0,
      choosing: (...chosen) => this.choosing(...chosen).ways,
    };
    this.evidence = new Evidence(tools, question, this.ways, this.reliance, (node) => {
      const other = this.elsewhere(node);
      return other === null ? null : other.evidence;
    });
    this.exits = new OpenExits(tools, question, this.ways, this.evidence, (node, position) =>
      isDoneBehindGuard(node, position, this, this.ways),
    );
  }

  /** No question waits for the answer to another one. */
  get isIdle(): boolean {
    return this.answers.isIdle;
  }

  /** The same, where more is known of the run. */
  given(told: GivenFacts): OpenWays {
    const { facts: own } = this.question;
    if (own instanceof ArgumentFacts && this.base !== null)
      return this.base.given(told).ofCall(own.with(told)) ?? this.base.given(told);
    let found = this.underFacts.get(told.key);
    if (found === undefined) {
      found =
        this.exceptedIn((plain) => plain.given(told)) ??
        new OpenWays(this.tools, { ...this.question, facts: told }, this.mayEstablish);
      this.underFacts.set(told.key, found);
    }
    return found;
  }

  /** The same, where some places that are done end no way. */
  except(places: readonly Passage[], reaching?: ReadonlySet<number>): OpenWays {
    const near = reaching ?? reachedFrom(this.tools, functionsOf(places));
    const question = notEndedAt(this.question, places);
    return new OpenWays(this.tools, question, this.mayEstablish, null, "", { from: this, places, near });
  }

  /** Other ways of those from which these are excepted, with the same exceptions; null: they are no exception. */
  exceptedIn(other: (plain: OpenWays) => OpenWays): OpenWays | null {
    const { excepted } = this;
    return excepted === null ? null : other(excepted.from).except(excepted.places, excepted.near);
  }

  /** The same for what one call hands over; null: it says nothing. */
  calledFrom(edge: CallEdge): OpenWays | null {
    const mayTell = this.mayEstablish.has(edge.site.caller.index);
    return this.ofCall(argumentsGiven(this.tools.pointsTo, edge, this.question.facts ?? null, mayTell));
  }

  /** The same for what a package calls a function back with; null: nothing is known of that. */
  calledBack(edge: CallbackEdge): OpenWays | null {
    return this.ofCall(settledWith(edge, this.question.facts ?? null));
  }

  /** What a call hands over is known in the function that is called, and in those that it makes. */
  private ofCall(facts: ArgumentFacts | null): OpenWays | null {
    if (facts === null) return null;
    const base = this.base ?? this;
    if (base.excepted?.near.has(facts.callee.index) === false) return base.excepted.from.ofCall(facts);
    let apart = base.callsApart.get(facts.callee);
    if (apart === undefined) base.callsApart.set(facts.callee, (apart = new Map<string, OpenWays>()));
    let found = apart.get(facts.key);
    if (found === undefined) {
      if (apart.size >= mostCallsApart) return null;
      found = new OpenWays(this.tools, { ...this.question, facts }, this.mayEstablish, base, `${facts.key}|`);
      apart.set(facts.key, found);
    }
    return found;
  }

  /** The same where a call, of the functions that it may go to, goes to that one. */
  choosing(node: FunctionNode, called: ValueId, chosen: FunctionNode): OpenWays {
    return this.given(new ChosenFunction(node, called, chosen, this.besides));
  }

  /** The same where a parameter, or what lies in it, is given nothing. */
  without(node: FunctionNode, index: number, path: readonly string[], nothing: null | undefined): OpenWays {
    return this.given(new MissingParameter(node, index, path, nothing, this.besides));
  }

  /** What is known but for what one call hands over. */
  private get besides(): GivenFacts | null {
    const { facts = null } = this.question;
    return facts instanceof ArgumentFacts ? facts.besides : facts;
  }

  /** Where the function is asked about, if what is known here says nothing of it. */
  private elsewhere(node: FunctionNode): OpenWays | null {
    const { facts } = this.question;
    if (this.excepted?.near.has(node.index) === false) return this.excepted.from;
    if (this.base === null || !(facts instanceof ArgumentFacts)) return null;
    const { program } = this.tools.pointsTo;
    if (program.isWithin(node, facts.callee)) return null;
    for (let { around } = facts; around !== null; { around } = around)
      if (program.isWithin(node, around.callee)) return this.base.ofCall(around) ?? this.base;
    return this.base;
  }

  /** The same, ended also at some places, but for those that are excepted. */
  past(places: readonly Passage[]): OpenWays {
    const key = places.map(({ node, point }) => `${String(node.index)}:${String(point)}`).join();
    let found = this.pastPlaces.get(key);
    if (found === undefined) {
      found =
        this.exceptedIn((plain) => plain.past(places)) ??
        new OpenWays(this.tools, endedAlsoAt(this.question, places));
      this.pastPlaces.set(key, found);
    }
    return found;
  }

  /** May control come from the start of the function to the instruction at a point, past no guard? */
  isOpenAt(node: FunctionNode, point: number, self: Receiver | null = null): boolean {
    const { blocks, closed } = this.open(node, self);
    const block = node.blockOf[point] ?? 0;
    return blocks.has(block) && (closed.get(block) ?? Infinity) >= point;
  }

  /** `self`: the class of the object that the function is a method of, where it is known. */
  open(node: FunctionNode, self: Receiver | null = null): OpenBlocks {
    const other = this.elsewhere(node);
    if (other !== null) return other.open(node, self);
    const answer = this.ask(`o${String(node.index)}${keyOf(self)}`, () =>
      this.evidence.within(self, () => this.walk(node)),
    );
    return typeof answer === "boolean" ? nothingOpen : answer;
  }

  /** May control come from behind the instruction at a point to a return, past no guard? */
  isLeftOpen(node: FunctionNode, point: number): boolean {
    const start = node.blockOf[point] ?? 0;
    const blocks = new Map<number, Arrival | null>([[start, null]]);
    const closed = new Map<number, number>();
    const open = { blocks, closed };
    return this.evidence.apart(() => {
      for (const [position] of blocks) {
        const end = node.graph.blocks[position]?.end;
        if (this.closingPoint(node, position, position === start ? point + 1 : 0) !== null) continue;
        if (end?.kind === "return") return true;
        for (const { to, side } of this.exits.from(node, position, open)) {
          const target = node.blockById.get(to);
          if (target !== undefined && !blocks.has(target)) blocks.set(target, { from: position, side });
        }
      }
      return false;
    });
  }

  /** May a call of the function come out so with nothing established? */
  mayReturn(node: FunctionNode, outcome: Outcome, isAwaited: boolean, self: Receiver | null = null): boolean {
    if (!this.mayEstablish.has(node.index)) return true;
    const other = this.elsewhere(node);
    if (other !== null) return other.mayReturn(node, outcome, isAwaited, self);
    const key = `r${String(node.index)}${keyOf(self)}:${isAwaited ? "a" : ""}:${outcomeKey(outcome)}`;
    const answer = this.ask(key, () =>
      this.evidence.within(self, () => this.findReturn(node, outcome, isAwaited, self)),
    );
    return answer === true;
  }

  private ask(key: string, answered: () => Answer): Answer {
    const signed = this.sign + key;
    const answer = this.answers.ask(signed, answered);
    if (this.answers.settled(signed) === undefined) this.reliance.unsettled++;
    return answer;
  }

  private mayReturnFrom(
    edge: CallEdge,
    outcome: Outcome,
    isAwaited: boolean,
    self: Receiver | null,
  ): boolean {
    const { callee } = edge;
    if (!(this.base ?? this).mayReturn(callee, outcome, isAwaited, self)) return false;
    return this.calledFrom(edge)?.mayReturn(callee, outcome, isAwaited, self) ?? true;
  }

  /** Does the value say, by coming out so, that something was established? */
  tells(node: FunctionNode, value: number, outcome: Outcome, isAwaited: boolean): boolean {
    return this.evidence.within(null, () => this.evidence.tells(node, value, outcome, isAwaited));
  }

  /** A guard is called in the function, or in one that it calls. */
  isNearGuard(node: FunctionNode): boolean {
    return this.mayEstablish.has(node.index);
  }

  /** The function is only called back once a promise is fulfilled that tells so. */
  isBehindPromise(site: CallSite, address: string): boolean {
    return this.evidence.within(null, () => this.evidence.isBehindPromise(site, address));
  }

  /** May the function return something else than what is told of, with nothing established? */
  mayReturnOther(node: FunctionNode, isTold: (value: ValueId) => boolean): boolean {
    const open = this.open(node);
    return [...open.blocks.keys()].some((position) => {
      const end = node.graph.blocks[position]?.end;
      if (end?.kind !== "return" || open.closed.has(position)) return false;
      return end.value === null || this.mayCome(node, end.value, (value) => !isTold(value));
    });
  }

  /** May a value be one of those that are wanted, on a way on which nothing was established? */
  mayCome(
    node: FunctionNode,
    value: ValueId,
    isWanted: (value: ValueId) => boolean,
    seen = new Set<ValueId>(),
  ): boolean {
    const definition = node.definitions[value];
    if (definition?.kind !== "phi") return isWanted(value);
    const target = node.graph.blocks[definition.block]?.id;
    if (target === undefined || seen.has(value)) return false;
    seen.add(value);
    const open = this.open(node);
    return definition.phi.inputs.some(
      (input) =>
        this.exits.isOpen(node, open, input.block, target) && this.mayCome(node, input.value, isWanted, seen),
    );
  }

  /** Is the way from the end of one block to another open? */
  leads(node: FunctionNode, from: BlockId, to: BlockId): boolean {
    return this.exits.isOpen(node, this.open(node), from, to);
  }

  private findReturn(
    node: FunctionNode,
    outcome: Outcome,
    isAwaited: boolean,
    self: Receiver | null,
  ): boolean {
    const open = this.open(node, self);
    for (const [position] of open.blocks) {
      const end = node.graph.blocks[position]?.end;
      if (end?.kind !== "return" || open.closed.has(position)) continue;
      if (end.value === null) {
        if (mayBe(undefined, outcome)) return true;
        continue;
      }
      // An async function is fulfilled with what a promise that it returns is fulfilled with.
      if (this.evidence.tells(node, end.value, outcome, isAwaited)) continue;
      if (!this.exits.foldTells(node, position, end.value, outcome, open)) return true;
    }
    return false;
  }

  private walk(node: FunctionNode): OpenBlocks {
    const blocks = new Map<number, Arrival | null>([[0, null]]);
    const closed = new Map<number, number>();
    // What a phi or a loop says depends on which ways are open, so that one walk may open more for the next.
    for (let isSettled = false; !isSettled;) {
      const before = blocks.size;
      isSettled = true;
      for (const [position] of blocks) if (this.leave(node, position, blocks, closed)) isSettled = false;
      if (blocks.size > before) isSettled = false;
    }
    return { blocks, closed };
  }

  /** Goes on from a block; true where more is open behind it than the walk before took for open. */
  private leave(
    node: FunctionNode,
    position: number,
    blocks: Map<number, Arrival | null>,
    closed: Map<number, number>,
  ): boolean {
    const block = node.graph.blocks[position];
    if (block === undefined) return false;
    const reach = (id: BlockId, side: Arrival["side"]): void => {
      const target = node.blockById.get(id);
      if (target !== undefined && !blocks.has(target)) blocks.set(target, { from: position, side });
    };
    // Whatever throws may do so before the guard has spoken.
    if (block.handler !== null && block.instructions.length > 0) reach(block.handler, "handler");
    const before = closed.get(position);
    const end = this.closingPoint(node, position);
    if (end !== null) {
      closed.set(position, end);
      return before !== undefined && end > before;
    }
    closed.delete(position);
    for (const { to, side } of this.exits.from(node, position, { blocks, closed })) reach(to, side);
    return before !== undefined;
  }

  /** The lists that a loop has asked about, element by element. */
  listsAgreed(node: FunctionNode): readonly ValueId[] {
    const open = this.open(node);
    return [...listLoopsOf(node)].flatMap(([position, { list }]) =>
      open.blocks.has(position) && this.isListAsked(node, position, open) ? [list] : [],
    );
  }

  /** Each round asks, or leaves the answers in something that is folded. */
  private isListAsked(node: FunctionNode, position: number, open: OpenBlocks): boolean {
    if (this.exits.isEachAsked(node, position, open)) return true;
    const loop = listLoopsOf(node).get(position);
    if (loop === undefined || !this.ways.mayEstablish(node)) return false;
    const rounds = { ...this.exits.roundsIn(node, open), counts: () => true };
    return isFolded(node, position, loop, rounds) || isFoldedInList(node, position, loop, rounds);
  }

  /** The first point of a block behind which nothing is open any more: a guard that took effect, or no way on. */
  private closingPoint(node: FunctionNode, position: number, from = 0): number | null {
    const block = node.graph.blocks[position];
    const start = node.blockStart[position] ?? 0;
    const dead = this.tools.noReturn.pointsOf(node);
    const length = block?.instructions.length ?? 0;
    for (let point = Math.max(start, from); point < start + length; point++)
      if (dead.has(point) || this.question.isDone(node, point) || this.establishes(node, point)) return point;
    return null;
  }

  private establishes(node: FunctionNode, point: number): boolean {
    const instruction = node.code[point];
    if (instruction?.kind === "call" || instruction?.kind === "super-call")
      return this.evidence.callTells(node, point, anyOutcome, false);
    if (instruction?.kind === "await") return this.evidence.tells(node, instruction.value, anyOutcome, true);
    if (instruction?.kind === "iterate" && instruction.mode !== "in")
      return givesBehindGuard(this.tools.pointsTo, this.ways, node, instruction.object);
    return false;
  }
}

function keyOf(self: Receiver | null): string {
  return self === null ? "" : `/${String(self.index)}`;
}
