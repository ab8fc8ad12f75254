/**
 * What a variable of a module, or a property of an object that one holds, was surely given before it is read here:
 * on each way to the read the same function writes it, and nothing in between runs that could write it again. The
 * heap tells every write everywhere; here it is known that only these count.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { predecessorsOf } from "../program/predecessors.js";
import type { FunctionNode } from "../program/program.js";

/** Of one function: the writes before a read, and the reads behind a write. */
interface Written {
  readonly before: ReadonlyMap<number, readonly ValueId[]>;
  readonly readers: ReadonlyMap<number, readonly number[]>;
}

const none: readonly number[] = [];
const known = new WeakMap<PointsTo, Map<FunctionNode, Written>>();

/** The values that were written last, on all ways; null where anything else may lie there. */
export function valuesWrittenBefore(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
): readonly ValueId[] | null {
  return writtenIn(pointsTo, node).before.get(point) ?? null;
}

/** Where what is written at a point is read with certainty. */
export function readersOfWrite(pointsTo: PointsTo, node: FunctionNode, point: number): readonly number[] {
  return writtenIn(pointsTo, node).readers.get(point) ?? none;
}

/** All of them are texts, numbers and the like that stand in the code: nothing lies below them. */
export function areConstants(pointsTo: PointsTo, node: FunctionNode, values: readonly ValueId[]): boolean {
  return values.every((value) => {
    const found = [...pointsTo.valuesOf(node, value)];
    return found.length > 0 && found.every(({ kind }) => kind === "constant");
  });
}

function writtenIn(pointsTo: PointsTo, node: FunctionNode): Written {
  let ofAll = known.get(pointsTo);
  if (ofAll === undefined) known.set(pointsTo, (ofAll = new Map<FunctionNode, Written>()));
  let found = ofAll.get(node);
  if (found === undefined) ofAll.set(node, (found = findWritten(pointsTo, node)));
  return found;
}

function findWritten(pointsTo: PointsTo, node: FunctionNode): Written {
  const before = new Map<number, readonly ValueId[]>();
  const readers = new Map<number, number[]>();
  const written = placesWritten(node);
  if (written.size === 0) return { before, readers };
  node.code.forEach((instruction, point) => {
    const place = placeRead(node, instruction);
    if (place === null || !written.has(place) || isRun(pointsTo, node, point)) return;
    const writes = lastWrites(pointsTo, node, point, place);
    if (writes === null) return;
    before.set(
      point,
      writes.map((write) => valueWritten(node.code[write])),
    );
    for (const write of writes) readers.set(write, [...(readers.get(write) ?? []), point]);
  });
  return { before, readers };
}

function placesWritten(node: FunctionNode): ReadonlySet<string> {
  const found = new Set<string>();
  for (const instruction of node.code) {
    const place = placeWritten(node, instruction);
    if (place !== null) found.add(place);
  }
  return found;
}

function valueWritten(instruction: Instruction | undefined): ValueId {
  return instruction?.kind === "cell-write" || instruction?.kind === "store" ? instruction.value : -1;
}

function placeRead(node: FunctionNode, instruction: Instruction): string | null {
  if (instruction.kind === "cell-read") return `cell ${instruction.cell}`;
  return instruction.kind === "load" ? propertyPlace(node, instruction) : null;
}

function placeWritten(node: FunctionNode, instruction: Instruction): string | null {
  if (instruction.kind === "cell-write") return `cell ${instruction.cell}`;
  return instruction.kind === "store" && instruction.accessor === undefined && !instruction.initial
    ? propertyPlace(node, instruction)
    : null;
}

/** A named property of what a variable of a module holds: the same object each time, as long as nothing runs. */
function propertyPlace(
  node: FunctionNode,
  { object, property }: Pick<InstructionOf<"load">, "object" | "property">,
): string | null {
  if (property.kind !== "name") return null;
  const holder = definitionOf(node, originOf(node, object));
  if (holder?.kind === "cell-read") return `in ${holder.cell}.${property.name}`;
  return holder?.kind === "import-read" ? `in #${String(holder.import)}.${property.name}` : null;
}

/** The last writes of the place on all ways that lead to a point. */
function lastWrites(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  place: string,
): readonly number[] | null {
  const found = new Set<number>();
  const passed = new Set<number>();
  const queue = [{ position: node.blockOf[point] ?? 0, from: point - 1 }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const start = node.blockStart[next.position] ?? 0;
    let at = next.from;
    for (; at >= start; at--) {
      const instruction = node.code[at];
      if (instruction === undefined) return null;
      if (placeWritten(node, instruction) === place && !isRun(pointsTo, node, at)) break;
      if (mayWrite(pointsTo, node, at, instruction, place)) return null;
    }
    if (at >= start) {
      found.add(at);
      continue;
    }
    const before = predecessorsOf(node)[next.position] ?? [];
    // The function begins here, or something was thrown: before a write of the block that it comes from, too.
    if (before.length === 0 || next.position === 0 || before.some(({ isThrown }) => isThrown)) return null;
    for (const { position } of before) {
      if (passed.has(position)) continue;
      passed.add(position);
      const { length } = node.graph.blocks[position]?.instructions ?? [];
      queue.push({ position, from: (node.blockStart[position] ?? 0) + length - 1 });
    }
  }
  return found.size === 0 ? null : [...found].sort((a, b) => a - b);
}

const harmless: ReadonlySet<Instruction["kind"]> = new Set([
  "array",
  "binary",
  "capture",
  "cast",
  "cell-read",
  "constant",
  "declare",
  "function",
  "global",
  "import-read",
  "load",
  "object",
  "parameter",
  "template",
  "this",
  "unary",
]);

/** May something be written to the place here, by the instruction or by what it runs? */
function mayWrite(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  instruction: Instruction,
  place: string,
): boolean {
  if (instruction.kind === "call") return !isForeignAlone(pointsTo, node, point);
  if (isRun(pointsTo, node, point)) return true;
  if (harmless.has(instruction.kind)) return false;
  if (instruction.kind === "cell-write")
    return place === `cell ${instruction.cell}` || place.startsWith(`in ${instruction.cell}.`);
  if (instruction.kind !== "store") return true;
  // Another object under another name may be the same one.
  const { property } = instruction;
  return !place.startsWith("cell ") && (property.kind !== "name" || place.endsWith(`.${property.name}`));
}

/** Something of the program runs here: an accessor, a conversion, a call. */
function isRun(pointsTo: PointsTo, node: FunctionNode, point: number): boolean {
  const site = pointsTo.findSite(node, point);
  return site !== undefined && (site.edges.size > 0 || site.callbacks.size > 0);
}

/** A call of packages and the platform that runs nothing of the program (`console.log(text)`). */
function isForeignAlone(pointsTo: PointsTo, node: FunctionNode, point: number): boolean {
  const site = pointsTo.findSite(node, point);
  if (site === undefined || isRun(pointsTo, node, point) || site.foreign.size === 0) return false;
  return site.foreignCallbacks.size === 0 && isPlatform(site.foreign);
}

function isPlatform(
  foreign: ReadonlySet<{ readonly module: string; readonly path: readonly string[] }>,
): boolean {
  return [...foreign].every(({ path }) => /^(?:console|Math|String|Number|Boolean)$/u.test(path[0] ?? ""));
}
