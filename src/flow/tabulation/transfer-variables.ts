/** What variables, parameters and closures do to a fact: it gets from what holds them to what is read, and back. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import { accessPath, prepend, readPrefix } from "../paths/access-path.js";
import type { Entry } from "./entry.js";
import { incomingIndex } from "./fact.js";
import type { Base, Fact } from "./fact.js";
import { isIndex, positionOf } from "../paths/path-components.js";
import { boxName } from "../paths/step-names.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { isOverwritten } from "./overwritten-parts.js";
import type { Transfer, Transfers } from "./transfer-table.js";
import { closurePlaces } from "../points-to/closure-places.js";
import { isRunFromOutside } from "../heap/unused-closures.js";
import { slotIn, slotNumber, slotOf } from "../paths/slots.js";
import { readBack } from "./read-back.js";

const transferIncoming: Transfer<InstructionOf<"parameter" | "this">> = (
  tabulation,
  entry,
  point,
  instruction,
  fact,
  trace,
) => {
  tabulation.put(entry, point, instruction.out, fact.path, fact.state, trace);
  return true;
};

export const variableTransfers = {
  parameter: transferIncoming,
  this: transferIncoming,
  arguments: (tabulation, entry, point, instruction, fact, trace) => {
    const index = incomingIndex(fact.base);
    if (index === null) return true;
    const { components } = fact.path;
    let path = fact.path;
    if (entry.node.graph.parameters[index]?.rest !== true) path = prepend([String(index)], path);
    else if (isIndex(components[0] ?? ""))
      path = accessPath([String(index + positionOf(components[0] ?? "")), ...components.slice(1)]);
    tabulation.put(entry, point, instruction.out, path, fact.state, trace);
    return true;
  },
  capture: (tabulation, entry, point, instruction, fact, trace) => {
    const rest = readPrefix(fact.path, [slotOf(entry.node, instruction.slot)]);
    if (rest !== null) tabulation.put(entry, point, instruction.out, rest, fact.state, trace);
    return true;
  },
  "box-read": (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base === instruction.box) {
      const rest = readPrefix(fact.path, ["<box>"]);
      if (rest !== null) tabulation.put(entry, point, instruction.out, rest, fact.state, trace);
    }
    return fact.base !== instruction.out;
  },
  "box-write": (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base === instruction.value) {
      const name = boxName(entry.node, instruction.box);
      // A declaration has said so already.
      const isTold = trace.kind === "step" && trace.note.kind === "assigned" && trace.note.name === name;
      const assigned = isTold
        ? trace
        : tabulation.note(entry, instruction, { kind: "assigned", name }, trace);
      const path = ["<box>", ...fact.path.components];
      tabulation.write(entry, point, instruction.box, path, fact.state, assigned);
    }
    return !isOverwritten(tabulation, entry.node, instruction.box, isBox, fact);
  },
  "cell-write": (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base !== instruction.value) return true;
    const place = instruction.cell.replace(/^\*/u, "");
    const stored = tabulation.note(entry, instruction, { kind: "stored", place }, trace);
    readBack(tabulation, entry, point, fact, stored);
    publish(tabulation, entry, instruction.value, fact, stored);
    return true;
  },
  "module-exports-write": (tabulation, entry, _point, instruction, fact, trace) => {
    if (fact.base === instruction.value) publish(tabulation, entry, instruction.value, fact, trace);
    return true;
  },
  "global-write": (tabulation, _entry, _point, instruction, fact, trace) => {
    if (fact.base === instruction.value)
      tabulation.heap.publish(
        { key: `global:${instruction.name}`, prefix: [] },
        fact.path,
        fact.state,
        trace,
      );
    return true;
  },
  function: (tabulation, entry, point, instruction, fact, trace) => {
    const { captures } = instruction;
    for (let slot = 0; slot < captures.length; slot++) {
      if (captures[slot] !== fact.base) continue;
      const path = prepend([slotIn(entry.node, instruction.function, slot)], fact.path);
      tabulation.put(entry, point, instruction.out, path, fact.state, trace);
      seenFromOutside(tabulation, entry, instruction, slot, { path, state: fact.state, trace });
    }
    return fact.base !== instruction.out;
  },
  class: (tabulation, entry, _point, instruction, fact, trace) => {
    captureInClass(tabulation, entry, instruction, fact, trace);
    return true;
  },
} satisfies Transfers;

function isBox(component: string): boolean {
  return component === "<box>";
}

function publish(tabulation: Tabulation, entry: Entry, base: Base, fact: Fact, trace: Trace): void {
  for (const place of tabulation.heap.placesOf(entry.node, base))
    tabulation.heap.publish(place, fact.path, fact.state, trace);
}

/** A closure that code outside the program gets hold of is run some time, with what it has captured. */
function seenFromOutside(
  { pointsTo, heap }: Tabulation,
  { node }: Entry,
  { function: id }: InstructionOf<"function">,
  slot: number,
  { path, state, trace }: Pick<Fact, "path" | "state"> & { readonly trace: Trace },
): void {
  const closure = pointsTo.program.functionIn(node, id);
  if (closure === undefined || !isRunFromOutside(pointsTo, closure)) return;
  for (const place of closurePlaces(pointsTo, closure, slot)) heap.publish(place, path, state, trace);
}

/** Methods of a class made inside a function see its variables: told by the heap, for all instances. */
function captureInClass(
  tabulation: Tabulation,
  entry: Entry,
  instruction: InstructionOf<"class">,
  fact: Fact,
  trace: Trace,
): void {
  const [first] = fact.path.components;
  if (first?.startsWith("^") !== true) return;
  for (const member of instruction.members) {
    if (member.value !== fact.base) continue;
    const callee = tabulation.pointsTo.program.functionIn(entry.node, member.function);
    if (callee === undefined) continue;
    for (const place of closurePlaces(tabulation.pointsTo, callee, slotNumber(first)))
      tabulation.heap.publish(place, fact.path, fact.state, trace);
  }
}
