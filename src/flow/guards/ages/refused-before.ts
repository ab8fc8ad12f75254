/**
 * Parts of a request that an earlier handler has looked at: where no number or no date stands there, the request does
 * not come so far. What the handler hands on is asked of the same ways as guards, with such a test in the place of one.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallbackEdge } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { AskedAges } from "../consent-question.js";
import type { Outcome } from "../evidence/outcome.js";
import type { Chains } from "../handlers/chains.js";
import { OpenWays } from "../open-ways.js";
import type { OpenWaysTools } from "../ways.js";
import type { Examinations, Examined } from "./examinations.js";
import { RequestParts } from "./request-parts.js";

const noAges: AskedAges = { tells: () => false, tellsMissing: () => false };

export class RefusedBefore {
  private readonly answers = new Map<string, boolean>();
  private readonly asked = new Map<string, OpenWays | null>();
  private readonly parts: RequestParts;
  private looking: ReadonlyMap<string, readonly FunctionNode[]> | null = null;

  constructor(
    private readonly tools: OpenWaysTools,
    private readonly chains: Chains,
    private readonly examinations: Examinations,
  ) {
    this.parts = new RequestParts(tools.pointsTo, tools.models);
  }

  /** The value is made of one part of the request, which every way to the handler has looked at. */
  isLookedAt(node: FunctionNode, value: ValueId): boolean {
    const edges = this.tools.pointsTo.callbacksOf(node);
    if (edges.length === 0) return false;
    const part = this.partOf(node, value);
    if (part === null) return false;
    const key = `${String(node.index)}|${part}`;
    let answer = this.answers.get(key);
    if (answer === undefined) {
      // What is asked meanwhile stands on what is known without.
      this.answers.set(key, false);
      this.answers.set(key, (answer = this.isRefused(edges, part)));
    }
    return answer;
  }

  /** The one that a value is made of; null: none, several, or something else. */
  private partOf(node: FunctionNode, value: ValueId): string | null {
    const [part = null, ...others] = this.parts.of(node, value);
    return others.length > 0 ? null : part;
  }

  private isRefused(edges: readonly CallbackEdge[], part: string): boolean {
    const open = this.waysPast(part);
    return (
      open !== null &&
      edges.every(
        (edge) => this.chains.registrations.at(edge.site).length > 0 && this.chains.isGuarded(edge, [], open),
      )
    );
  }

  /** Ways on which nothing has looked at the part; null where nothing does. */
  private waysPast(part: string): OpenWays | null {
    let found = this.asked.get(part);
    if (found === undefined) {
      this.looking ??= this.findLooking();
      const names = part.split(".");
      const around = names.map((_, index) => names.slice(0, index + 1).join("."));
      const places = around.flatMap((each) => this.looking?.get(each) ?? []);
      const none = (): boolean => false;
      found =
        places.length === 0
          ? null
          : new OpenWays(this.tools, {
              accepts: none,
              acceptsMark: none,
              isDone: none,
              ages: noAges,
              places,
              tells: (node, value, outcome) => this.isThere(node, value, outcome, part),
            });
      this.asked.set(part, found);
    }
    return found;
  }

  /** Functions that stand in the order of handlers, by the parts that they test. */
  private findLooking(): Map<string, FunctionNode[]> {
    const found = new Map<string, FunctionNode[]>();
    const handlers = new Set(
      this.chains.registrations.all.flatMap(({ handlers: each }) =>
        each.flatMap(({ values }) => values.flatMap((value) => ("graph" in value ? [value] : []))),
      ),
    );
    for (const node of handlers) {
      const tested = this.testedIn(node).flatMap((value) => [...this.parts.of(node, value)]);
      for (const part of new Set(tested)) {
        if (part === null) continue;
        const known = found.get(part);
        if (known === undefined) found.set(part, [node]);
        else known.push(node);
      }
    }
    return found;
  }

  /** What its branches test, and what is handed to calls that tell numbers and dates from others. */
  private testedIn(node: FunctionNode): readonly ValueId[] {
    return [
      ...node.graph.blocks.flatMap(({ end }) => (end.kind === "branch" ? [end.value] : [])),
      ...node.code.flatMap((each, point) =>
        each.kind === "unary" && each.operator === "typeof"
          ? [each.operand]
          : this.examinations.at(node, point).map(({ value }) => value),
      ),
    ];
  }

  /** Where the value comes out so, the part of the request is there, and is what it should be. */
  private isThere(node: FunctionNode, value: ValueId, outcome: Outcome, part: string): boolean {
    const verdicts = this.examinations.verdicts(node, value, outcome);
    if (verdicts.some((each) => each.fits && this.isOf(node, each, part))) return true;
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || outcome.path.length > 0) return false;
    const { instruction } = definition;
    const { test } = outcome;
    if (instruction.kind === "unary" && instruction.operator === "typeof")
      return test.kind === "is" && test.value === "number" && this.partOf(node, instruction.operand) === part;
    if (instruction.kind !== "load") return false;
    const isDefined =
      test.kind === "truthy" ||
      test.kind === "defined" ||
      (test.kind === "isnt" && (test.values.includes(undefined) || test.values.includes(null)));
    return isDefined && this.partOf(node, value) === part;
  }

  /** It is the part that is looked at, or what that stands in. */
  private isOf(node: FunctionNode, { value, isDeep }: Examined, part: string): boolean {
    if (!isDeep) return this.partOf(node, value) === part;
    return [...this.parts.of(node, value)].some(
      (given) => given !== null && (part === given || part.startsWith(`${given}.`)),
    );
  }
}
