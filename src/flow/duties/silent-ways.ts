/**
 * What is done about an error without telling anybody: it is logged, a header is set, and the answer is the same as if
 * nothing had failed. A way that throws, answers with the status of an error or with words of its own, keeps, sends or
 * decides anything is believed to tell; so is one on which what the program goes on with is something else.
 */
import type { Role } from "../../contracts/model.js";
import type { Block, BlockId, Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { successors } from "../program/successors.js";
import type { SiteModels } from "../models/site-models.js";

/** What leaves no trace of the failure. */
const silent: ReadonlySet<Instruction["kind"]> = new Set([
  "catch",
  "constant",
  "parameter",
  "capture",
  "box-read",
  "cell-read",
  "import-read",
  "global",
  "load",
  "template",
  "binary",
  "unary",
  "cast",
  "declare",
  "object",
  "array",
  "await",
]);

/** What a model may say of a call that tells nobody, besides that it writes a log. */
const idle: ReadonlySet<string> = new Set(["none", "type", "responds", "answers"]);

/** What has a message or a job brought again. */
const bringingAgain =
  /\.(?:nak|nack|nackAll|reject|recover|retry|requeue|abandonMessage|moveToDelayed|moveToFailed|moveToWait|changeVisibility|changeMessageVisibility)$/u;

const deepest = 3;

export class SilentWays {
  /** Of all that was asked about until now, the calls that write a log. */
  logs = 0;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  /** Whatever fails in the block is caught, and nobody hears of it. */
  isCaught(node: FunctionNode, block: Block): boolean {
    if (block.handler === null) return false;
    return this.isSilent(node, block.handler, reachableFrom(node, block), 0);
  }

  /** The function is run and tells nobody. */
  isRunOf(node: FunctionNode, depth = 0): boolean {
    const first = node.graph.blocks[0];
    return depth < deepest && first !== undefined && this.isSilent(node, first.id, null, depth);
  }

  /** From the block on no way tells anything, up to the end or to where the undisturbed way goes on. */
  private isSilent(
    node: FunctionNode,
    start: BlockId,
    ordinary: ReadonlySet<Block> | null,
    depth: number,
  ): boolean {
    const seen = new Set<BlockId>();
    const queue: { readonly id: BlockId; readonly before: Block | null }[] = [{ id: start, before: null }];
    for (const { id, before } of queue) {
      const block = blockOf(node, id);
      if (block === undefined) return false;
      if (ordinary?.has(block) === true) {
        if (before !== null && tellsApart(block, before)) return false;
        continue;
      }
      if (seen.has(id)) continue;
      seen.add(id);
      if (!this.isSilentBlock(node, block, depth)) return false;
      const { end } = block;
      if (end.kind === "return") {
        if (end.value !== null && !isNothing(node, end.value)) return false;
      } else if (end.kind !== "jump" && end.kind !== "branch") return false;
      else for (const next of successors(end)) queue.push({ id: next, before: block });
    }
    return true;
  }

  private isSilentBlock(node: FunctionNode, block: Block, depth: number): boolean {
    const start = node.blockStart[node.blockById.get(block.id) ?? 0] ?? 0;
    return block.instructions.every((each, offset) => {
      if (silent.has(each.kind)) return true;
      if (each.kind === "store") return each.initial || this.isSuccess(node, each);
      const site = each.kind === "call" ? this.pointsTo.findSite(node, start + offset) : undefined;
      return site !== undefined && this.isSilentCall(site, depth);
    });
  }

  private isSilentCall(site: CallSite, depth: number): boolean {
    const { instruction, caller, edges } = site;
    if (instruction.kind !== "call") return false;
    if (edges.size > 0)
      return [...edges.values()].every(({ callee }) => this.isRunOf(callee, depth + 1)) && !instruction.new;
    if (bringingAgain.test(instruction.name)) return false;
    const roles = this.models.at(site).flatMap(({ model }) => model.roles);
    if (roles.some(isLog)) {
      this.logs++;
      return true;
    }
    // What a package is known to do nothing else with: a header, the status of an answer, the answer itself.
    if (roles.length === 0 || !roles.every(({ kind }) => idle.has(kind))) return false;
    const isAnswer = roles.some(({ kind }) => kind === "responds");
    return instruction.arguments.every(({ value }) =>
      isAnswer ? this.isBare(caller, value) : !this.isOfError(caller, value),
    );
  }

  /** `ctx.status = 204` */
  private isSuccess(node: FunctionNode, { value }: InstructionOf<"store">): boolean {
    const folded = foldedConstant(this.pointsTo, node, value)?.value;
    return typeof folded === "number" && folded >= 200 && folded < 400;
  }

  /** No words: nothing, or the status of a success. */
  private isBare(node: FunctionNode, value: ValueId): boolean {
    const folded = foldedConstant(this.pointsTo, node, value)?.value;
    if (typeof folded === "number") return folded >= 200 && folded < 400;
    const definition = definitionOf(node, value);
    return (
      folded === null || folded === "" || (definition?.kind === "constant" && definition.type === "undefined")
    );
  }

  /** The status of an error, or a word for one; what is not known may be either. */
  private isOfError(node: FunctionNode, value: ValueId): boolean {
    const folded = foldedConstant(this.pointsTo, node, value)?.value;
    if (typeof folded === "number") return folded >= 400;
    return typeof folded === "string" ? /error|fail/iu.test(folded) : false;
  }
}

/** A reporter of errors is a log that somebody else keeps: whoever asked hears no more of it than of a line there. */
export function isLog(role: Role): boolean {
  return role.kind === "log" || (role.kind === "disclose" && role.purpose === "crash-reporting");
}

function isNothing(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  // What a logger or an answer gives: every call on the way is one.
  if (definition?.kind === "call" || definition?.kind === "await") return true;
  return definition?.kind === "constant" && (definition.type === "undefined" || definition.type === "null");
}

function blockOf(node: FunctionNode, id: BlockId): Block | undefined {
  const position = node.blockById.get(id);
  return position === undefined ? undefined : node.graph.blocks[position];
}

/** What is run when nothing fails. */
function reachableFrom(node: FunctionNode, from: Block): ReadonlySet<Block> {
  const found = new Set<Block>();
  const queue = [...successors(from.end)];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const block = blockOf(node, id);
    if (block === undefined || found.has(block)) continue;
    found.add(block);
    queue.push(...successors(block.end));
  }
  return found;
}

/** A variable that the program goes on with is another one where it failed: `done = false`. */
function tellsApart({ phis }: Block, before: Block): boolean {
  return phis.some(({ inputs }) => {
    const mine = inputs.find(({ block }) => block === before.id);
    return inputs.some(({ value }) => value !== mine?.value);
  });
}
