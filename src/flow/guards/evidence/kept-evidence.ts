/** What is taken out of a map tells what all tells that was put into it: `known.get(guardian)`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { OpenWaysTools, Ways } from "../ways.js";
import { foldedConstant } from "./folded-constant.js";
import type { KeptValue } from "./kept-values.js";
import type { Outcome } from "./outcome.js";
import { mayBe, outcomeKey, truthOf } from "./outcome.js";

/** What the evidence around it answers. */
interface Around {
  readonly ask: (node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;
  /** Answers yes where the same is being asked already: what goes round tells what comes into it. */
  readonly once: (key: string, answer: () => boolean) => boolean;
}

export class KeptEvidence {
  constructor(
    private readonly tools: OpenWaysTools,
    private readonly ways: Ways,
    private readonly around: Around,
  ) {}

  /** `known.get(id)` came out so, or `asked.has(id)`. */
  callTells(site: CallSite, outcome: Outcome, isAwaited: boolean): boolean {
    const { instruction, caller } = site;
    const method = this.tools.kept.methodAt(site);
    if (instruction.kind !== "call" || instruction.receiver === null || method === null) return false;
    const isTruth = outcome.path.length === 0 && truthOf(outcome.test) === true;
    if (method === "has" && isTruth) {
      const kept = this.tools.kept.in(caller, instruction.receiver);
      return kept !== null && !this.isForAll(site) && kept.every((each) => this.isPutBehind(each));
    }
    return (
      method === "get" &&
      !this.isForAll(site) &&
      this.elementTells(caller, instruction.receiver, outcome, isAwaited)
    );
  }

  /** One name that is written down, in what is made once: whoever asks gets the same. */
  isForAll(site: CallSite): boolean {
    const { instruction, caller } = site;
    if (instruction.kind !== "call" || instruction.receiver === null) return false;
    if (this.tools.kept.methodAt(site) === null) return false;
    const [key] = instruction.arguments;
    return (
      key !== undefined &&
      foldedConstant(this.tools.pointsTo, caller, key.value) !== null &&
      this.tools.kept.isMadeOnce(caller, instruction.receiver)
    );
  }

  /** Whatever is taken out, or that nothing is there. */
  elementTells(node: FunctionNode, object: ValueId, outcome: Outcome, isAwaited: boolean): boolean {
    // What stands in an object that is kept may be changed there.
    if (outcome.path.length > 0 || mayBe(undefined, outcome)) return false;
    const kept = this.tools.kept.in(node, object);
    if (kept === null) return false;
    const key = `kept:${String(node.index)}:${String(object)}:${isAwaited ? "a" : ""}${outcomeKey(outcome)}`;
    return this.around.once(key, () =>
      kept.every(
        (each) =>
          !each.isForAll &&
          (this.around.ask(each.node, each.value, outcome, isAwaited) || this.isPutBehind(each)),
      ),
    );
  }

  /** It is only put in where a guard has taken effect. */
  private isPutBehind({ node, point, isForAll }: KeptValue): boolean {
    if (isForAll || !this.ways.mayEstablish(node)) return false;
    const { blocks, closed } = this.ways.open(node);
    const block = node.blockOf[point] ?? 0;
    return !blocks.has(block) || (closed.get(block) ?? Infinity) < point;
  }
}
