/** What the rounds of loops, and callbacks that are run for each element, have written into objects. */
import type { AccessPath } from "../paths/access-path.js";
import { isIndex } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import { changingLoops } from "../program/changing-loops.js";
import { isPropertyChange } from "../program/rounds-of-loops.js";
import type { Entry } from "./entry.js";
import type { Base, Fact, FactTable, State } from "./fact.js";

interface Written {
  /** What was written, by place and state. */
  readonly known: Set<string>;
  /** What is done once it is. */
  readonly asked: Map<string, (() => void)[]>;
}

/** By run and the head of the loop, and by function that is a callback. */
const writtenInLoop = new WeakMap<Entry, Map<number, Written>>();
const writtenIn = new WeakMap<FunctionNode, Written>();

/** No round has written yet what the fact is about; `again` gives what is done once one has. */
export function isUnwrittenInLoop(
  facts: FactTable,
  entry: Entry,
  head: number,
  { base, path, state }: Fact,
  again: () => () => void,
): boolean {
  return isMissing(loopOf(entry, head), placeKey(facts, base, path, state), again);
}

/** The same of a callback, by the part of what it is run for. */
export function isUnwrittenByCallback(
  facts: FactTable,
  callee: FunctionNode,
  part: readonly string[],
  state: State,
  again: () => () => void,
): boolean {
  return isMissing(writtenBy(callee), partKey(facts, part, state), again);
}

/** Told of each write into an object. */
export function noteRoundWrite(
  facts: FactTable,
  entry: Entry,
  point: number,
  base: Base,
  path: AccessPath,
  state: State,
): void {
  const { node } = entry;
  const block = node.blockOf[point] ?? -1;
  for (const [head, blocks] of changingLoops(node))
    if (blocks.has(block)) note(loopOf(entry, head), placeKey(facts, base, path, state));
  if (!changesInRun(node)) return;
  for (let from = 0; from < path.components.length; from++)
    note(writtenBy(node), partKey(facts, path.components.slice(from), state));
}

const changing = new WeakMap<FunctionNode, boolean>();

/** As a callback that is run for each element it may change something each time. */
function changesInRun(node: FunctionNode): boolean {
  let changes = changing.get(node);
  if (changes === undefined) {
    changes = !node.graph.generator && node.graph.parameters.length > 0 && node.code.some(isPropertyChange);
    changing.set(node, changes);
  }
  return changes;
}

function isMissing({ known, asked }: Written, key: string, again: () => () => void): boolean {
  if (known.has(key)) return false;
  const waiting = asked.get(key);
  if (waiting === undefined) asked.set(key, [again()]);
  else waiting.push(again());
  return true;
}

function note({ known, asked }: Written, key: string): void {
  if (known.has(key)) return;
  known.add(key);
  const waiting = asked.get(key) ?? [];
  asked.delete(key);
  for (const again of waiting) again();
}

function loopOf(entry: Entry, head: number): Written {
  let loops = writtenInLoop.get(entry);
  if (loops === undefined) writtenInLoop.set(entry, (loops = new Map<number, Written>()));
  let written = loops.get(head);
  if (written === undefined) loops.set(head, (written = nothingYet()));
  return written;
}

function writtenBy(node: FunctionNode): Written {
  let written = writtenIn.get(node);
  if (written === undefined) writtenIn.set(node, (written = nothingYet()));
  return written;
}

function nothingYet(): Written {
  return { known: new Set(), asked: new Map<string, (() => void)[]>() };
}

function placeKey(facts: FactTable, base: Base, { components }: AccessPath, state: State): string {
  return `${String(base)}|${partKey(facts, components, state)}`;
}

/** Of the elements of a list it is not asked which one was written. */
function partKey(facts: FactTable, components: readonly string[], state: State): string {
  const names = components.map((component) => (isIndex(component) ? "[]" : component));
  return `${String(facts.noteKey(state, null).id)}|${names.join("\u0000")}`;
}
