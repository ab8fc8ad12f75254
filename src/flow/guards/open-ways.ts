/**
 * Ways through a function on which nothing was established: along the control flow, past no guard that took effect.
 * A test establishes on the side where it came out right, an assertion where it returned, a promise where it was
 * awaited. What is asked is whether there is an open way at all, so that what joins is open if one side is.
 */
import type { Arrival, OpenBlocks, OpenWaysTools, Ways } from "./ways.js";
import { nothingOpen, rankOfOpen } from "./ways.js";
import { LeastAnswers } from "../../base/least-answers.js";
import type { BlockId, ValueId } from "../../contracts/file-graph.js";
import { noContext } from "../context.js";
import type { CallbackEdge, CallEdge, CallSite } from "../points-to.js";
import type { ClassNode, FunctionNode } from "../program.js";
import type { ConsentQuestion } from "./consent-question.js";
import { ArgumentFacts, argumentsGiven, settledWith } from "./evidence/argument-facts.js";
import { Evidence } from "./evidence/evidence.js";
import { givesBehindGuard } from "./evidence/generator-evidence.js";
import { listLoopsOf } from "./list-loops.js";
import { isDoneBehindGuard } from "./loop-ends.js";
import type { GivenFacts } from "./handlers/given-facts.js";
import { truthGiven } from "./handlers/given-facts.js";
import { functionsThatReach } from "./functions-that-reach.js";
import { excludedValues } from "./evidence/excluded-values.js";
import type { Outcome } from "./evidence/outcome.js";
import { anyOutcome, at, mayBe, outcomeKey } from "./evidence/outcome.js";
import { ChosenFunction } from "./turns/chosen-function.js";

type Answer = boolean | OpenBlocks;

/** How a tested value came out on the side of a branch. */
const sideKinds = {
  truthy: { then: "truthy", else: "falsy" },
  defined: { then: "defined", else: "nullish" },
} as const;

export class OpenWays {
  private readonly answers = new LeastAnswers<Answer>(false, rankOfOpen);
  private readonly ways: Ways;
  private readonly evidence: Evidence;
  private readonly mayEstablish: ReadonlySet<number>;
  private readonly underFacts = new Map<string, OpenWays>();
  /** Those for one call that are being asked. */
  private readonly running = new Set<OpenWays>();

  constructor(
    readonly tools: OpenWaysTools,
    readonly question: ConsentQuestion,
    reaching: ReadonlySet<number> | null = null,
    private readonly base: OpenWays | null = null,
  ) {
    this.mayEstablish =
      reaching ?? functionsThatReach(tools.pointsTo, question.places, [tools.given, tools.kept]);
    this.ways = {
      mayEstablish: (node) => this.mayEstablish.has(node.index),
      mayReturn: (node, outcome, isAwaited, self) => this.mayReturn(node, outcome, isAwaited, self),
      mayReturnFrom: (...asked) => this.mayReturnFrom(...asked),
      open: (node, self) => this.open(node, self),
      goes: (node, open, from, to) => this.isOpenEdge(node, open, from, to),
      choosing: (...chosen) => this.choosing(...chosen).ways,
    };
    this.evidence = new Evidence(tools, question, this.ways);
  }

  /** The same, where more is known of the run. */
  given(told: GivenFacts): OpenWays {
    const { facts: own } = this.question;
    const facts = own instanceof ArgumentFacts ? own.with(told) : told;
    let found = this.underFacts.get(facts.key);
    if (found === undefined) {
      found = new OpenWays(this.tools, { ...this.question, facts }, this.mayEstablish);
      this.underFacts.set(facts.key, found);
    }
    return found;
  }

  /** The same for what one call hands over; null: it says nothing. */
  calledFrom(edge: CallEdge): OpenWays | null {
    return this.withArguments(argumentsGiven(this.tools.pointsTo, edge, this.question.facts ?? null));
  }

  /** The same for what a package calls a function back with; null: nothing is known of that. */
  calledBack(edge: CallbackEdge): OpenWays | null {
    return this.withArguments(settledWith(edge, this.question.facts ?? null));
  }

  private withArguments(facts: ArgumentFacts | null): OpenWays | null {
    if (facts === null) return null;
    const base = this.base ?? this;
    let found = base.underFacts.get(facts.key);
    if (found === undefined) {
      found = new OpenWays(this.tools, { ...this.question, facts }, this.mayEstablish, base);
      base.underFacts.set(facts.key, found);
    }
    return found;
  }

