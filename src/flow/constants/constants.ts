/** Folding: which texts and numbers a value may be. Unknown parts are `*`. */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { beginningsOf } from "./begun-texts.js";
import { joinedList, withoutParts, type JoinedList } from "./joined-lists.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";

/** More alternatives than this fold to one unknown. */
const mostAlternatives = 8;
const unknown: readonly string[] = ["*"];

/** What is folded already, by the value; a text that is made of itself (in a loop) is unknown there. */
export type Folded = Map<AbstractValue, readonly string[]>;

/** What is read where a text is folded, and what is folded already. */
interface Folding {
  readonly folded: Folded;
  readonly read: ReadValues;
  /** Not in all runs, but in some: what stands for a table may be another one there. */
  readonly isNarrowed: boolean;
}

/** The texts that a value may be, `*` for every unknown part; `["*"]` where nothing is known. */
export function foldText(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  folded: Folded = foldedIn(pointsTo),
): readonly string[] {
  return foldValues(pointsTo, pointsTo.valuesOf(node, value), folded);
}

export function foldValues(
  pointsTo: PointsTo,
  values: Iterable<AbstractValue>,
  folded: Folded = foldedIn(pointsTo),
): readonly string[] {
  const read: ReadValues = (node, value) => pointsTo.valuesOf(node, value);
  return foldAll(pointsTo, values, { folded, read, isNarrowed: false });
}

/** The same, where values are read as they are in some runs only. */
export function foldIn(
  pointsTo: PointsTo,
  values: Iterable<AbstractValue>,
  read: ReadValues,
): readonly string[] {
  return foldAll(pointsTo, values, { folded: new Map(), read, isNarrowed: true });
}

function foldAll(pointsTo: PointsTo, values: Iterable<AbstractValue>, folding: Folding): readonly string[] {
  const found = new Set<string>();
  const all = [...values];
  // That something may be missing tells nothing about the text that it has where it is there.
  const present = all.filter((value) => value.kind !== "constant" || value.value != null);
  const tables = namesOfEntities(pointsTo, present, folding);
  if (tables !== null) return tables;
  const texts = present.length < 2 ? present : withoutParts(pointsTo, present, folding.read);
  for (const value of texts.length > 0 ? texts : all)
    for (const text of foldOne(pointsTo, value, folding)) found.add(text);
  if (found.size === 0 || found.size > mostAlternatives) return unknown;
  return [...found].sort();
}

/** Of what stands for a table, or is an object of one, that is told, and not what else went into it. */
function namesOfEntities(
  pointsTo: PointsTo,
  values: readonly AbstractValue[],
  { read, isNarrowed }: Folding,
): readonly string[] | null {
  const { tablesOf } = pointsTo;
  if (tablesOf === null) return null;
  const found = new Set<string>();
  for (const value of values) {
    if (value.kind === "foreign" || value.kind === "class" || value.kind === "instance")
      for (const table of tablesOf(value, isNarrowed ? read : undefined)) found.add(table);
  }
  return found.size === 0 ? null : [...found].sort();
}

/** Until the graph is solved, values are still to come: what is folded then holds for one question only. */
function foldedIn(pointsTo: PointsTo): Folded {
  return pointsTo.isSolved ? pointsTo.folded : new Map<AbstractValue, readonly string[]>();
}

/** `QUEUE_URL`, of `process.env.QUEUE_URL`. */
export function settingOf(value: AbstractValue): string | null {
  if (value.kind !== "foreign" || value.module !== "global") return null;
  const [first, second, name] = value.path;
  return first === "process" && second === "env" ? (name ?? null) : null;
}

function foldOne(pointsTo: PointsTo, value: AbstractValue, folding: Folding): readonly string[] {
  if (value.kind === "constant") return [String(value.value)];
  const setting = settingOf(value);
  if (setting !== null) return [`env:${setting}`];
  if (value.kind === "foreign") return foldPattern(pointsTo, value);
  if (value.kind !== "computed") return unknown;
  const { folded } = folding;
  const known = folded.get(value);
  if (known !== undefined) return known;
  folded.set(value, unknown);
  const instruction = value.function.code[value.point];
  const texts =
    instruction === undefined
      ? unknown
      : instruction.kind === "call"
        ? foldCall(pointsTo, value.function, value.point, instruction, folding)
        : foldInstruction(pointsTo, value.function, instruction, folding);
  folded.set(value, texts);
  return texts;
}

