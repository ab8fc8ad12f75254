/** What naming, awaiting, catching and computing do to a fact: the value goes on under another name, or as a text. */
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, emptyPath } from "../paths/access-path.js";
import type { Entry } from "./entry.js";
import { pending } from "./fact.js";
import type { Fact } from "./fact.js";
import { isElement, isUnprinted } from "../paths/path-components.js";
import { readFlows, readModels } from "../models/read-flows.js";
import type { Tabulation } from "./tabulation.js";
import { isKeptByThenable } from "./thenables.js";
import type { Trace } from "./trace.js";
import type { Transfers } from "./transfer-table.js";

const comparison = /^(?:===?|!==?|[<>]=?|in|instanceof)$/u;
const arithmetic = /^[+\-~]$/u;

export const valueTransfers = {
  catch: (tabulation, entry, point, instruction, fact, trace) => {
    const caught = tabulation.note(entry, instruction, { kind: "caught" }, trace);
    tabulation.put(entry, point, instruction.out, fact.path, fact.state, caught);
    return fact.base !== pending;
  },
  cast: (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base === instruction.value)
      tabulation.put(entry, point, instruction.out, fact.path, fact.state, trace);
    return fact.base !== instruction.out;
  },
  declare: (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base === instruction.value) {
      const named = { ...instruction, at: instruction.nameAt };
      const assigned = tabulation.note(entry, named, { kind: "assigned", name: instruction.name }, trace);
      tabulation.put(entry, point, instruction.out, fact.path, fact.state, assigned);
    }
    return fact.base !== instruction.out;
  },
  await: (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base === instruction.value) {
      const { components } = fact.path;
      if (components[0] === "!")
        tabulation.raise(
          entry,
          entry.node.blockOf[point] ?? 0,
          accessPath(components.slice(1)),
          fact.state,
          trace,
        );
      else if (!isKeptByThenable(tabulation.pointsTo, entry.node, instruction.value, components[0]))
        tabulation.put(entry, point, instruction.out, fact.path, fact.state, trace);
      reachSite(tabulation, entry, point, fact, trace);
    }
    return fact.base !== instruction.out;
  },
  unary: (tabulation, entry, point, instruction, fact, trace) => {
    if (
      fact.base === instruction.operand &&
      arithmetic.test(instruction.operator) &&
      fact.path.components.length === 0
    )
      tabulation.put(entry, point, instruction.out, emptyPath, fact.state, trace);
    reachSite(tabulation, entry, point, fact, trace);
    return fact.base !== instruction.out;
  },
  binary: (tabulation, entry, point, instruction, fact, trace) => {
    if (
      (fact.base === instruction.left || fact.base === instruction.right) &&
      !comparison.test(instruction.operator) &&
      isInText(tabulation, entry, point, fact)
    )
      tabulation.put(entry, point, instruction.out, emptyPath, fact.state, trace);
    reachSite(tabulation, entry, point, fact, trace);
    return fact.base !== instruction.out;
  },
  template: (tabulation, entry, point, instruction, fact, trace) => {
    if (instruction.values.includes(fact.base) && isInText(tabulation, entry, point, fact))
      tabulation.put(entry, point, instruction.out, emptyPath, fact.state, trace);
    reachSite(tabulation, entry, point, fact, trace);
    return fact.base !== instruction.out;
  },
} satisfies Transfers;

/** The instruction may call a function of the program: `then` of an awaited object, `toString` of an operand. */
function reachSite(tabulation: Tabulation, entry: Entry, point: number, fact: Fact, trace: Trace): void {
  if (tabulation.pointsTo.findSite(entry.node, point) !== undefined)
    tabulation.reach(entry, point, fact, trace);
}

/** The text that is made of the operand shows the fact: by itself, or as the `toString` of a library object does. */
function isInText(tabulation: Tabulation, { node }: Entry, point: number, { base, path }: Fact): boolean {
  if (becomesText(path)) return true;
  const { models } = readModels(tabulation.pointsTo, node, base, "toString", "call");
  return readFlows(tabulation.pointsTo, node, point, models, path).some(becomesText);
}

/** Texts made of a value: itself, the elements of an array, the message of an error, what it was written out from. */
function becomesText(path: AccessPath): boolean {
  if (path.components.some(isUnprinted)) return false;
  if (path.components.includes("<text>")) return true;
  return (
    path.components.every(isElement) || (path.components.length === 1 && path.components[0] === "message")
  );
}
