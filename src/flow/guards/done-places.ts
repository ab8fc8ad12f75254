/** Places that end ways besides those that a question names, and places that it names that end none. */
import type { FunctionNode } from "../program/program.js";
import type { ConsentQuestion } from "./consent-question.js";
import type { Passage } from "./open-way.js";

/** Ways that are asked of all but the functions from which an excepted place is reached. */
export interface Excepted<Ways> {
  readonly from: Ways;
  readonly places: readonly Passage[];
  readonly near: ReadonlySet<number>;
}

export function endedAlsoAt(question: ConsentQuestion, places: readonly Passage[]): ConsentQuestion {
  return {
    ...question,
    isDone: (node, point) => question.isDone(node, point) || isAmong(places, node, point),
    places: [...question.places, ...functionsOf(places)],
  };
}

export function notEndedAt(question: ConsentQuestion, places: readonly Passage[]): ConsentQuestion {
  return {
    ...question,
    isDone: (node, point) => question.isDone(node, point) && !isAmong(places, node, point),
  };
}

export function functionsOf(places: readonly Passage[]): readonly FunctionNode[] {
  return places.map(({ node }) => node);
}

function isAmong(places: readonly Passage[], node: FunctionNode, point: number): boolean {
  return places.some((each) => each.node === node && each.point === point);
}
