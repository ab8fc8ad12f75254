/** Promises that are made of callbacks: `new Promise((resolve) => …)`, `promisify(askConsent)`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { ConsentQuestion } from "../consent-question.js";
import { callsOfParameter } from "../marks/callback-answers.js";
import { answersSo } from "../marks/guard-mark.js";
import type { GuardMark } from "../marks/guard-mark.js";
import type { OpenWaysTools } from "../ways.js";
import type { Outcome } from "./outcome.js";
import { mayBe } from "./outcome.js";

type Tells = (node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;

export class MadePromises {
  constructor(
    private readonly tools: OpenWaysTools,
    private readonly question: ConsentQuestion,
    private readonly ask: Tells,
    /** Is an instruction only reached where a guard has taken effect? */
    private readonly isPassed: (node: FunctionNode, point: number) => boolean,
  ) {}

  /** The promise that a call gives was fulfilled so. */
  tells(site: CallSite, outcome: Outcome): boolean {
    const { instruction } = site;
    if (instruction.kind !== "call") return false;
    return instruction.new && instruction.name === "Promise"
      ? this.isResolvedSo(site, outcome)
      : this.promisedTells(site, outcome);
  }

  /** Wherever it is resolved. */
  private isResolvedSo(site: CallSite, outcome: Outcome): boolean {
    const { pointsTo, guards } = this.tools;
    const executors = [...site.callbacks.values()].map(({ callee }) => callee);
    const calls = executors.flatMap((executor) => callsOfParameter(pointsTo, executor, 0));
    return (
      calls.length > 0 &&
      calls.every((call) => {
        const at = call === null ? undefined : pointsTo.findSite(call.node, call.point);
        if (call === null || at === undefined) return false;
        if (guards.answersAt(at).some((mark) => answersSo(mark, this.question, 0, outcome))) return true;
        const [given] = call.instruction.arguments;
        const isTold =
          given === undefined ? !mayBe(undefined, outcome) : this.ask(call.node, given.value, outcome, true);
        return isTold || this.isPassed(call.node, call.point);
      })
    );
  }

  /** An error rejects it, and what stands behind that is what it is fulfilled with. */
  private promisedTells({ edges }: CallSite, outcome: Outcome): boolean {
    const isError = ({ answer }: GuardMark): boolean => answer?.argument === 0 && !answer.isYes;
    const all = [...edges.values()];
    const isPromised = (node: FunctionNode): boolean =>
      all.some(({ shape, callee }) => shape === "promised" && callee === node);
    return (
      all.length > 0 &&
      all.every(
        ({ callee }) =>
          isPromised(callee) &&
          this.tools.guards
            .ofFunction(callee)
            .some(
              (mark) =>
                (isError(mark) && this.question.acceptsMark(mark)) ||
                answersSo(mark, this.question, 1, outcome),
            ),
      )
    );
  }
}
