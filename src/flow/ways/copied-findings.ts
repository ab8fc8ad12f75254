/**
 * A property that is tested in the original and changed in a copy: `const safe = { ...user }; if (user.email) safe.email
 * = mask(user.email)`. Where the original has nothing, the copy has nothing there either.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Place } from "../paths/value-places.js";
import { originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { operandsOf } from "../program/operands.js";

interface Copied {
  readonly point: number;
  readonly from: ValueId;
  readonly to: ValueId;
}

const none: readonly never[] = [];
const known = new WeakMap<FunctionNode, readonly Copied[]>();

/** The same place in copies of the object that are still as they were made when it is read. */
export function copiesOf(node: FunctionNode, value: ValueId, { base, path }: Place): readonly Place[] {
  const copies = copiesIn(node);
  const [name] = path;
  if (copies.length === 0 || name === undefined) return none;
  const read = node.definitions[originOf(node, value)];
  if (read?.kind !== "instruction" || read.instruction.kind !== "load") return none;
  const { point } = read;
  return copies.flatMap((copy): readonly Place[] =>
    copy.from === base &&
    isAsItWas(node, base, name, copy.point, point) &&
    isAsItWas(node, copy.to, name, 0, point)
      ? [{ base: copy.to, path }]
      : none,
  );
}

function copiesIn(node: FunctionNode): readonly Copied[] {
  let found = known.get(node);
  if (found === undefined) {
    found = node.code.flatMap((each, point): readonly Copied[] =>
      each.kind === "copy-properties" && isMadeHere(node, each)
        ? [{ point, from: originOf(node, each.source), to: each.target }]
        : none,
    );
    known.set(node, found);
  }
  return found;
}

/** A literal that nothing else is copied into. */
function isMadeHere(node: FunctionNode, { target }: InstructionOf<"copy-properties">): boolean {
  const made = node.definitions[target];
  return (
    made?.kind === "instruction" &&
    made.instruction.kind === "object" &&
    node.code.filter((each) => each.kind === "copy-properties" && each.target === target).length === 1
  );
}

/** Between two points nothing may have changed the property. */
function isAsItWas(node: FunctionNode, object: ValueId, name: string, from: number, to: number): boolean {
  for (let point = from; point < to; point++) {
    const each = node.code[point];
    if (each === undefined || harmless.has(each.kind)) continue;
    if (!operandsOf(each).some((operand) => originOf(node, operand) === object)) continue;
    if (each.kind !== "store" || originOf(node, each.object) !== object) return false;
    if (each.property.kind !== "name" || each.property.name === name) return false;
  }
  return true;
}

const harmless: ReadonlySet<string> = new Set([
  "copy-properties",
  "declare",
  "cast",
  "load",
  "binary",
  "unary",
]);
