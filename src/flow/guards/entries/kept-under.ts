/**
 * The name under which a function is kept that is handed over where it stands: `export const deletePupil =
 * action.schema(id).handler(async () => …)`, `{ deletePupil: procedure(async () => …) }`. Whoever calls it knows it
 * by that name, also where no model says what makes an entry of it.
 */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { Program, FunctionNode } from "../../program/program.js";

/** Longer ways from a function to its name are none that a reader would follow. */
const mostSteps = 16;

/** Null where it is not handed over at its place, or what comes of it has no name. */
export function keptUnder(program: Program, node: FunctionNode): string | null {
  const { parent } = node.graph;
  const maker = parent === null ? undefined : program.functionIn(node, parent);
  const made = maker?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  if (maker === undefined || made?.kind !== "function") return null;
  return maker.uses[made.out]?.some((point) => isHandedAt(maker, made.out, point)) === true
    ? nameOfResult(maker, made.out)
    : null;
}

/** The name under which what is made of a value is kept, through the calls that it is handed to or that it is asked. */
export function nameOfResult(maker: FunctionNode, value: ValueId): string | null {
  let at = value;
  for (let steps = 0; steps < mostSteps; steps++) {
    const uses: readonly Instruction[] = (maker.uses[at] ?? []).flatMap((point) => maker.code[point] ?? []);
    for (const use of uses) {
      const name = isForgotten(maker, use) ? null : nameAt(use, at);
      if (name !== null) return name;
    }
    const next = uses.find(({ kind }) => kind === "call") ?? uses.find(({ kind }) => isPassage(kind));
    if (next === undefined || !("out" in next)) return null;
    at = next.out;
  }
  return null;
}

/** A local variable that is only looked at (`typeof run`) goes nowhere: nobody knows it by that name. */
function isForgotten({ graph, code, uses }: FunctionNode, use: Instruction): boolean {
  if (use.kind !== "declare" || graph.kind === "module") return false;
  const isLookedAt = (uses[use.out] ?? []).every((point) =>
    /^(?:unary|binary)$/u.test(code[point]?.kind ?? ""),
  );
  return (
    isLookedAt &&
    graph.blocks.every(
      ({ phis, end }) =>
        !phis.some(({ inputs }) => inputs.some(({ value }) => value === use.out)) &&
        !(end.kind !== "branch" && "value" in end && end.value === use.out),
    )
  );
}

/** The key of an object under which a value is kept itself. */
export function keyOfValue(maker: FunctionNode, value: ValueId): string | null {
  for (const point of maker.uses[value] ?? []) {
    const use = maker.code[point];
    const key = use?.kind === "store" ? nameAt(use, value) : null;
    if (key !== null) return key;
  }
  return null;
}

function nameAt(use: Instruction, value: ValueId): string | null {
  if (use.kind === "declare") return use.name;
  // What a file exports by default has no name, nor has a place in a list.
  if (use.kind === "cell-write") return use.value === value && !use.cell.startsWith("*") ? use.cell : null;
  if (use.kind !== "store" || use.value !== value || use.property.kind !== "name") return null;
  return /^\d+$/u.test(use.property.name) ? null : use.property.name;
}

function isPassage(kind: Instruction["kind"]): boolean {
  return kind === "load" || kind === "cast" || kind === "await";
}

function isHandedAt(maker: FunctionNode, value: ValueId, point: number): boolean {
  const use = maker.code[point];
  return use?.kind === "call" && use.arguments.some((argument) => argument.value === value);
}
