/** What each instruction does to a fact. True: the fact itself goes on behind the instruction. */
import type { Instruction } from "../contracts/file-graph.js";
import type { AccessPath } from "./access-path.js";
import { accessPath, emptyPath, prepend, readPrefix } from "./access-path.js";
import { isIndex, isUnprinted } from "./path-components.js";
import { isDeleted } from "./deleted-keys.js";
import type { Entry } from "./entry.js";
import { incomingIndex, pending } from "./fact.js";
import type { Base, Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { transferContainer } from "./transfer-containers.js";
import { isOverwritten, transferLoad, transferStore } from "./transfer-properties.js";

const comparison = /^(?:===?|!==?|[<>]=?|in|instanceof)$/u;

export function transfer(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  fact: Fact,
  trace: Trace,
): boolean {
  const { node } = entry;
  const instruction = node.code[point];
  if (instruction === undefined) return true;
  const put = (base: Base, path: AccessPath, next: Trace = trace): void => {
    tabulation.put(entry, point, base, path, fact.state, next);
  };
  const copy = (from: Base, to: Base): boolean => {
    if (fact.base === from) put(to, fact.path);
    return fact.base !== to;
  };
  switch (instruction.kind) {
    case "parameter":
      put(instruction.out, fact.path);
      return true;
    case "this":
      put(instruction.out, fact.path);
      return true;
    case "arguments": {
      const index = incomingIndex(fact.base);
      if (index !== null) {
        const isRest = node.graph.parameters[index]?.rest === true;
        if (!isRest) put(instruction.out, prepend([String(index)], fact.path));
        else if (isIndex(fact.path.components[0] ?? ""))
          put(
            instruction.out,
            accessPath([String(index + Number(fact.path.components[0])), ...fact.path.components.slice(1)]),
          );
        else put(instruction.out, fact.path);
      }
      return true;
    }
    case "capture": {
      const rest = readPrefix(fact.path, [`^${String(instruction.slot)}`]);
      if (rest !== null) put(instruction.out, rest);
      return true;
    }
    case "catch":
      put(instruction.out, fact.path, tabulation.note(entry, instruction, { kind: "caught" }, trace));
      return fact.base !== pending;
    case "cast":
      return copy(instruction.value, instruction.out);
    case "declare":
      if (fact.base === instruction.value)
        put(
          instruction.out,
          fact.path,
          tabulation.note(
            entry,
            { ...instruction, at: instruction.nameAt },
            { kind: "assigned", name: instruction.name },
            trace,
          ),
        );
      return fact.base !== instruction.out;
    case "await":
      if (fact.base === instruction.value) {
        if (fact.path.components[0] === "!")
          tabulation.raise(
            entry,
            node.blockOf[point] ?? 0,
            accessPath(fact.path.components.slice(1)),
            fact.state,
            trace,
          );
        else put(instruction.out, fact.path);
        if (tabulation.pointsTo.findSite(node, point) !== undefined)
          tabulation.reach(entry, point, fact, trace);
      }
      return fact.base !== instruction.out;
    case "box-read":
      if (fact.base === instruction.box) {
        const rest = readPrefix(fact.path, ["<box>"]);
        if (rest !== null) put(instruction.out, rest);
      }
      return fact.base !== instruction.out;
    case "box-write":
      if (fact.base === instruction.value)
        tabulation.write(
          entry,
          point,
          instruction.box,
          ["<box>", ...fact.path.components],
          fact.state,
          trace,
        );
      return !isOverwritten(tabulation, node, instruction.box, (component) => component === "<box>", fact);
    case "cell-write":
      if (fact.base === instruction.value)
        publish(
          tabulation,
          entry,
          instruction.value,
          fact,
          tabulation.note(
            entry,
            instruction,
            { kind: "stored", place: instruction.cell.replace(/^\*/u, "") },
            trace,
          ),
        );
      return true;
    case "module-exports-write":
      if (fact.base === instruction.value) publish(tabulation, entry, instruction.value, fact, trace);
      return true;
    case "global-write":
      if (fact.base === instruction.value)
        tabulation.heap.publish(
          { key: `global:${instruction.name}`, prefix: [] },
          fact.path,
          fact.state,
          trace,
        );
      return true;
    case "function":
      instruction.captures.forEach((captured, slot) => {
        if (captured === fact.base) put(instruction.out, prepend([`^${String(slot)}`], fact.path));
      });
      return fact.base !== instruction.out;
    case "class":
      captureInClass(tabulation, entry, instruction, fact, trace);
      return true;
    case "load":
      return transferLoad(tabulation, entry, point, instruction, fact, trace);
    case "super-load":
      if (fact.base === -3 && instruction.property.kind === "name") {
        const rest = readPrefix(fact.path, [instruction.property.name]);
        if (rest !== null) put(instruction.out, rest);
      }
      return true;
    case "store":
      return transferStore(tabulation, entry, point, instruction, fact, trace);
    case "delete":
      return !isDeleted(tabulation, entry, instruction, fact);
    case "copy-properties":
    case "append-elements":
    case "object-rest":
    case "array-rest":
    case "iterate":
    case "yield":
      return transferContainer(tabulation, entry, point, instruction, fact, trace);
    case "unary":
      if (
        fact.base === instruction.operand &&
        /^[+\-~]$/u.test(instruction.operator) &&
        fact.path.components.length === 0
      )
        put(instruction.out, emptyPath);
      return fact.base !== instruction.out;
    case "binary":
      if (
        (fact.base === instruction.left || fact.base === instruction.right) &&
        !comparison.test(instruction.operator) &&
        becomesText(fact.path)
      )
        put(instruction.out, emptyPath);
      if (tabulation.pointsTo.findSite(node, point) !== undefined)
        tabulation.reach(entry, point, fact, trace);
      return fact.base !== instruction.out;
    case "template":
      if (instruction.values.includes(fact.base) && becomesText(fact.path)) put(instruction.out, emptyPath);
      if (tabulation.pointsTo.findSite(node, point) !== undefined)
        tabulation.reach(entry, point, fact, trace);
      return fact.base !== instruction.out;
    case "call":
    case "super-call":
    case "jsx":
      return tabulation.reach(entry, point, fact, trace);
    default:
      return true;
  }
}

/** Texts made of a value: itself, the elements of an array, the message of an error, what it was written out from. */
function becomesText(path: AccessPath): boolean {
  if (path.components.some(isUnprinted)) return false;
  if (path.components.includes("<text>")) return true;
  return (
    path.components.every((component) => component === "[]" || isIndex(component)) ||
    (path.components.length === 1 && path.components[0] === "message")
  );
}

function publish(tabulation: Tabulation, entry: Entry, base: Base, fact: Fact, trace: Trace): void {
  for (const place of tabulation.heap.placesOf(entry.node, base))
    tabulation.heap.publish(place, fact.path, fact.state, trace);
}

/** Methods of a class made inside a function see its variables: told by the heap, for all instances. */
function captureInClass(
  tabulation: Tabulation,
  entry: Entry,
  instruction: Extract<Instruction, { kind: "class" }>,
  fact: Fact,
  trace: Trace,
): void {
  if (fact.path.components[0]?.startsWith("^") !== true) return;
  for (const member of instruction.members) {
    if (member.value !== fact.base) continue;
    const callee = tabulation.pointsTo.program.functionOf(entry.node.file, member.function);
    if (callee !== undefined)
      tabulation.heap.publish(
        { key: `closure:${String(callee.index)}`, prefix: [] },
        fact.path,
        fact.state,
        trace,
      );
  }
}
