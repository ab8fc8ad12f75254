/**
 * What was put last into a property of an object that is made in the same function, before it is read: `settings.title`
 * behind `const settings = { title: "Library" }`. Told only while nobody else can have changed the object.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { originOf } from "../paths/value-places.js";
import { commonConstant } from "./constant-operations.js";
import type { Constant } from "./constant-operations.js";
import { predecessorsOf } from "../program/predecessors.js";
import type { FunctionNode } from "../program/program.js";

/** "absent": nothing was put there. */
type Stored = ValueId | "absent";

interface Made {
  readonly node: FunctionNode;
  readonly object: ValueId;
  readonly name: string;
  /** Someone else may have it, too. */
  readonly isShared: boolean;
}

const changing: ReadonlySet<Instruction["kind"]> = new Set([
  "append-elements",
  "await",
  "call",
  "copy-properties",
  "delete",
  "iterate",
  "jsx",
  "store",
  "super-call",
  "yield",
]);
const mostBlocks = 64;
const shared = new WeakMap<FunctionNode, Map<ValueId, boolean>>();

/** The constant that was put there on every way; null where it is no constant, or not known. */
export function lastConstant(
  node: FunctionNode,
  point: number,
  { object, property }: Pick<InstructionOf<"load">, "object" | "property">,
  evaluate: (stored: ValueId) => Constant | null,
): Constant | null {
  const stored = property.kind === "name" ? lastStored(node, point, object, property.name) : null;
  return commonConstant(
    (stored ?? []).map((value) => (value === "absent" ? { value: undefined } : evaluate(value))),
  );
}

/** All that may stand there, one for each way; null where that is not known. */
function lastStored(
  node: FunctionNode,
  point: number,
  read: ValueId,
  name: string,
): readonly Stored[] | null {
  const object = originOf(node, read);
  const definition = node.definitions[object];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "object") return null;
  const made: Made = { node, object, name, isShared: isShared(node, object) };
  const start = node.blockOf[point] ?? 0;
  const found = new Set<Stored>();
  const ends = new Map([[start, point]]);
  for (const [block, end] of ends) {
    const stored = storedIn(made, node.blockStart[block] ?? 0, end);
    if (stored === null || ends.size > mostBlocks) return null;
    if (stored !== undefined) {
      found.add(stored);
      continue;
    }
    const before = predecessorsOf(node)[block] ?? [];
    // The block of the reading itself is come back to: from its end it was not gone through.
    if (before.length === 0 || before.some(({ isThrown, position }) => isThrown || position === start))
      return null;
    for (const { position } of before) if (!ends.has(position)) ends.set(position, endOf(node, position));
  }
  return [...found];
}

function endOf(node: FunctionNode, block: number): number {
  return (node.blockStart[block] ?? 0) + (node.graph.blocks[block]?.instructions.length ?? 0);
}

/** Undefined where the part of a block leaves the property as it was before. */
function storedIn(made: Made, from: number, end: number): Stored | null | undefined {
  const { node, object, name } = made;
  for (let point = end - 1; point >= from; point--) {
    const each = node.code[point];
    if (each === undefined) return null;
    if ("out" in each && each.out === object) return "absent";
    if (each.kind === "store" && originOf(node, each.object) === object) {
      if (each.property.kind !== "name" || each.accessor !== undefined) return null;
      if (each.property.name === name) return each.value;
      continue;
    }
    if (each.kind === "delete" && originOf(node, each.object) === object) {
      if (each.property.kind !== "name") return null;
      if (each.property.name === name) return "absent";
      continue;
    }
    if (each.kind === "copy-properties" && originOf(node, each.target) === object) return null;
    if (made.isShared && changing.has(each.kind)) return null;
  }
  return undefined;
}

/** It is used for more than to read and write its properties here. */
function isShared(node: FunctionNode, object: ValueId): boolean {
  let row = shared.get(node);
  if (row === undefined) shared.set(node, (row = new Map<ValueId, boolean>()));
  let answer = row.get(object);
  if (answer === undefined) row.set(object, (answer = isHandedOn(node, object)));
  return answer;
}

function isHandedOn(node: FunctionNode, object: ValueId): boolean {
  const isInPhi = node.graph.blocks.some(({ phis }) =>
    phis.some(({ inputs }) => inputs.some(({ value }) => value === object)),
  );
  return (
    isInPhi ||
    (node.uses[object] ?? []).some((point) => {
      const use = node.code[point];
      switch (use?.kind) {
        case "load":
        case "delete":
          return false;
        case "store":
          return use.value === object;
        case "copy-properties":
          return use.source === object;
        case "declare":
        case "cast":
          return isHandedOn(node, use.out);
        default:
          return true;
      }
    })
  );
}
