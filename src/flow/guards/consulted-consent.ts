/** Consent that is consulted in other ways than by a guard: the statement that picks the rows, a column that is read. */
import type { Instruction } from "../../contracts/file-graph.js";
import { isMadeByModule } from "../constants/constant-members.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { operandsOf } from "../program/operands.js";
import { originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import type { Trace } from "../tabulation/trace.js";
import type { OpenWay } from "./open-way.js";
import type { ArrivalAt } from "./open-way.js";

const words = /consent|permission|withdr[ae]w|opt(?:ed)?_?(?:in|out)\b/iu;
const mostSteps = 200;
/** Conditions of queries in each other: `{ consents: { some: { withdrawnAt: null } } }`. */
const deepest = 4;

/** Something on the way, or where the data is read, speaks of consent. */
export function consults(pointsTo: PointsTo, { passages }: OpenWay, arrivals: readonly ArrivalAt[]): boolean {
  const nodes = new Set(passages.map(({ node }) => node));
  for (const { entry, trace } of arrivals)
    if (nodes.has(entry.node)) for (const node of readers(trace)) nodes.add(node);
  return [...nodes].some((node) => speaksOfConsent(pointsTo, node));
}

/** The functions that the data comes back from. */
function readers(trace: Trace): Set<FunctionNode> {
  const found = new Set<FunctionNode>();
  const returns: Trace[] = [];
  let current: Trace | null = trace;
  for (let steps = 0; current !== null && steps < mostSteps; steps++) {
    if (current.kind === "entry") current = returns.pop() ?? null;
    else if (current.kind === "return") {
      returns.push(current.previous);
      current = current.inner;
    } else {
      found.add(current.node);
      current = current.kind === "step" ? current.previous : null;
    }
  }
  return found;
}

function speaksOfConsent(pointsTo: PointsTo, node: FunctionNode): boolean {
  return node.code.some((instruction) => speaks(instruction) || readsSpeaking(pointsTo, node, instruction));
}

/** A statement or a condition that stands outside the function: `pool.query(due)`, `findMany({ where: agreeing })`. */
function readsSpeaking(pointsTo: PointsTo, node: FunctionNode, instruction: Instruction): boolean {
  if (!/^(?:cell-read|capture|import-read|load)$/u.test(instruction.kind) || !("out" in instruction))
    return false;
  const isHanded = node.code.some(
    (each) =>
      each.kind !== "load" && operandsOf(each).some((value) => originOf(node, value) === instruction.out),
  );
  return (
    isHanded && [...pointsTo.valuesOf(node, instruction.out)].some((value) => isSpeaking(pointsTo, value, 0))
  );
}

function isSpeaking(pointsTo: PointsTo, value: AbstractValue, depth: number): boolean {
  switch (value.kind) {
    case "constant":
      return typeof value.value === "string" && words.test(value.value);
    case "computed": {
      const made = value.function.code[value.point];
      return made?.kind === "template" && speaks(made);
    }
    case "object":
      return (
        isMadeByModule(pointsTo, value.site) &&
        depth < deepest &&
        [...pointsTo.fieldsOf(value)].some(
          ([name, field]) =>
            words.test(name) ||
            [...field.values].some((each) => each.kind === "object" && isSpeaking(pointsTo, each, depth + 1)),
        )
      );
    default:
      return false;
  }
}

function speaks(instruction: Instruction): boolean {
  switch (instruction.kind) {
    case "constant":
      return typeof instruction.value === "string" && words.test(instruction.value);
    case "template":
      return instruction.texts.some((text) => words.test(text));
    case "load":
      return instruction.property.kind === "name" && words.test(instruction.property.name);
    case "store":
      // A condition of a query: `where: { consentGiven: true }`.
      return (
        instruction.initial && instruction.property.kind === "name" && words.test(instruction.property.name)
      );
    default:
      return false;
  }
}
