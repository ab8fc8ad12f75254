/**
 * Messages of several kinds in one queue: what is done only for one of them (`if (message.type === "erase")`) is not done
 * for what a call puts there that says another one (`{ type: "welcome", id }`).
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { GivenOperand } from "../deletion/given-operands.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { sidesTaken } from "../guards/ages/dominators.js";
import type { OpenWay } from "../guards/open-way.js";
import { writtenInto } from "../heap/written-literals.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { namesTaken } from "./keys-of-tables.js";

/** What a way asks of a property: that it is one of these texts, or none of them. */
export interface KindAsked {
  readonly property: string;
  readonly texts: readonly string[];
  readonly isOne: boolean;
}

/** What makes a text, or bytes, of an object. */
const writingOut = /(?:^|\.)(?:stringify|from|encode|serialize)$/u;
const deepest = 4;

export function kindsAsked(pointsTo: PointsTo, { passages }: OpenWay): readonly KindAsked[] {
  return passages.flatMap(({ node, point }, index) => {
    const tested = sidesTaken(node, node.blockOf[point] ?? 0).flatMap(({ value, side }) => {
      const test = definitionOf(node, value);
      if (test?.kind !== "binary" || !/^[!=]==?$/u.test(test.operator)) return [];
      const isOne = test.operator.startsWith("=") === (side === "then");
      const sides = [
        [test.left, test.right],
        [test.right, test.left],
      ] as const;
      return sides.flatMap((each) => compared(pointsTo, node, each, isOne));
    });
    const called = passages[index - 1]?.node;
    const taken = called === undefined ? [] : namesTaken(pointsTo, node, point, called);
    const looked = taken.flatMap(({ key, names }) => {
      const property = key === null ? null : propertyOf(node, key);
      return property === null ? [] : [{ property, texts: names, isOne: true }];
    });
    return [...tested, ...looked];
  });
}

function compared(
  pointsTo: PointsTo,
  node: FunctionNode,
  [value, other]: readonly [ValueId, ValueId],
  isOne: boolean,
): readonly KindAsked[] {
  const property = propertyOf(node, value);
  const text = property === null ? undefined : foldedConstant(pointsTo, node, other)?.value;
  return property === null || typeof text !== "string" ? [] : [{ property, texts: [text], isOne }];
}

function propertyOf(node: FunctionNode, value: ValueId): string | null {
  const read = definitionOf(node, value);
  return read?.kind === "load" && read.property.kind === "name" ? read.property.name : null;
}

/** Whether a message that says so of itself is one that the way is for; what is not said may be anything. */
export function isAskedFor(asked: readonly KindAsked[], said: Readonly<Record<string, string>>): boolean {
  return asked.every(({ property, texts, isOne }) => {
    const text = said[property];
    return text === undefined || texts.includes(text) === isOne;
  });
}

/** What a property of the messages is; null: it may be anything. */
export function textsSaid(
  messages: readonly GivenOperand[],
  pointsTo: PointsTo,
  property: string,
  read: ReadValues = (node, value) => pointsTo.valuesOf(node, value),
): readonly string[] | null {
  const said = messages.flatMap((message) => saidBy(pointsTo, writtenOut(...message, 0), property, read));
  const texts = new Set<string>();
  for (const values of said) {
    if (values.length === 0) return null;
    for (const value of values) {
      if (value.kind !== "constant" || typeof value.value !== "string") return null;
      texts.add(value.value);
    }
  }
  return texts.size === 0 ? null : [...texts];
}

/** What stands under the property, of each object that the message may be. */
function saidBy(
  pointsTo: PointsTo,
  [node, message]: GivenOperand,
  property: string,
  read: ReadValues,
): readonly (readonly AbstractValue[])[] {
  const here = writtenInto(node, message, "object").filter(([name]) => name === property);
  if (here.length > 0) return here.map(([, value]) => [...read(node, value)]);
  // `{ ...event, at: now }`
  const spread = node.code.flatMap((each) =>
    each.kind === "copy-properties" && originOf(node, each.target) === originOf(node, message)
      ? [each.source]
      : [],
  );
  if (spread.length > 0) return spread.flatMap((source) => saidBy(pointsTo, [node, source], property, read));
  return [...read(node, message)].map((object) =>
    object.kind === "object" && !object.array ? [...pointsTo.fieldNode(object, property).values] : [],
  );
}

/** The object that a text, or bytes, is made of. */
function writtenOut(node: FunctionNode, value: ValueId, depth: number): GivenOperand {
  const made = definitionOf(node, value);
  const [first] = made?.kind === "call" && writingOut.test(made.name) ? made.arguments : [];
  return first === undefined || depth > deepest ? [node, value] : writtenOut(node, first.value, depth + 1);
}
