/** Removes phis that join one value only, and phis that nothing reads. */
import type { ValueId } from "../contracts/file-graph.js";
import type { FunctionBuilder } from "./function-builder.js";
import { renameOperands } from "./instruction-values.js";
import type { OpenBlock, OpenPhi } from "./open-block.js";

/** Takes trivial phis out of the blocks and returns what each value now stands for. */
export function removeTrivialPhis(
  blocks: readonly OpenBlock[],
  builder: FunctionBuilder,
): (value: ValueId) => ValueId {
  const replaced = new Map<ValueId, ValueId>();
  const resolve = (value: ValueId): ValueId => {
    let found = value;
    for (let next = replaced.get(found); next !== undefined; next = replaced.get(found)) found = next;
    for (let next = replaced.get(value); next !== undefined && next !== found; next = replaced.get(value)) {
      replaced.set(value, found);
      value = next;
    }
    return found;
  };
  const phis = blocks.flatMap((block) => block.phis);
  const readers = readersOf(phis);
  const pending = phis.slice().reverse();
  for (let phi = pending.pop(); phi !== undefined; phi = pending.pop()) {
    if (replaced.has(phi.out)) continue;
    const only = onlyInput(phi, resolve);
    if (only === "several") continue;
    const value = only ?? builder.undefinedValue();
    replaced.set(phi.out, value);
    const waiting = readers.get(phi.out) ?? [];
    const next = readers.get(value);
    for (const each of waiting) {
      pending.push(each);
      next?.push(each);
    }
  }
  for (const block of blocks) keep(block.phis, (phi) => !replaced.has(phi.out));
  return resolve;
}

function keep(phis: OpenPhi[], wanted: (phi: OpenPhi) => boolean): void {
  const kept = phis.filter(wanted);
  phis.length = 0;
  for (const phi of kept) phis.push(phi);
}

function readersOf(phis: readonly OpenPhi[]): Map<ValueId, OpenPhi[]> {
  const readers = new Map<ValueId, OpenPhi[]>(phis.map((phi) => [phi.out, []]));
  for (const phi of phis) for (const input of phi.inputs) readers.get(input.value)?.push(phi);
  return readers;
}

function onlyInput(phi: OpenPhi, resolve: (value: ValueId) => ValueId): ValueId | "several" | null {
  let only: ValueId | null = null;
  for (const input of phi.inputs) {
    const value = resolve(input.value);
    if (value === phi.out || value === only) continue;
    if (only !== null) return "several";
    only = value;
  }
  return only;
}

/** Drops phis that no instruction reads, also not through other phis. */
export function keepUsedPhis(blocks: readonly OpenBlock[], resolve: (value: ValueId) => ValueId): void {
  const phis = new Map<ValueId, OpenPhi>();
  for (const block of blocks) for (const phi of block.phis) phis.set(phi.out, phi);
  const used = new Set<ValueId>();
  const pending: OpenPhi[] = [];
  const mark = (raw: ValueId): ValueId => {
    const value = resolve(raw);
    const phi = phis.get(value);
    if (phi !== undefined && !used.has(value)) {
      used.add(value);
      pending.push(phi);
    }
    return raw;
  };
  if (phis.size === 0) return;
  for (const block of blocks) {
    for (const instruction of block.instructions) renameOperands(instruction, mark);
    const { end } = block;
    if (end !== null && "value" in end && end.value !== null) mark(end.value);
  }
  for (let phi = pending.pop(); phi !== undefined; phi = pending.pop())
    for (const input of phi.inputs) mark(input.value);
  for (const block of blocks) keep(block.phis, (phi) => used.has(phi.out));
}
