/** Consent that is consulted in other ways than by a guard: the statement that picks the rows, a column that is read. */
import type { Instruction } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";
import type { Trace } from "../tabulation/trace.js";
import type { OpenWay } from "./open-way.js";
import type { ArrivalAt } from "./open-way.js";

const words = /consent|permission|withdr[ae]w|opt(?:ed)?_?(?:in|out)\b/iu;
const mostSteps = 200;

/** Something on the way, or where the data is read, speaks of consent. */
export function consults({ passages }: OpenWay, arrivals: readonly ArrivalAt[]): boolean {
  const nodes = new Set(passages.map(({ node }) => node));
  for (const { entry, trace } of arrivals)
    if (nodes.has(entry.node)) for (const node of readers(trace)) nodes.add(node);
  return [...nodes].some(speaksOfConsent);
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

function speaksOfConsent({ code }: FunctionNode): boolean {
  return code.some(speaks);
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
