/**
 * Numbers that only their limit calls an age: `years < CONSENT_AGE`. What is compared so is an age wherever it is read:
 * the same property by its declaration, or where none is known, by its name in the file.
 */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import { capturedFrom } from "../../program/captured-from.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import { limitUnitOf } from "./age-words.js";
import { childAge } from "./age-limit.js";
import { unitsPerYear } from "./quantity.js";

type Unit = "year" | "month" | "day";

const relation = /^[<>]=?$/u;
/** Ages that laws and services name lie about that of a child; a cache's or a cookie's do not. */
const least = childAge - 6;
const most = childAge + 11;
const deepest = 4;

export class LimitedAges {
  private limited: ReadonlyMap<string, Unit> | null = null;

  constructor(private readonly pointsTo: PointsTo) {}

  /** Null: it is compared with no age. */
  unitOf(node: FunctionNode, value: ValueId): Unit | null {
    const limited = (this.limited ??= this.find());
    if (limited.size === 0) return null;
    for (const key of this.keysOf(node, value)) {
      const unit = limited.get(key);
      if (unit !== undefined) return unit;
    }
    return null;
  }

  private find(): ReadonlyMap<string, Unit> {
    const found = new Map<string, Unit>();
    for (const node of this.pointsTo.program.functions)
      for (const instruction of node.code) {
        if (instruction.kind !== "binary" || !relation.test(instruction.operator)) continue;
        const { left, right } = instruction;
        for (const [limit, limited] of [
          [left, right],
          [right, left],
        ] as const) {
          const unit = this.limitOf(node, limit);
          if (unit !== null) for (const key of this.keysOf(node, limited)) found.set(key, unit);
        }
      }
    return found;
  }

  private limitOf(node: FunctionNode, value: ValueId): Unit | null {
    const unit = limitUnitOf(nameOf(node, value, 0));
    if (unit === null) return null;
    const numbers = [...this.pointsTo.valuesOf(node, value)].map((each) =>
      each.kind === "constant" && typeof each.value === "number" ? each.value / unitsPerYear[unit] : null,
    );
    return numbers.length > 0 && numbers.every((each) => each !== null && each >= least && each <= most)
      ? unit
      : null;
  }

  /** What a value is known by elsewhere. */
  private keysOf(node: FunctionNode, value: ValueId): readonly string[] {
    const origin = originOf(node, value);
    const definition = node.definitions[origin];
    if (definition?.kind !== "instruction") return [];
    const { instruction } = definition;
    if (instruction.kind === "capture") {
      const captured = capturedFrom(this.pointsTo, node, instruction.slot);
      return captured === null ? [] : this.keysOf(captured.node, captured.value);
    }
    if (instruction.kind === "parameter") return [`${String(node.index)}:${String(origin)}`];
    if (instruction.kind !== "load" || instruction.property.kind !== "name") return [];
    const declared = this.pointsTo.resolver.declarationsOfRead?.(node.file, instruction.nameAt[0]) ?? [];
    return declared.length > 0 ? declared : [`${node.file}#${instruction.property.name}`];
  }
}

/** The words that a limit is read by: `limits.age.consent`. */
function nameOf(node: FunctionNode, value: ValueId, depth: number): string {
  const definition = node.definitions[value];
  return definition?.kind !== "instruction" || depth > deepest
    ? ""
    : named(node, definition.instruction, depth + 1);
}

function named(node: FunctionNode, instruction: Instruction, depth: number): string {
  switch (instruction.kind) {
    case "declare":
      return `${instruction.name} ${nameOf(node, instruction.value, depth)}`;
    case "cast":
      return nameOf(node, instruction.value, depth);
    case "load":
      return `${nameOf(node, instruction.object, depth)} ${instruction.property.kind === "name" ? instruction.property.name : ""}`;
    case "capture":
      return node.graph.captures[instruction.slot]?.name ?? "";
    case "cell-read":
      return instruction.cell;
    case "import-read":
      return node.fileGraph.imports[instruction.import]?.local ?? "";
    default:
      return "";
  }
}
