/**
 * What a loop, or a callback that is run for each element of a list, certainly changes in each round: properties whose
 * names are the elements of the list (`for (const name of SEALED) row[name] = seal(row[name])`), or properties of the
 * elements themselves (`for (const row of rows) row.phone = ""`, `rows.forEach(clear)`).
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { noContext } from "../contexts/context.js";
import { isElement, isPropertyName } from "../paths/path-components.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { countedBy, type Traversal } from "../program/counted-loops.js";
import type { FunctionNode } from "../program/program.js";
import { changesIn, isPropertyChange, startOfRound, startOfRun } from "../program/rounds-of-loops.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import { capturedObject, certainElements, roundOf } from "./iterated-keys.js";
import { partOverwritten } from "./overwritten-parts.js";
import { iteratedBy, listedNames } from "./round-lists.js";
import { wordsOf } from "../ways/declared-words.js";
import { type Certain, changesFor, type Round as ChangingRound } from "../ways/guarded-changes.js";
import type { Tabulation } from "./tabulation.js";

export interface RoundChange {
  /** The object, or the list of objects, as the function around names it. */
  readonly object: ValueId;
  readonly isNamed: (component: string) => boolean;
  readonly ofElements: boolean;
  /** What is changed of the property of a name. */
  readonly certain: (name: string) => Certain;
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
    if (instruction.kind === "call")
      instruction.arguments.forEach(({ value, spread }, index) => {
        const list = spread ? null : traversal.elements(value);
        if (list === null) return;
        const names = changedByCallee(pointsTo.findSite(node, point), index);
        if (names.size > 0)
          found.push({ object: list, isNamed: isIn(names), ofElements: true, certain: always });
      });
  }
  for (const [instruction, point] of changesIn(node, head)) {
    const change = changeOf(tabulation, entry, traversal, instruction);
    if (change !== null)
      found.push({ ...change, certain: certainIn(tabulation, { node, head }, instruction, point) });
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
): Omit<RoundChange, "certain"> | null {
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
    : {
        object,
        isNamed:
          namesListed(tabulation, entry.node, keys, object, null) ??
          isIn(new Set(certainElements(tabulation, entry, keys))),
        ofElements: false,
      };
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
  for (const [instruction, point] of changesIn(callee, null)) {
    if (callee.graph.generator) continue;
    const certain = certainIn(tabulation, { node: callee, head: null }, instruction, point);
    const object = capturedObject(entry, round, instruction);
    if (object !== null)
      changes.push({
        object,
        isNamed:
          namesListed(tabulation, entry.node, list, object, site.point) ??
          isIn(new Set(certainElements(tabulation, entry, list))),
        ofElements: false,
        certain,
      });
    else if (isOfParameter(callee, instruction.object, 0) && instruction.property.kind === "name")
      changes.push({
        object: list,
        isNamed: isIn(new Set([instruction.property.name])),
        ofElements: true,
        certain,
      });
  }
  return { callee, changes };
}

/** The way from the changed object to what the fact is about; null where the change does not concern it. */
export function partChanged(
  tabulation: Tabulation,
  node: FunctionNode,
  { object, isNamed, ofElements, certain }: RoundChange,
  fact: Fact,
  again: () => () => void,
): readonly string[] | null {
  const whole = partOverwritten(tabulation, node, object, ofElements ? isElement : isNamed, fact);
  const part = ofElements ? whole?.slice(1) : whole;
  const [name, ...below] = part ?? [];
  if (part == null || name === undefined || (ofElements && !isNamed(name))) return null;
  const changed = certain(name);
  if (changed === null) return null;
  // Of a text that is not there nothing is left, whatever else may be.
  return changed !== "no-text" || (below.length === 0 && isOfText(tabulation, fact, again)) ? part : null;
}

function certainIn(
  { pointsTo, conditions }: Tabulation,
  round: ChangingRound,
  change: InstructionOf<"store" | "delete">,
  point: number,
): RoundChange["certain"] {
  return (name) =>
    changesFor(
      pointsTo,
      (condition, key) => conditions.truthOf(round.node, condition, noContext, key),
      round,
      change,
      point,
      isPropertyName(name) ? name : null,
    );
}

const always = (): Certain => "always";

/** Data of the field is a text wherever it is the field, and nothing in the program makes something else of it. */
function isOfText(tabulation: Tabulation, { state }: Fact, again: () => () => void): boolean {
  const [word, ...others] = wordsOf(tabulation.pointsTo.resolver, state.field);
  return word === "string" && others.length === 0 && !tabulation.converted.asked(state, again)();
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

/** Of `Object.keys(row)`, or of what is filtered out of it: null where it lists something else. */
function namesListed(
  { pointsTo, conditions }: Tabulation,
  node: FunctionNode,
  list: ValueId,
  object: ValueId,
  until: number | null,
): RoundChange["isNamed"] | null {
  const listed = listedNames(pointsTo, node, list, object, until);
  if (listed === null) return null;
  const { filter } = listed;
  return (component) =>
    filter === null
      ? isNameOrIndex(component)
      : isPropertyName(component) && conditions.truthOfResult(filter, 0, component, false) === true;
}

function isNameOrIndex(component: string): boolean {
  return isElement(component) || (isPropertyName(component) && !component.startsWith("@@"));
}
