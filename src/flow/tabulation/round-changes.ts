/**
 * What a loop, or a callback that is run for each element of a list, certainly changes in each round: properties whose
 * names are the elements of the list (`for (const name of SEALED) row[name] = seal(row[name])`), or properties of the
 * elements themselves (`for (const row of rows) row.phone = ""`, `rows.forEach(clear)`).
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { isElement, isPropertyName } from "../paths/path-components.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { countedBy, type Traversal } from "../program/counted-loops.js";
import type { FunctionNode } from "../program/program.js";
import { isPropertyChange, startOfRound, startOfRun } from "../program/rounds-of-loops.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import { capturedObject, certainElements, roundOf } from "./iterated-keys.js";
import { partOverwritten } from "./overwritten-parts.js";
import { iteratedBy } from "./round-lists.js";
import type { Tabulation } from "./tabulation.js";

export interface RoundChange {
  /** The object, or the list of objects, as the function around names it. */
  readonly object: ValueId;
  readonly isNamed: (component: string) => boolean;
  readonly ofElements: boolean;
}

/** By the position of the block at the head of the loop. */
export function changesOfLoop(tabulation: Tabulation, entry: Entry, head: number): readonly RoundChange[] {
  const { node } = entry;
  const { pointsTo } = tabulation;
  const iterations = new Map<ValueId, InstructionOf<"iterate">>();
  const traversal = traversalOf(pointsTo, node, head, iterations);
  const found: RoundChange[] = [];
  if (traversal === null) return found;
  for (const [instruction, point] of startOfRound(node, head)) {
    if (instruction.kind === "iterate") iterations.set(instruction.out, instruction);
    if (isPropertyChange(instruction)) {
      const change = changeOf(tabulation, entry, traversal, instruction);
      if (change !== null) found.push(change);
    } else if (instruction.kind === "call")
      instruction.arguments.forEach(({ value, spread }, index) => {
        const list = spread ? null : traversal.elements(value);
        if (list === null) return;
        const names = changedByCallee(pointsTo.findSite(node, point), index);
        if (names.size > 0) found.push({ object: list, isNamed: isIn(names), ofElements: true });
      });
  }
  return found;
}

function traversalOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  head: number,
  iterations: ReadonlyMap<ValueId, InstructionOf<"iterate">>,
): Traversal | null {
  const end = node.graph.blocks[head]?.end;
  if (end?.kind === "loop") return iteratedBy(pointsTo, node, iterations);
  return end?.kind === "branch" && end.test === "truthy" ? countedBy(node, end.value, head) : null;
}

/** `row[name] = …` for each name, `row.phone = …` for each row. */
function changeOf(
  tabulation: Tabulation,
  entry: Entry,
  traversal: Traversal,
  { object, property }: InstructionOf<"store" | "delete">,
): RoundChange | null {
  if (property.kind === "name") {
    const list = traversal.elements(object);
    return list === null ? null : { object: list, isNamed: isIn(new Set([property.name])), ofElements: true };
  }
  if (property.kind !== "computed" || traversal.elements(object) !== null) return null;
  if (traversal.isNameOf(property.value, object))
    return { object, isNamed: isNameOrIndex, ofElements: false };
  const keys = traversal.elements(property.value);
  return keys === null
    ? null
    : { object, isNamed: isIn(new Set(certainElements(tabulation, entry, keys))), ofElements: false };
}

export function changesOfCallback(
  tabulation: Tabulation,
  entry: Entry,
  site: CallSite,
): { readonly callee: FunctionNode; readonly changes: readonly RoundChange[] } | null {
  const round = roundOf(site);
  if (round === null) return null;
  const { callee, list } = round;
  const changes: RoundChange[] = [];
  for (const [instruction] of startOfRun(callee)) {
    if (!isPropertyChange(instruction)) continue;
    const object = capturedObject(entry, round, instruction);
    if (object !== null)
      changes.push({
        object,
        isNamed: isIn(new Set(certainElements(tabulation, entry, list))),
        ofElements: false,
      });
    else if (isOfParameter(callee, instruction.object, 0) && instruction.property.kind === "name")
      changes.push({
        object: list,
        isNamed: isIn(new Set([instruction.property.name])),
        ofElements: true,
      });
  }
  return { callee, changes };
}

/** The way from the changed object to what the fact is about; null where the change does not concern it. */
export function partChanged(
  tabulation: Tabulation,
  node: FunctionNode,
  { object, isNamed, ofElements }: RoundChange,
  fact: Fact,
): readonly string[] | null {
  if (!ofElements) return partOverwritten(tabulation, node, object, isNamed, fact);
  const part = partOverwritten(tabulation, node, object, isElement, fact);
  return part?.[1] !== undefined && isNamed(part[1]) ? part.slice(1) : null;
}

/** Properties of its parameter that the only function that a call runs certainly changes. */
function changedByCallee(site: CallSite | undefined, index: number): ReadonlySet<string> {
  const names = new Set<string>();
  if (site === undefined || site.edges.size !== 1 || site.foreign.size > 0 || site.callbacks.size > 0)
    return names;
  const [edge] = site.edges.values();
  if (edge?.shape !== "call" || edge.callee.graph.async) return names;
  for (const [instruction] of startOfRun(edge.callee))
    if (
      isPropertyChange(instruction) &&
      instruction.property.kind === "name" &&
      isOfParameter(edge.callee, instruction.object, index)
    )
      names.add(instruction.property.name);
  return names;
}

function isOfParameter(node: FunctionNode, value: ValueId, index: number): boolean {
  const definition = definitionOf(node, value);
  return (
    definition?.kind === "parameter" &&
    definition.index === index &&
    node.graph.parameters[index]?.rest !== true
  );
}

function isIn(names: ReadonlySet<string>): RoundChange["isNamed"] {
  return (component) => names.has(component);
}

function isNameOrIndex(component: string): boolean {
  return isElement(component) || (isPropertyName(component) && !component.startsWith("@@"));
}
