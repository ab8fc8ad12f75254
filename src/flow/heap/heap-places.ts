/** The places of the heap that each instruction reads, by kind of instruction. */
import type { Instruction, InstructionKind, InstructionOf } from "../../contracts/file-graph.js";
import { closurePlaces } from "../points-to/closure-places.js";
import { namesIn } from "../points-to/container-constraints.js";
import type { Base } from "../tabulation/fact.js";
import { pending } from "../tabulation/fact.js";
import type { HeapPlace } from "../paths/heap-place.js";
import { allExports, findExports, findImport, moduleExportsCell } from "../program/module-links.js";
import type { LinkTarget } from "../program/module-links.js";
import { heldKeys } from "./held-places.js";
import { isPassing } from "./passing-closures.js";
import { keptReads } from "../points-to/kept-reads.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { anyTurn, yieldPosition } from "../tabulation/yield-positions.js";
import { isWrittenAnew, makersPart, sharedObject, sharedVariable, variableKey } from "./shared-variables.js";
import { slotOf } from "../paths/slots.js";
import { areConstants, valuesWrittenBefore } from "./written-before.js";

export interface PlaceRegister {
  /** What is written into the value is written there; it is read from elsewhere. */
  readonly write: (node: FunctionNode, base: Base, place: HeapPlace) => void;
  /** The value is what lies at the place: it is read from there, and what is written into it is written there. */
  readonly add: (
    node: FunctionNode,
    point: number,
    base: Base,
    place: HeapPlace,
    /** The variable is read here again as a whole, so only what lies in its object is news. */
    partsOnly: boolean,
  ) => void;
  /** The value is only read from the place. */
  readonly read: (node: FunctionNode, point: number, base: Base, place: HeapPlace) => void;
  /** What is put into the one place is in the other, too. */
  readonly move: (from: HeapPlace, to: HeapPlace) => void;
}

type Registration<I extends Instruction> = (
  pointsTo: PointsTo,
  register: PlaceRegister,
  node: FunctionNode,
  instruction: I,
  point: number,
) => void;

const registrations: { readonly [K in InstructionKind]?: Registration<InstructionOf<K>> } = {
  "cell-read": (pointsTo, register, node, { cell, out }, point) => {
    const place = cellPlace(node.file, cell);
    const written = valuesWrittenBefore(pointsTo, node, point);
    if (written !== null && areConstants(pointsTo, node, written)) register.write(node, out, place);
    else register.add(node, point, out, place, written !== null);
  },
  "cell-write": (_pointsTo, register, node, { cell, value }, point) => {
    register.add(node, point, value, cellPlace(node.file, cell), true);
  },
  "module-exports": (_pointsTo, register, node, { out }, point) => {
    register.add(node, point, out, cellPlace(node.file, moduleExportsCell), false);
  },
  "module-exports-write": (_pointsTo, register, node, { value }, point) => {
    register.add(node, point, value, cellPlace(node.file, moduleExportsCell), true);
  },
  global: (_pointsTo, register, node, { name, out }, point) => {
    register.add(node, point, out, { key: `global:${name}`, prefix: [] }, false);
  },
  "import-read": (pointsTo, register, node, instruction, point) => {
    const binding = node.fileGraph.imports[instruction.import];
    if (binding === undefined) return;
    const links = findImport(pointsTo, node.file, binding.specifier, binding.name);
    addLinks(register, node, point, instruction.out, links);
  },
  require: (pointsTo, register, node, { specifier, out }, point) => {
    addLinks(register, node, point, out, findImport(pointsTo, node.file, specifier, "="));
  },
  load: (pointsTo, register, node, { object, property, out }, point) => {
    if (property.kind !== "name") return;
    for (const value of pointsTo.valuesOf(node, object))
      if (value.kind === "module")
        addLinks(register, node, point, out, findExports(pointsTo, value.file, property.name));
  },
  "copy-properties": (pointsTo, register, node, { source, target }, point) => {
    copyExports(pointsTo, register, node, point, source, target, new Set());
  },
  "object-rest": (pointsTo, register, node, { object, out, excluded }, point) => {
    copyExports(pointsTo, register, node, point, object, out, namesIn(excluded));
  },
  "box-read": (_pointsTo, register, node, { box, out }, point) => {
    // What closures that left write comes back into the function that made the variable.
    for (const key of boxKeys(node, box)) register.read(node, point, out, { key, prefix: ["<box>"] });
  },
  yield: (pointsTo, register, node, { out, delegate }, point) => {
    const position = delegate ? null : yieldPosition(pointsTo, node, point);
    const turn = position === null ? anyTurn : `:${String(position)}`;
    for (const which of ["", turn])
      register.add(node, point, out, { key: `sent:${String(node.index)}${which}`, prefix: [] }, false);
    register.read(node, point, pending, { key: `raised:${String(node.index)}`, prefix: [] });
  },
  capture: (pointsTo, register, node, { slot, out }, point) => {
    const shared = sharedVariable(pointsTo, node, slot);
    if (shared !== null && isWrittenAnew(shared))
      register.read(node, point, out, { key: shared, prefix: [] });
    const object = sharedObject(pointsTo, node, slot);
    if (object !== null) register.read(node, point, out, { key: object, prefix: [] });
    // What a closure that lives no longer than a call leaves is with whoever made the call.
    if (isPassing(pointsTo, node)) return;
    for (const place of closurePlaces(pointsTo, node, slot))
      register.add(node, point, out, { ...place, prefix: [slotOf(node, slot)] }, false);
  },
};

