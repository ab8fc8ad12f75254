/**
 * Loops that write each property of a list: `for (const name of SEALED) row[name] = seal(row[name])`. What was there
 * before is gone when the loop is left; what the loop itself has written stays.
 */
import type { BlockId } from "../../contracts/file-graph.js";
import type { Entry } from "./entry.js";
import type { Fact, FactTable, State } from "./fact.js";
import type { CallSite } from "../points-to/points-to.js";
import { capturedObject, certainElements, iteratedList, roundOf } from "./iterated-keys.js";
import { isKeyedStore, startOfRound } from "../program/rounds-of-loops.js";
import type { FunctionNode } from "../program/program.js";
import type { Tabulation } from "./tabulation.js";
import { partOverwritten } from "./overwritten-parts.js";

interface Written {
  /** What was written, by point, place and state. */
  readonly known: Set<string>;
  /** What is done once it is. */
  readonly asked: Map<string, (() => void)[]>;
}

/** In one run, and in all runs of a function. */
const writtenIn = new WeakMap<Entry | FunctionNode, Written>();

/** The loop writes over what the fact is about, and has not written it itself; `again` once it has. */
export function isWrittenByLoop(
  tabulation: Tabulation,
  entry: Entry,
  body: BlockId,
  fact: Fact,
  again: () => void,
): boolean {
  if (fact.path.components.length === 0) return false;
  for (const [instruction, point] of startOfRound(entry.node, body)) {
    if (!isKeyedStore(instruction) || instruction.property.kind !== "computed") continue;
    const list = iteratedList(entry, instruction.property.value);
    if (list === null) continue;
    for (const name of certainElements(tabulation, entry, list)) {
      const part = partOverwritten(tabulation, entry.node, instruction.object, (each) => each === name, fact);
      if (part === null) continue;
      const key = keyOf(tabulation.facts, point, part, fact.state);
      if (isMissing(writtenOf(entry), key, again)) return true;
    }
  }
  return false;
}

/** The same of a callback that is run for each name of a list: `names.forEach((name) => { row[name] = seal(row[name]) })`. */
export function isWrittenByCallback(
  tabulation: Tabulation,
  entry: Entry,
  site: CallSite,
  fact: Fact,
  again: () => void,
): boolean {
  const round = fact.path.components.length === 0 ? null : roundOf(site);
  const [first] = round?.callee.graph.blocks ?? [];
  if (round === null || first === undefined) return false;
  const start = round.callee.blockStart[0] ?? 0;
  for (const [index, store] of first.instructions.entries()) {
    const object = isKeyedStore(store) ? capturedObject(entry, round, store) : null;
    if (object === null) continue;
    for (const name of certainElements(tabulation, entry, round.list)) {
      const part = partOverwritten(tabulation, entry.node, object, (each) => each === name, fact);
      if (part === null) continue;
      const key = keyOf(tabulation.facts, start + index, part, fact.state);
      if (isMissing(writtenOf(round.callee), key, again)) return true;
    }
  }
  return false;
}

function isMissing({ known, asked }: Written, key: string, again: () => void): boolean {
  if (known.has(key)) return false;
  const waiting = asked.get(key);
  if (waiting === undefined) asked.set(key, [again]);
  else waiting.push(again);
  return true;
}

/** Told of each such write that takes place. */
export function noteLoopWrite(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  components: readonly string[],
  state: State,
): void {
  const key = keyOf(tabulation.facts, point, components, state);
  for (const written of [writtenOf(entry), writtenOf(entry.node)]) {
    if (written.known.has(key)) continue;
    written.known.add(key);
    const asked = written.asked.get(key) ?? [];
    written.asked.delete(key);
    for (const again of asked) again();
  }
}

function writtenOf(entry: Entry | FunctionNode): Written {
  let written = writtenIn.get(entry);
  if (written === undefined)
    writtenIn.set(entry, (written = { known: new Set(), asked: new Map<string, (() => void)[]>() }));
  return written;
}

function keyOf(facts: FactTable, point: number, components: readonly string[], state: State): string {
  return `${String(point)}|${String(facts.noteKey(state, null).id)}|${components.join("\u0000")}`;
}
