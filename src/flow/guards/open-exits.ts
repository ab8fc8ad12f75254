/** Open ways out of a block: not into the side of a branch that tells that something was established. */
import type { BlockId, ValueId } from "../../contracts/file-graph.js";
import { noContext } from "../contexts/context.js";
import type { FunctionNode } from "../program/program.js";
import type { ConsentQuestion } from "./consent-question.js";
import type { Evidence } from "./evidence/evidence.js";
import { excludedValues } from "./evidence/excluded-values.js";
import { truthGiven } from "./handlers/given-facts.js";
import type { Rounds } from "./evidence/folded-answers.js";
import { FoldedTests } from "./evidence/folded-tests.js";
import { at, type Outcome } from "./evidence/outcome.js";
import type { ListLoop } from "./list-loops.js";
import { listLoopsOf } from "./list-loops.js";
import { isNeverEmpty } from "./lists-with-elements.js";
import { originOf } from "../paths/value-places.js";
import type { Arrival, OpenBlocks, OpenWaysTools, Ways } from "./ways.js";

/** How a tested value came out on the side of a branch. */
const sideKinds = {
  truthy: { then: "truthy", else: "falsy" },
  defined: { then: "defined", else: "nullish" },
} as const;

export class OpenExits {
  constructor(
    private readonly tools: OpenWaysTools,
    private readonly question: ConsentQuestion,
    private readonly ways: Ways,
    private readonly evidence: Pick<Evidence, "tells">,
    /** Does the loop at a position only end past a guard? */
    private readonly endsBehindGuard: (node: FunctionNode, position: number) => boolean,
  ) {}

  from(
    node: FunctionNode,
    position: number,
    open: OpenBlocks,
  ): readonly { readonly to: BlockId; readonly side: Arrival["side"] }[] {
    const end = node.graph.blocks[position]?.end;
    switch (end?.kind) {
      case "jump":
        return [{ to: end.to, side: "jump" }];
      case "loop":
        return this.isAgreedBehind(node, position, open) || this.endsBehindGuard(node, position)
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
          if (!this.ways.canEstablish && this.question.facts?.isEnough !== true) return true;
          return !(
            this.evidence.tells(node, end.value, outcome, false, open) ||
            this.excludesTell(node, position, side, open) ||
            this.foldTells(node, position, end.value, outcome, open)
          );
        });
        return sides.map((side) => ({ to: side === "then" ? end.then : end.else, side }));
      }
      default:
        return [];
    }
  }

  isOpen(node: FunctionNode, open: OpenBlocks, from: BlockId, to: BlockId): boolean {
    const position = node.blockById.get(from);
    if (position === undefined || !open.blocks.has(position)) return false;
    if (node.graph.blocks[position]?.handler === to) return true;
    if (open.closed.has(position)) return false;
    return this.from(node, position, open).some((exit) => exit.to === to);
  }

  /** A loop that asks about each of a list: from no round of it the next begins past no guard. */
  isEachAsked(node: FunctionNode, position: number, open: OpenBlocks): boolean {
    if (!this.ways.mayEstablish(node)) return false;
    const loop = listLoopsOf(node).get(position);
    const head = node.graph.blocks[position]?.id;
    return (
      loop !== undefined &&
      head !== undefined &&
      !loop.backs.some((back) => this.isOpen(node, open, node.graph.blocks[back]?.id ?? -1, head))
    );
  }

  /** A loop before has folded the answers about each of a list into the value. */
  foldTells(
    node: FunctionNode,
    position: number,
    value: ValueId,
    outcome: Outcome,
    open: OpenBlocks,
  ): boolean {
    if (!this.ways.mayEstablish(node) || listLoopsOf(node).size === 0) return false;
    const rounds = this.roundsIn(node, open);
    return new FoldedTests(this.tools.pointsTo, node, rounds).tells(position, value, outcome);
  }

  roundsIn(node: FunctionNode, open: OpenBlocks): Rounds {
    return {
      goes: (from, to) => this.isOpen(node, open, from, to),
      tells: (value, outcome) => this.evidence.tells(node, value, outcome, false, open),
      counts: (head, list) =>
        this.question.loopsCount === true || isNeverEmpty(this.tools.pointsTo, node, head, list),
    };
  }

  /** The same, where there is a round, or where what is asked is about the elements. */
  private isAgreedBehind(node: FunctionNode, position: number, open: OpenBlocks): boolean {
    const loop = listLoopsOf(node).get(position);
    return (
      loop !== undefined &&
      this.isEachAsked(node, position, open) &&
      !this.isByItselfAlone(node, loop, open) &&
      (this.question.loopsCount === true || isNeverEmpty(this.tools.pointsTo, node, position, loop.list))
    );
  }

  /** Nothing in a round asks but the function itself, called again: where there is no round, nobody was asked. */
  private isByItselfAlone(node: FunctionNode, { body }: ListLoop, { closed }: OpenBlocks): boolean {
    const points = [...closed].flatMap(([position, point]) => (body.has(position) ? [point] : []));
    return (
      points.length > 0 &&
      points.every((point) => {
        const instruction = node.code[point];
        const called =
          instruction?.kind === "await" ? node.definitions[originOf(node, instruction.value)] : undefined;
        const site = this.tools.pointsTo.findSite(
          node,
          called?.kind === "instruction" ? called.point : point,
        );
        const callees = [...(site?.edges.values() ?? [])].map(({ callee }) => callee);
        return callees.length > 0 && callees.every((callee) => callee === node);
      })
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
}
