/**
 * Parts of a request that an earlier handler has looked at: where no number or no date stands there, the request does
 * not come so far. What the handler hands on is asked of the same ways as guards, with such a test in the place of one.
 */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { CallbackEdge } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";
import { definitionOf, originOf, placesOf } from "../../value-places.js";
import type { AskedAges } from "../consent-question.js";
import type { Outcome } from "../evidence/outcome.js";
import { truthOf } from "../evidence/outcome.js";
import type { Chains } from "../handlers/chains.js";
import { OpenWays } from "../open-ways.js";
import type { OpenWaysTools } from "../ways.js";

const says =
  /(?:^|\.)(isNaN|isFinite|isInteger|isSafeInteger|isNumber|isValid|isDate|isInt|isUndefined|isNil|isNull)$/u;
const saysMissing = /^(?:isNaN|isUndefined|isNil|isNull)$/u;
/** Calls by which a schema looks at all of what it is given: those that throw, and those that give a result. */
const throwing =
  /^(?!(?:JSON|Date|path|qs|URL)\.).*\.(?:parse|parseAsync|validateSync|validateAsync|assert)$/u;
const telling = /\.(?:safeParse|safeParseAsync|validate)$/u;
const noAges: AskedAges = { tells: () => false, tellsMissing: () => false };
const deepest = 6;

export class RefusedBefore {
  private readonly answers = new Map<string, boolean>();
  private readonly asked = new Map<string, OpenWays | null>();
  private looking: ReadonlyMap<string, readonly FunctionNode[]> | null = null;

  constructor(
    private readonly tools: OpenWaysTools,
    private readonly chains: Chains,
  ) {}

  /** The value is made of one part of the request, which every way to the handler has looked at. */
  isLookedAt(node: FunctionNode, value: ValueId): boolean {
    const edges = this.tools.pointsTo.callbacksOf(node);
    if (edges.length === 0) return false;
    const [part, ...others] = new Set(partsBehind(node, value, 0));
    if (part === undefined || others.length > 0) return false;
    const key = `${String(node.index)}|${part}`;
    let answer = this.answers.get(key);
    if (answer === undefined) {
      // What is asked meanwhile stands on what is known without.
      this.answers.set(key, false);
      this.answers.set(key, (answer = this.isRefused(edges, part)));
    }
    return answer;
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
              tells: (node, value, outcome) => isThere(node, value, outcome, part),
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
    for (const node of handlers)
      for (const part of new Set(testedIn(node).flatMap((value) => partsBehind(node, value, 0)))) {
        const known = found.get(part);
        if (known === undefined) found.set(part, [node]);
        else known.push(node);
      }
    return found;
  }
}

/** What its branches test, and what is handed to calls that tell numbers and dates from others. */
function testedIn(node: FunctionNode): readonly ValueId[] {
  return [
    ...node.graph.blocks.flatMap(({ end }) => (end.kind === "branch" ? [end.value] : [])),
    ...node.code.flatMap((each) =>
      each.kind === "call" && [says, throwing, telling].some((names) => names.test(each.name))
        ? askedBy(each)
        : [],
    ),
    ...node.code.flatMap((each) =>
      each.kind === "unary" && each.operator === "typeof" ? [each.operand] : [],
    ),
  ];
}

function askedBy({ arguments: list, receiver }: Extract<Instruction, { kind: "call" }>): readonly ValueId[] {
  const [first] = list;
  return first === undefined ? (receiver === null ? [] : [receiver]) : [first.value];
}

/** Where the value comes out so, the part of the request is there, and is what it should be. */
function isThere(node: FunctionNode, value: ValueId, { test, path }: Outcome, part: string): boolean {
  if (path.length > 0) return false;
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction") return false;
  const { instruction } = definition;
  const isPart = (each: ValueId): boolean => {
    const parts = new Set(partsBehind(node, each, 0));
    return parts.size === 1 && parts.has(part);
  };
  if (instruction.kind === "call" && throwing.test(instruction.name))
    return (!/Async$/u.test(instruction.name) || isAwaited(node, value)) && isAround(node, instruction, part);
  if (instruction.kind === "call") {
    const word = says.exec(instruction.name)?.[1];
    const truth = truthOf(test);
    return (
      word !== undefined &&
      truth === !saysMissing.test(word) &&
      askedBy(instruction).some((each) => isPart(each))
    );
  }
  if (instruction.kind === "unary" && instruction.operator === "typeof")
    return test.kind === "is" && test.value === "number" && isPart(instruction.operand);
  if (instruction.kind !== "load") return false;
  if (isAgreed(node, instruction, { test, path }, part)) return true;
  const isDefined =
    test.kind === "truthy" ||
    test.kind === "defined" ||
    (test.kind === "isnt" && (test.values.includes(undefined) || test.values.includes(null)));
  return isDefined && isPart(value);
}

/** `schema.safeParse(req.body).success`, `!schema.validate(req.body).error` */
function isAgreed(
  node: FunctionNode,
  { object, property }: Extract<Instruction, { kind: "load" }>,
  { test }: Outcome,
  part: string,
): boolean {
  const given = definitionOf(node, object);
  const made = given?.kind === "await" ? definitionOf(node, given.value) : given;
  if (made?.kind !== "call" || !telling.test(made.name) || property.kind !== "name") return false;
  const truth = property.name === "success" ? true : property.name === "error" ? false : null;
  const isSaid = truthOf(test) === truth || (truth === false && test.kind === "nullish");
  return truth !== null && isSaid && isAround(node, made, part);
}

/** It is given the part, or what that stands in. */
function isAround(node: FunctionNode, call: Extract<Instruction, { kind: "call" }>, part: string): boolean {
  return askedBy(call).some((each) =>
    partsBehind(node, each, 0).some((given) => part === given || part.startsWith(`${given}.`)),
  );
}

function isAwaited(node: FunctionNode, value: ValueId): boolean {
  return (node.uses[value] ?? []).some((point) => node.code[point]?.kind === "await");
}

/** The parts of the first parameter that a value is made of: `body.age` of `Number(req.body.age)`. */
function partsBehind(node: FunctionNode, value: ValueId, depth: number): readonly string[] {
  if (depth > deepest) return ["?"];
  const { base, path } = placesOf(node, value).at(-1) ?? { base: value, path: [] };
  const definition = node.definitions[base];
  if (definition?.kind !== "instruction") return ["?"];
  const { instruction } = definition;
  const again = (each: ValueId): readonly string[] => partsBehind(node, each, depth + 1);
  switch (instruction.kind) {
    case "parameter":
      return instruction.index === 0 && path.length > 0 ? [path.join(".")] : ["?"];
    case "constant":
    case "global":
    case "import-read":
    case "cell-read":
      return [];
    case "unary":
      return again(instruction.operand);
    case "binary":
      return [...again(instruction.left), ...again(instruction.right)];
    case "call":
      return [
        ...(instruction.receiver === null ? [] : again(instruction.receiver)),
        ...instruction.arguments.flatMap((each) => again(each.value)),
      ];
    default:
      return ["?"];
  }
}
