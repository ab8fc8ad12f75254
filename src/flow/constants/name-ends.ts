/**
 * What a name that is put together certainly begins and ends with: `` row[`name${language}`] `` is not `row.town`, nor
 * is `row[keyOf("name", language)]`, where a function of the program puts it together.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Context } from "../contexts/context.js";
import { noContext } from "../contexts/context.js";
import type { ContextValues } from "../contexts/context-values.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { isPropertyName } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { areAllKnown } from "./complete-values.js";
import { foldText } from "./constants.js";

interface Ends {
  readonly start: string;
  readonly end: string;
  readonly leastLength: number;
  /** It is known in full: its beginning and its end are one. */
  readonly isWhole: boolean;
}

/** A run of a function; of one that is called for a name, also where that is. */
interface Run {
  readonly node: FunctionNode;
  readonly context: Context;
  readonly called: { readonly by: Run; readonly call: InstructionOf<"call"> } | null;
}

const anything: readonly Ends[] = [{ start: "", end: "", leastLength: 0, isWhole: false }];
const deepest = 6;
const mostNames = 16;

export class NameEnds {
  private readonly known = new Map<Context, Map<FunctionNode, Map<ValueId, readonly Ends[]>>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {}

  /** May a key that is put together be the name of a property? */
  mayBe(node: FunctionNode, context: Context, key: ValueId, name: string): boolean {
    if (!isPropertyName(name)) return true;
    return this.ofKey(node, context, key).some(({ start, end, leastLength, isWhole }) =>
      isWhole ? name === start : name.length >= leastLength && name.startsWith(start) && name.endsWith(end),
    );
  }

  private ofKey(node: FunctionNode, context: Context, key: ValueId): readonly Ends[] {
    let ofContext = this.known.get(context);
    if (ofContext === undefined)
      this.known.set(context, (ofContext = new Map<FunctionNode, Map<ValueId, readonly Ends[]>>()));
    let ofNode = ofContext.get(node);
    if (ofNode === undefined) ofContext.set(node, (ofNode = new Map<ValueId, readonly Ends[]>()));
    let found = ofNode.get(key);
    if (found === undefined) ofNode.set(key, (found = this.endsOf({ node, context, called: null }, key, 0)));
    return found;
  }

  private endsOf(run: Run, value: ValueId, depth: number): readonly Ends[] {
    const definition = depth > deepest ? null : definitionOf(run.node, value);
    switch (definition?.kind) {
      case "constant":
        return typeof definition.value === "string" ? [textOf(definition.value)] : anything;
      case "template": {
        const { texts, values } = definition;
        return texts.reduce<readonly Ends[]>(
          (before, text, index) => {
            const part = index === 0 ? undefined : values[index - 1];
            const joined = part === undefined ? before : joinAll(before, this.endsOf(run, part, depth + 1));
            return joinAll(joined, [textOf(text)]);
          },
          [textOf("")],
        );
      }
      case "binary": {
        if (definition.operator !== "+") return anything;
        const [left, right] = [definition.left, definition.right].map((each) =>
          this.endsOf(run, each, depth + 1),
        );
        // Two numbers are added; where one is a text, both are put together.
        return left === undefined || right === undefined ? anything : joinAll(left, right);
      }
      case "call":
        return this.endsOfResult(run, value, depth) ?? anything;
      case "parameter": {
        const { called } = run;
        const given = called?.call.arguments[definition.index];
        return called === null || given === undefined
          ? this.endsOfValues(run, value)
          : this.endsOf(called.by, given.value, depth + 1);
      }
      default:
        return definition === null ? anything : this.endsOfValues(run, value);
    }
  }

  /** What a function of the program gives back with the arguments of this call; null where that is not told. */
  private endsOfResult(run: Run, value: ValueId, depth: number): readonly Ends[] | null {
    const { node } = run;
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return null;
    const call = definition.instruction;
    const site = this.pointsTo.findSite(node, definition.point);
    const [edge, ...others] = site?.edges.values() ?? [];
    if (edge?.shape !== "call" || others.length > 0 || (site?.foreign.size ?? 0) > 0) return null;
    const { callee } = edge;
    const { parameters, blocks, async, generator } = callee.graph;
    if (async || generator || call.arguments.some(({ spread }) => spread)) return null;
    if (parameters.some(({ rest }) => rest)) return null;
    const inner: Run = { node: callee, context: noContext, called: { by: run, call } };
    const found = blocks.flatMap(({ end }) =>
      end.kind !== "return" ? [] : end.value === null ? anything : this.endsOf(inner, end.value, depth + 1),
    );
    return found.length === 0 || found.length > mostNames ? null : found;
  }

  /** All texts that the value may be in the run, where they are known. */
  private endsOfValues({ node, context }: Run, value: ValueId): readonly Ends[] {
    const { pointsTo } = this;
    const inContext = this.values.constantsIn(context, node, value);
    if (inContext !== null) return inContext.map(textOf);
    if (!areAllKnown(pointsTo, context, node, value)) return anything;
    const texts = foldText(pointsTo, node, value);
    return texts.some((text) => text.includes("*") || text.startsWith("env:")) ? anything : texts.map(textOf);
  }
}

function textOf(text: string): Ends {
  return { start: text, end: text, leastLength: text.length, isWhole: true };
}

function joinAll(left: readonly Ends[], right: readonly Ends[]): readonly Ends[] {
  return left.length * right.length > mostNames
    ? anything
    : left.flatMap((before) => right.map((after) => joinEnds(before, after)));
}

function joinEnds(left: Ends, right: Ends): Ends {
  return {
    start: left.isWhole ? left.start + right.start : left.start,
    end: right.isWhole ? left.end + right.end : right.end,
    leastLength: left.leastLength + right.leastLength,
    isWhole: left.isWhole && right.isWhole,
  };
}