  /** The same where a call, of the functions that it may go to, goes to that one. */
  choosing(node: FunctionNode, called: ValueId, chosen: FunctionNode): OpenWays {
    const { facts = null } = this.question;
    const besides = facts instanceof ArgumentFacts ? facts.besides : facts;
    return this.given(new ChosenFunction(node, called, chosen, besides));
  }

  /** The same, ended also at some places. */
  past(places: readonly { readonly node: FunctionNode; readonly point: number }[]): OpenWays {
    const { question } = this;
    const isPast = (node: FunctionNode, point: number): boolean =>
      places.some((each) => each.node === node && each.point === point);
    return new OpenWays(this.tools, {
      ...question,
      isDone: (node, point) => question.isDone(node, point) || isPast(node, point),
      places: [...question.places, ...places.map(({ node }) => node)],
    });
  }

  /** May control come from the start of the function to the instruction at a point, past no guard? */
  isOpenAt(node: FunctionNode, point: number, self: ClassNode | null = null): boolean {
    const { blocks, closed } = this.open(node, self);
    const block = node.blockOf[point] ?? 0;
    return blocks.has(block) && (closed.get(block) ?? Infinity) >= point;
  }

  /** `self`: the class of the object that the function is a method of, where it is known. */
  open(node: FunctionNode, self: ClassNode | null = null): OpenBlocks {
    const answer = this.answers.ask(`o${String(node.index)}${keyOf(self)}`, () =>
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
    return this.evidence.within(null, () => {
      for (const [position] of blocks) {
        const end = node.graph.blocks[position]?.end;
        if (this.closingPoint(node, position, position === start ? point + 1 : 0) !== null) continue;
        if (end?.kind === "return") return true;
        for (const { to, side } of this.exits(node, position, open)) {
          const target = node.blockById.get(to);
          if (target !== undefined && !blocks.has(target)) blocks.set(target, { from: position, side });
        }
      }
      return false;
    });
  }

  /** May a call of the function come out so with nothing established? */
  mayReturn(
    node: FunctionNode,
    outcome: Outcome,
    isAwaited: boolean,
    self: ClassNode | null = null,
  ): boolean {
    if (!this.mayEstablish.has(node.index)) return true;
    const key = `r${String(node.index)}${keyOf(self)}:${isAwaited ? "a" : ""}:${outcomeKey(outcome)}`;
    const answer = this.answers.ask(key, () =>
      this.evidence.within(self, () => this.findReturn(node, outcome, isAwaited, self)),
    );
    return answer === true;
  }

  /** A call that is asked about within itself is taken to return. */
  private mayReturnFrom(
    edge: CallEdge,
    outcome: Outcome,
    isAwaited: boolean,
    self: ClassNode | null,
  ): boolean {
    const { callee } = edge;
    const { facts } = this.question;
    const isOwn = facts instanceof ArgumentFacts && facts.callee === callee;
    if (!isOwn && !this.mayReturn(callee, outcome, isAwaited, self)) return false;
    const given = this.calledFrom(edge);
    const { running } = this.base ?? this;
    if (given === null || running.has(given)) return true;
    running.add(given);
    try {
      return given.mayReturn(callee, outcome, isAwaited, self);
    } finally {
      running.delete(given);
    }
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
        this.isOpenEdge(node, open, input.block, target) && this.mayCome(node, input.value, isWanted, seen),
    );
  }

  /** Is the way from the end of one block to another open? */
  leads(node: FunctionNode, from: BlockId, to: BlockId): boolean {
    return this.isOpenEdge(node, this.open(node), from, to);
  }

