/** What spreading, destructuring and iterating do to a fact: members go from one container to another. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, prepend } from "../paths/access-path.js";
import { iterated } from "./iterated-paths.js";
import { placeInList } from "./places-in-literals.js";
import { isIndex, positionOf } from "../paths/path-components.js";
import type { Entry } from "./entry.js";
import { fillLiteral } from "../heap/filled-literals.js";
import { returned } from "./fact.js";
import type { Fact } from "./fact.js";
import { iteratedByModels } from "../models/read-flows.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { writesOver } from "../models/overwriting.js";
import { propertyTexts } from "./transfer-properties.js";
import type { Transfers } from "./transfer-table.js";
import { delegatedPosition, yieldPosition } from "./yield-positions.js";

export const containerTransfers = {
  "copy-properties": (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base === instruction.source && fact.path.components[0]?.startsWith("^") !== true)
      fillLiteral(tabulation, entry, point, instruction.target, fact.path.components, fact.state, trace);
    const [name] = fact.path.components;
    const isReplaced =
      fact.base === instruction.target &&
      name !== undefined &&
      writesOver(tabulation.pointsTo, entry.node, instruction.source, name);
    return !isReplaced;
  },
  "append-elements": (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base !== instruction.source) return true;
    const { pointsTo } = tabulation;
    const listed = iteratedByModels(pointsTo, entry.node, point, instruction.source, fact.path);
    for (const path of [fact.path, ...listed]) {
      const rest = iterated(path);
      if (rest === null) continue;
      const place = placeInList(pointsTo, entry.node, point, instruction, path);
      fillLiteral(
        tabulation,
        entry,
        point,
        instruction.target,
        [place, ...rest.components],
        fact.state,
        trace,
      );
    }
    if (tabulation.pointsTo.findSite(entry.node, point) !== undefined)
      tabulation.reach(entry, point, fact, trace);
    return true;
  },
  "object-rest": (tabulation, entry, point, instruction, fact, trace) => {
    if (
      fact.base === instruction.object &&
      !instruction.excluded.some((name) =>
        propertyTexts(tabulation, entry, name).includes(fact.path.components[0] ?? ""),
      )
    )
      tabulation.put(entry, point, instruction.out, fact.path, fact.state, trace);
    return fact.base !== instruction.out;
  },
  "array-rest": (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base === instruction.array) {
      const path = movedElement(fact.path, instruction.from);
      if (path !== null) tabulation.put(entry, point, instruction.out, path, fact.state, trace);
      if (tabulation.pointsTo.findSite(entry.node, point) !== undefined)
        tabulation.reach(entry, point, fact, trace);
    }
    return fact.base !== instruction.out;
  },
  iterate: (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base === instruction.object) iterateFact(tabulation, entry, point, instruction, fact, trace);
    return fact.base !== instruction.out;
  },
  yield: (tabulation, entry, point, instruction, fact, trace) => {
    if (fact.base !== instruction.value) return true;
    const { components } = fact.path;
    if (instruction.delegate && raiseRejection(tabulation, entry, point, fact, trace)) return true;
    if (instruction.delegate && components[0] === "<return>")
      tabulation.put(entry, point, instruction.out, accessPath(components.slice(1)), fact.state, trace);
    const path = instruction.delegate ? iterated(fact.path) : fact.path;
    const { pointsTo } = tabulation;
    const position = instruction.delegate
      ? delegatedPosition(pointsTo, entry.node, point, components[0])
      : yieldPosition(pointsTo, entry.node, point);
    const place = position === null ? "[]" : String(position);
    if (path !== null)
      tabulation.exit(entry, tabulation.facts.fact(returned, prepend([place], path), fact.state), trace);
    if (pointsTo.findSite(entry.node, point) !== undefined) tabulation.reach(entry, point, fact, trace);
    return true;
  },
} satisfies Transfers;

/** Where a part of an array is in the rest of it from `from` on; null where it is before. */
function movedElement(path: AccessPath, from: number): AccessPath | null {
  const [first, ...rest] = path.components;
  if (first === undefined) return accessPath(["[]"]);
  if (!isIndex(first)) return path;
  return positionOf(first) >= from ? accessPath([String(positionOf(first) - from), ...rest]) : null;
}

function iterateFact(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  instruction: InstructionOf<"iterate">,
  fact: Fact,
  trace: Trace,
): void {
  const { node } = entry;
  const isOfKeys = instruction.mode === "in";
  if (!isOfKeys && raiseRejection(tabulation, entry, point, fact, trace)) return;
  const rest = isOfKeys ? iteratedKey(fact.path) : iterated(fact.path);
  if (rest !== null && rest.components[0] === "!" && instruction.mode === "await")
    raiseFrom(tabulation, entry, point, rest, fact, trace);
  else if (rest !== null) tabulation.put(entry, point, instruction.out, rest, fact.state, trace);
  if (!isOfKeys) {
    for (const path of iteratedByModels(tabulation.pointsTo, node, point, instruction.object, fact.path)) {
      const element = iterated(path);
      if (element !== null) tabulation.put(entry, point, instruction.out, element, fact.state, trace);
    }
  }
  if (tabulation.pointsTo.findSite(node, point) !== undefined) tabulation.reach(entry, point, fact, trace);
}

/** What an asynchronous generator throws comes out where it is iterated. */
function raiseRejection(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  fact: Fact,
  trace: Trace,
): boolean {
  const isRejected = fact.path.components[0] === "!";
  if (isRejected) raiseFrom(tabulation, entry, point, fact.path, fact, trace);
  return isRejected;
}

function raiseFrom(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  { components }: AccessPath,
  fact: Fact,
  trace: Trace,
): void {
  const block = entry.node.blockOf[point] ?? 0;
  tabulation.raise(entry, block, accessPath(components.slice(1)), fact.state, trace);
}

function iteratedKey(path: AccessPath): AccessPath | null {
  return path.components[0] === "<keys>" ? accessPath(path.components.slice(1)) : null;
}
