/**
 * Numbers of the code that stand for an age on some ways: `age = header === undefined ? 18 : Number(header)`, where
 * there is none, or `age = isStaff ? 18 : Number(header)`, where something else decides.
 */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { Definition, FunctionNode } from "../../program/program.js";
import { originOf, placesOf } from "../../paths/value-places.js";
import { isOnSide, sidesTaken } from "./dominators.js";

const most = 60;

/** Is one input chosen by tests of which none looks at what the others are made of? */
export function isChosenByOthers(
  node: FunctionNode,
  { block, phi }: Extract<Definition, { kind: "phi" }>,
  chosen: ValueId,
): boolean {
  const from = phi.inputs.filter((input) => input.value === chosen).map((input) => input.block);
  const deciding = from.map((id) =>
    sidesTaken(node, node.blockById.get(id) ?? 0).filter((each) => !isOnSide(node, each, block)),
  );
  if (deciding.length === 0 || deciding.some((each) => each.length === 0)) return false;
  const ages = new Set(
    phi.inputs.flatMap((input) => (input.value === chosen ? [] : [...madeOf(node, input.value)])),
  );
  return deciding.flat().every(({ value }) => isApart(madeOf(node, value), ages));
}

/** None of the places is one of the others, a part of one or what one is a part of: `"age" in member ? member.age : 18`. */
function isApart(places: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...places].every((place) =>
    [...others].every((other) => place !== other && !isWithin(place, other) && !isWithin(other, place)),
  );
}

function isWithin(part: string, whole: string): boolean {
  return part.startsWith(whole.endsWith(".") ? whole : `${whole}.`);
}

/** The places that a value is worked out of, inside the function. */
function madeOf(node: FunctionNode, value: ValueId): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [value];
  const seen = new Set<ValueId>();
  for (let next = queue.pop(); next !== undefined && seen.size < most; next = queue.pop()) {
    const origin = originOf(node, next);
    if (seen.has(origin)) continue;
    seen.add(origin);
    const definition = node.definitions[origin];
    if (definition?.kind === "phi") {
      queue.push(...definition.phi.inputs.map((input) => input.value));
      continue;
    }
    const inner = definition === undefined ? null : operandsOf(definition.instruction);
    if (inner !== null) queue.push(...inner);
    else {
      const { base, path } = placesOf(node, origin).at(-1) ?? { base: origin, path: [] };
      found.add(`${String(base)}.${path.join(".")}`);
    }
  }
  return found;
}

/** Null: it stands for itself. */
function operandsOf(instruction: Instruction): readonly ValueId[] | null {
  switch (instruction.kind) {
    case "constant":
    case "global":
      return [];
    case "unary":
      return [instruction.operand];
    case "binary":
      return [instruction.left, instruction.right];
    case "await":
      return [instruction.value];
    case "call": {
      const given = instruction.arguments.map(({ value }) => value);
      return instruction.receiver === null ? given : [instruction.receiver, ...given];
    }
    default:
      return null;
  }
}