  private findReturn(
    node: FunctionNode,
    outcome: Outcome,
    isAwaited: boolean,
    self: ClassNode | null,
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
      if (!this.evidence.tells(node, end.value, outcome, isAwaited)) return true;
    }
    return false;
  }

  private walk(node: FunctionNode): OpenBlocks {
    const blocks = new Map<number, Arrival | null>([[0, null]]);
    const closed = new Map<number, number>();
    // What a phi says depends on which of its ways are open, so that one walk may open more for the next.
    for (let before = -1; before < blocks.size;) {
      before = blocks.size;
      closed.clear();
      for (const [position] of blocks) this.leave(node, position, blocks, closed);
    }
    return { blocks, closed };
  }

  private leave(
    node: FunctionNode,
    position: number,
    blocks: Map<number, Arrival | null>,
    closed: Map<number, number>,
  ): void {
    const block = node.graph.blocks[position];
    if (block === undefined) return;
    const reach = (id: BlockId, side: Arrival["side"]): void => {
      const target = node.blockById.get(id);
      if (target !== undefined && !blocks.has(target)) blocks.set(target, { from: position, side });
    };
    // Whatever throws may do so before the guard has spoken.
    if (block.handler !== null && block.instructions.length > 0) reach(block.handler, "handler");
    const end = this.closingPoint(node, position);
    if (end !== null) {
      closed.set(position, end);
      return;
    }
    for (const { to, side } of this.exits(node, position, { blocks, closed })) reach(to, side);
  }

  private exits(
    node: FunctionNode,
    position: number,
    open: OpenBlocks,
  ): readonly { readonly to: BlockId; readonly side: Arrival["side"] }[] {
    const end = node.graph.blocks[position]?.end;
    switch (end?.kind) {
      case "jump":
        return [{ to: end.to, side: "jump" }];
      case "loop":
        return this.isAgreedBehind(node, position, open) || isDoneBehindGuard(node, position, this, this.ways)
          ? [{ to: end.body, side: "body" }]
          : [
              { to: end.body, side: "body" },
              { to: end.exit, side: "exit" },
            ];
      case "branch": {
        const truth =
          end.test === "truthy"
            ? this.tools.conditions.truthOf(node, end.value, noContext)
            : this.tools.conditions.presenceOf(node, end.value, noContext);
        const known = truth ?? truthGiven(this.question.facts, node, end.value, end.test);
        const isAgreed = this.isAgreedBehind(node, position, open);
        const sides = (["then", "else"] as const).filter((side) => {
          if (isAgreed && side === "else") return false;
          if (known !== null && known !== (side === "then")) return false;
          const outcome = at([], { kind: sideKinds[end.test][side] });
          if (this.question.closes?.(node, position, side) === true) return false;
          // Where nothing can be established, no test tells that anything was.
          if (this.mayEstablish.size === 0) return true;
          return !(
            this.evidence.tells(node, end.value, outcome, false, open) ||
            this.excludesTell(node, position, side, open)
          );
        });
        return sides.map((side) => ({ to: side === "then" ? end.then : end.else, side }));
      }
      default:
        return [];
    }
  }

  /** The lists that a loop has asked about, element by element. */
  listsAgreed(node: FunctionNode): readonly ValueId[] {
    const open = this.open(node);
    return [...listLoopsOf(node)].flatMap(([position, { list }]) =>
      this.isAgreedBehind(node, position, open) ? [list] : [],
    );
  }

  /** A loop over a list from no round of which the next begins past no guard. */
  private isAgreedBehind(node: FunctionNode, position: number, open: OpenBlocks): boolean {
    if (this.question.loopsCount !== true || !this.mayEstablish.has(node.index)) return false;
    const loop = listLoopsOf(node).get(position);
    const head = node.graph.blocks[position]?.id;
    return (
      loop !== undefined &&
      head !== undefined &&
      !loop.backs.some((back) => this.isOpenEdge(node, open, node.graph.blocks[back]?.id ?? -1, head))
    );
  }

  /** `if (word === "no" || word === "unknown") return`: what the value is not, after all tests in a row. */
  private excludesTell(
    node: FunctionNode,
    position: number,
    side: "then" | "else",
    open: OpenBlocks,
  ): boolean {
    const excluded = excludedValues(this.tools.pointsTo, node, position, side);
    return (
      excluded !== null &&
      this.evidence.tells(node, excluded.of, at([], { kind: "isnt", values: excluded.values }), false, open)
    );
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

  private isOpenEdge(node: FunctionNode, open: OpenBlocks, from: BlockId, to: BlockId): boolean {
    const position = node.blockById.get(from);
    if (position === undefined || !open.blocks.has(position)) return false;
    if (node.graph.blocks[position]?.handler === to) return true;
    if (open.closed.has(position)) return false;
    return this.exits(node, position, open).some((exit) => exit.to === to);
  }
}

function keyOf(self: ClassNode | null): string {
  return self === null ? "" : `/${String(self.index)}`;
}