/** What a package's call gives, where a model tells its text: `path.join(folder, name)`. */
function foldCall(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  call: InstructionOf<"call">,
  folding: Folding,
): readonly string[] {
  const [foreign, ...others] = pointsTo.findSite(node, point)?.foreign ?? [];
  if (foreign === undefined || others.length > 0) return unknown;
  const roles = pointsTo.catalogue
    .match(foreign.module, foreign.path, "call")
    .flatMap(({ model }) => model.roles);
  const begins = roles.find((role) => role.kind === "begins");
  if (begins?.kind === "begins") {
    const beginnings = beginningsOf(pointsTo, node, call, begins.with, folding.read);
    return joinAll(beginnings.length === 0 ? [unknown] : [foldAll(pointsTo, beginnings, folding), unknown]);
  }
  const list = joinedList(pointsTo, pointsTo.values.computed(node, point), folding.read);
  if (list !== null) return foldList(pointsTo, list, folding);
  const joins = roles.find((role) => role.kind === "joins");
  if (joins?.kind !== "joins") return unknown;
  const parts = call.arguments.map(({ value, spread }) =>
    spread ? unknown : foldAll(pointsTo, folding.read(node, value), folding),
  );
  return joinAll(parts.flatMap((part, index) => (index === 0 ? [part] : [[joins.with], part])));
}

function foldList(
  pointsTo: PointsTo,
  { node, parts, caller, separator }: JoinedList,
  folding: Folding,
): readonly string[] {
  const { read } = folding;
  const between = separator === null ? [","] : foldAll(pointsTo, read(caller, separator), folding);
  return joinAll(
    parts.flatMap((part, index) => [
      ...(index === 0 ? [] : [between]),
      foldAll(pointsTo, read(node, part), folding),
    ]),
  );
}

function foldInstruction(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  folding: Folding,
): readonly string[] {
  const fold = (value: ValueId): readonly string[] => foldAll(pointsTo, folding.read(node, value), folding);
  if (instruction.kind === "template") {
    const parts: (readonly string[])[] = [];
    instruction.texts.forEach((text, index) => {
      parts.push([text]);
      const hole = instruction.values[index];
      if (hole !== undefined) parts.push(fold(hole));
    });
    return joinAll(parts);
  }
  if (instruction.kind === "binary" && instruction.operator === "+")
    return joinAll([fold(instruction.left), fold(instruction.right)]);
  return unknown;
}

function joinAll(parts: readonly (readonly string[])[]): readonly string[] {
  let texts: string[] = [""];
  for (const part of parts) {
    texts = texts.flatMap((text) => part.map((each) => text + each.replace(/^env:.*$/u, "*")));
    if (texts.length > mostAlternatives) return ["*"];
  }
  return [...new Set(texts.map((text) => text.replace(/\*+/gu, "*")))];
}

/** The constants a value may be; `complete` is false where it may be something else as well. */
export function constantsOf(values: Iterable<AbstractValue>): {
  readonly constants: readonly (string | number | boolean | null | undefined)[];
  readonly complete: boolean;
} {
  const constants: (string | number | boolean | null | undefined)[] = [];
  let others = 0;
  for (const value of values) {
    if (value.kind === "constant") constants.push(value.value);
    else others++;
  }
  return { constants, complete: others === 0 && constants.length > 0 };
}

/** A regular expression that is written out: `/[^@]/gu`. */
function foldPattern(
  pointsTo: PointsTo,
  { module, path, site }: Extract<AbstractValue, { kind: "foreign" }>,
): readonly string[] {
  if (module !== "lib" || path[0] !== "RegExp" || path.length > 1 || site === null) return unknown;
  const [owner = "", point = ""] = site.split(":");
  const written = pointsTo.program.functions[Number(owner)]?.code[Number(point)];
  return written?.kind === "constant" ? [String(written.value)] : unknown;
}
