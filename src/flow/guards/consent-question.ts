/** What is asked of the ways to an operation, and what answers it. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { Decoration } from "../models/decorations.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { AgeQuestion } from "./ages/age-question.js";
import type { FoundEntry } from "./entries/entry-found.js";
import type { GivenFacts } from "./handlers/given-facts.js";
import type { MadeHandler } from "./handlers/kept-methods.js";
import type { Outcome } from "./evidence/outcome.js";
import type { GuardMark } from "./marks/guard-mark.js";

/** What tests of ages say. */
export type AskedAges = Pick<AgeQuestion, "tells" | "tellsMissing">;

export interface ConsentQuestion {
  /** Does this guard, called here, speak of the operation? */
  accepts(mark: GuardMark, site: CallSite): boolean;
  /** Does a guard of this mark speak of the operation, wherever it is called? */
  acceptsMark(mark: GuardMark): boolean;
  /** Does this call of a function that asks guards ask about somebody else? */
  asksOthers?(site: CallSite): boolean;
  /** Another operation of the same kind is done at this point: the one behind it is not the first. */
  isDone(node: FunctionNode, point: number): boolean;
  /** Which tests of ages say that somebody is no child. */
  readonly ages: AskedAges;
  /** Functions in which a guard is called or an operation is done. */
  readonly places: readonly FunctionNode[];
  /** Does a loop that asks about each element of a list speak for them all? */
  readonly loopsCount?: boolean;
  /** Besides marks: does the value say so by coming out so? */
  tells?(
    node: FunctionNode,
    value: ValueId,
    outcome: Outcome,
    facts: GivenFacts | undefined,
    isAwaited: boolean,
  ): boolean;
  /** Besides what the tested value tells: is this side of a branch one on which somebody was let through? */
  closes?(node: FunctionNode, position: number, side: "then" | "else"): boolean;
  /** Is this, which a package gives, a handler that lets nobody else through, or what stands behind one? */
  isGuard?(handler: AbstractValue, entry?: FoundEntry, made?: MadeHandler | null): boolean;
  /** Does this decorator of an entry let nobody else through? */
  isGuardingDecoration?(decoration: Decoration): boolean;
  /** Does this call let only those through to the function that it is given at the address? */
  isGuardingCall?(site: CallSite, address: string): boolean;
  /** It also counts where it is done behind the operation, by a handler that runs the ones behind it. */
  readonly countsAfter?: boolean;
  /** What is known of the run. */
  readonly facts?: GivenFacts;
}
