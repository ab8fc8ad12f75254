/**
 * What a call means with the data that came to it: of a helper that works wherever it is told to (`send(host, body)`,
 * `insert(table, row)`), what the calls say which brought the data.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { readerAlong } from "../duties/call-chains.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { waysOfArrival, type Run, type Way } from "../stores/ways-of-arrival.js";
import type { Entry } from "../tabulation/entry.js";

/** One statement that is known: whoever calls, it is this one. */
export function isOneText(texts: readonly string[]): boolean {
  return texts.length < 2 && texts[0]?.includes("*") !== true;
}

/** Answers to one kind of question, by the way that data came: much of it comes the same ways. */
export class AskedAlongCallers<Answer> {
  private readonly answers = new Map<string, readonly Answer[]>();
  private readonly numbers = new Map<object | string, number>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly readIn: (run: Run) => ReadValues,
    private readonly isEnough: (answers: readonly Answer[]) => boolean,
  ) {}

  /**
   * Asks with the values of each way by which data came; by them all together, where there are too many to tell
   * apart. `about`: what the question is about besides the way.
   */
  ask(
    entry: Entry,
    about: readonly (object | string)[],
    ask: (read: ReadValues) => readonly Answer[],
  ): readonly Answer[] {
    const question = this.keyOf(about);
    const along = ({ chain, runs }: Way): readonly Answer[] => {
      const key = [question, this.keyOf(chain), this.keyOf(runs.flatMap(nodeAndContext))].join("|");
      let answers = this.answers.get(key);
      if (answers === undefined) {
        answers = ask(readerAlong(this.pointsTo, chain, readerOf(this.pointsTo, runs, this.readIn)));
        this.answers.set(key, answers);
      }
      return answers;
    };
    const whole = along({ chain: [], runs: [entry] });
    if (this.isEnough(whole)) return whole;
    const ways = waysOfArrival(this.pointsTo, entry, (way) => this.isEnough(along(way)));
    const found = ways?.flatMap(along) ?? [];
    return found.length === 0 ? whole : found;
  }

  private keyOf(things: readonly (object | string)[]): string {
    return things.map((each) => this.numberOf(each)).join(",");
  }

  private numberOf(one: object | string): number {
    let number = this.numbers.get(one);
    if (number === undefined) this.numbers.set(one, (number = this.numbers.size));
    return number;
  }
}

function nodeAndContext({ node, context }: Run): readonly object[] {
  return [node, context];
}

/** What values are in the runs that data came through. */
function readerOf(pointsTo: PointsTo, runs: readonly Run[], readIn: (run: Run) => ReadValues): ReadValues {
  return (node: FunctionNode, value: ValueId): Iterable<AbstractValue> => {
    const run = runs.find((each) => each.node === node);
    return run === undefined ? pointsTo.valuesOf(node, value) : readIn(run)(node, value);
  };
}
