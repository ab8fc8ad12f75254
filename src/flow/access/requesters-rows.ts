/**
 * Rows that only whoever asks can be: found by the credential that the request brings, or by what the program knows of
 * whoever asks. What is related to such a row comes with it. Rows that may be others', too, are none.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { callsAround, type Trace } from "../tabulation/trace.js";
import type { ChildReads } from "./child-reads.js";
import { lastOf, RequestersValues, type Within } from "./requesters-values.js";
import { asksForOthers, isBesideRows, mayAskForOthers } from "./requesters-words.js";

type Call = InstructionOf<"call">;

/** A value of a query, in a run. */
interface Run {
  readonly node: FunctionNode;
  readonly within: Within | null;
  readonly depth: number;
}

const longestChain = 16;
const deepest = 16;

export class RequestersRows {
  private readonly values: RequestersValues;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly reads: ChildReads,
  ) {
    this.values = new RequestersValues(pointsTo, (site, within, depth) =>
      this.reads.readsStore(site) ? this.isFoundBy(site, within, depth) : null,
    );
  }

  /** The way began at rows that the call reads, in the run that it came out of. */
  isOwn(trace: Trace, site: CallSite): boolean {
    let within: Within | null = null;
    for (const { node, span } of callsAround(trace)) {
      const point = node.code.findIndex(({ kind, at }) => kind === "call" && isSame(at, span));
      const around = point === -1 ? undefined : this.pointsTo.findSite(node, point);
      within = around === undefined ? null : { site: around, outer: within };
    }
    return this.isFoundBy(site, within, 0);
  }

  /** It asks for rows by what only whoever asks can bring, or is known by. */
  isFoundBy(site: CallSite, within: Within | null, depth: number): boolean {
    if (depth > deepest) return false;
    const { caller: node } = site;
    const chain = chainOf(site);
    if (chain.some((call) => isOfOthers(this.pointsTo, node, call))) return false;
    return chain.some(
      (call) =>
        !asksForOthers(lastOf(call.name)) &&
        !isBesideRows(lastOf(call.name)) &&
        call.arguments.some(({ value }) => this.narrows({ node, within, depth: depth + 1 }, value)),
    );
  }

  /** Only rows come that have something of the requester's: `{ where: { id } }`, `and(eq(sessions.id, id), …)`. */
  private narrows(run: Run, value: ValueId): boolean {
    const { node, depth } = run;
    if (depth > deepest) return false;
    const origin = originOf(node, value);
    const definition = node.definitions[origin];
    const again = (next: ValueId): boolean => this.narrows({ ...run, depth: depth + 1 }, next);
    if (definition?.kind === "phi" && definition.phi.inputs.every((input) => again(input.value))) return true;
    const instruction = definition?.kind === "instruction" ? definition.instruction : undefined;
    let made: readonly (readonly [Run, ValueId])[];
    switch (instruction?.kind) {
      case "object":
      case "array":
        return node.code.some(
          (each) =>
            each.kind === "store" &&
            originOf(node, each.object) === origin &&
            !(
              each.property.kind === "name" &&
              (asksForOthers(each.property.name) || isBesideRows(each.property.name))
            ) &&
            again(each.value),
        );
      case "function":
        return this.resultsNarrow(run, instruction);
      case "call":
        if (asksForOthers(lastOf(instruction.name)) || isOfOthers(this.pointsTo, node, instruction))
          return false;
        made = this.conditionsOf(run, instruction);
        if (made.length > 0) return made.every(([inner, given]) => this.narrows(inner, given));
        if (instruction.arguments.some((each) => again(each.value))) return true;
        break;
      default:
        break;
    }
    return this.values.isOwn({ ...run, value, path: [] });
  }

  /** What a function of the program's own puts together: `where: visibleFor(id)`. */
  private conditionsOf({ node, within, depth }: Run, call: Call): readonly (readonly [Run, ValueId])[] {
    const site = this.pointsTo.findSite(node, node.code.indexOf(call));
    if (site === undefined) return [];
    return [...site.edges.values()].flatMap(({ callee }) => {
      const run: Run = { node: callee, within: { site, outer: within }, depth: depth + 1 };
      return callee.graph.blocks.flatMap(({ end }): (readonly [Run, ValueId])[] => {
        if (end.kind !== "return" || end.value === null) return [];
        const kind = madeAt(callee, end.value)?.kind;
        return kind === "object" || kind === "array" ? [[run, end.value]] : [];
      });
    });
  }

  /** `where: (session, { eq }) => eq(session.id, id)` */
  private resultsNarrow({ node, depth }: Run, made: InstructionOf<"function">): boolean {
    const callee = this.pointsTo.program.functionIn(node, made.function);
    const given =
      callee?.graph.blocks.flatMap(({ end }) =>
        end.kind === "return" && end.value !== null ? [end.value] : [],
      ) ?? [];
    return (
      callee !== undefined &&
      given.length > 0 &&
      given.every((value) => this.narrows({ node: callee, within: null, depth: depth + 1 }, value))
    );
  }
}

/** It may give rows of others, whatever else it is asked with. */
function isOfOthers(pointsTo: PointsTo, node: FunctionNode, call: Call): boolean {
  if (/^(?:or[A-Z]\w*|or|union\w*)$/u.test(lastOf(call.name))) return true;
  if (call.template?.some(mayAskForOthers) === true) return true;
  return call.arguments.some(({ value }) => {
    const definition = node.definitions[originOf(node, value)];
    const made = definition?.kind === "instruction" ? definition.instruction : null;
    if (made?.kind === "template") return made.texts.some(mayAskForOthers);
    const text = foldedConstant(pointsTo, node, value)?.value;
    return typeof text === "string" && mayAskForOthers(text);
  });
}

/** The calls that a call is made on the result of, the call itself, and those that are made on what it gives. */
function chainOf({ caller, instruction }: CallSite): readonly Call[] {
  if (instruction.kind !== "call") return [];
  const chain: Call[] = [instruction];
  for (let call: Call | null = instruction; call !== null && chain.length < longestChain;) {
    const made: Instruction | null = call.receiver === null ? null : madeAt(caller, call.receiver);
    call = made?.kind === "call" ? made : null;
    if (call !== null) chain.push(call);
  }
  for (let out: ValueId | null = instruction.out; out !== null && chain.length < 2 * longestChain;) {
    const on: ValueId = out;
    const next: Call | undefined = (caller.uses[on] ?? [])
      .map((point) => caller.code[point])
      .find((each): each is Instruction & Call => each?.kind === "call" && each.receiver === on);
    // What is done with the rows says nothing about which of them come.
    if (next !== undefined && /^(?:then|catch|finally)$/u.test(lastOf(next.name))) return chain;
    if (next !== undefined) chain.push(next);
    out = next?.out ?? null;
  }
  return chain;
}

function madeAt(node: FunctionNode, value: ValueId): Instruction | null {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" ? definition.instruction : null;
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.every((each, index) => each === other[index]);
}