/** Tells the register every place that an instruction names: variables of modules, imports, shared variables. */
export function registerPlaces(
  pointsTo: PointsTo,
  register: PlaceRegister,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
): void {
  const registration = registrations[instruction.kind] as Registration<Instruction> | undefined;
  registration?.(pointsTo, register, node, instruction, point);
  if (instruction.kind === "global" || instruction.kind === "import-read" || instruction.kind === "load")
    for (const address of keptReads(pointsTo, node, instruction))
      for (const key of heldKeys(pointsTo, pointsTo.siteAt(node, point), address, []))
        register.read(node, point, instruction.out, { key, prefix: [] });
}

function addLinks(
  register: PlaceRegister,
  node: FunctionNode,
  point: number,
  base: Base,
  links: readonly LinkTarget[],
): void {
  for (const place of links.flatMap(placesOfLink)) register.add(node, point, base, place, false);
}

function placesOfLink(link: LinkTarget): readonly HeapPlace[] {
  if (link.kind === "cell") return [cellPlace(link.file, link.cell)];
  if (link.kind !== "commonjs") return [];
  const { key } = cellPlace(link.file, moduleExportsCell);
  return [{ key, prefix: link.name === null ? [] : [link.name] }];
}

/** `{ ...state }` of a module: what its variables hold lies under their names. */
function copyExports(
  pointsTo: PointsTo,
  register: PlaceRegister,
  node: FunctionNode,
  point: number,
  source: Base,
  target: Base,
  excluded: ReadonlySet<string>,
): void {
  for (const value of pointsTo.valuesOf(node, source)) {
    if (value.kind !== "module") continue;
    const key = `copied:${String(node.index)}:${String(point)}:${value.file}`;
    register.read(node, point, target, { key, prefix: [] });
    for (const [name, links] of allExports(pointsTo, value.file))
      if (!excluded.has(name))
        for (const place of links.flatMap(placesOfLink)) register.move(place, { key, prefix: [name] });
  }
}

function boxKeys(node: FunctionNode, box: number): readonly string[] {
  const shared = variableKey(node, box, true);
  return [shared, makersPart(shared)];
}

function cellPlace(file: string, cell: string): HeapPlace {
  return { key: `cell:${file}#${cell}`, prefix: [] };
}
