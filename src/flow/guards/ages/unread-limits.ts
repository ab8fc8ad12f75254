/**
 * Limits of ages that stand in no code: `settings.consentAge` of a file, `Number(process.env.CONSENT_AGE)`. That an age
 * is compared with them says what they are; what they are set to is not known, so that a test may be right or wrong.
 */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import { capturedFrom } from "../../program/captured-from.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { limitUnitOf } from "./age-words.js";
import type { Quantity } from "./quantity.js";
import { plainNumber, unitsPerYear } from "./quantity.js";

const deepest = 12;
const converting = /^(?:Number|parseInt|parseFloat|Number\.parseInt|Number\.parseFloat)$/u;

/** What the limit would be if it were the right one; null: the value is no such limit. */
export function unreadLimit(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  years: number,
  /** The age that is compared with it. */
  { perYear }: Pick<Quantity, "perYear">,
): Quantity | null {
  const words = settingOf(pointsTo, node, value, 0);
  if (words === null) return null;
  const unit = limitUnitOf(words);
  return plainNumber(years * (unit === null ? perYear : unitsPerYear[unit]));
}

/** The names by which a setting of the program is read; null: it comes from elsewhere, a request perhaps. */
function settingOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth: number): string | null {
  const definition = node.definitions[value];
  if (definition === undefined || depth > deepest) return null;
  const again = (other: ValueId, at = node): string | null => settingOf(pointsTo, at, other, depth + 1);
  if (definition.kind === "phi") {
    const found = definition.phi.inputs.flatMap((input) => again(input.value) ?? []);
    return found.length === 0 ? null : found.join(" ");
  }
  return ofInstruction(pointsTo, node, definition.instruction, definition.point, again);
}

function ofInstruction(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
  again: (value: ValueId, at?: FunctionNode) => string | null,
): string | null {
  switch (instruction.kind) {
    case "declare":
      return joined(instruction.name, again(instruction.value));
    case "cast":
    case "await":
      return again(instruction.value);
    case "unary":
      return instruction.operator === "+" ? again(instruction.operand) : null;
    case "load":
      return instruction.property.kind === "name"
        ? joined(instruction.property.name, again(instruction.object))
        : null;
    case "this":
      return "";
    case "cell-read":
      return instruction.cell;
    case "import-read":
      return node.fileGraph.imports[instruction.import]?.local ?? "";
    case "global":
      return instruction.name === "process" ? "" : null;
    case "capture": {
      const captured = capturedFrom(pointsTo, node, instruction.slot);
      if (captured === null) return null;
      const name = node.graph.captures[instruction.slot]?.name ?? "";
      return captured.node.graph.kind === "module"
        ? name
        : joined(name, again(captured.value, captured.node));
    }
    case "call":
      return ofCall(pointsTo, node, instruction, point, again);
    case "parameter": {
      const name = node.graph.parameters[instruction.index]?.name ?? "";
      const given = pointsTo.callersOf(node).map(({ site, shape }) => {
        const call = site.instruction.kind === "call" && shape === "call" ? site.instruction : null;
        const argument = call?.arguments[instruction.index];
        return argument === undefined || argument.spread ? null : again(argument.value, site.caller);
      });
      return given.length === 0 || given.includes(null) ? null : joined(name, given.join(" "));
    }
    default:
      return null;
  }
}

/** A conversion; what is asked by a name, `settings.get("CONSENT_AGE")`; an own function that hands a setting out. */
function ofCall(
  pointsTo: PointsTo,
  node: FunctionNode,
  { name, receiver, arguments: given }: Extract<Instruction, { kind: "call" }>,
  point: number,
  again: (value: ValueId, at?: FunctionNode) => string | null,
): string | null {
  const [first] = given;
  if (first !== undefined && converting.test(name)) return again(first.value);
  const asked = first === undefined ? undefined : node.definitions[first.value];
  const key =
    asked?.kind === "instruction" && asked.instruction.kind === "constant" ? asked.instruction.value : null;
  if (typeof key === "string" && receiver !== null) return joined(key, again(receiver));
  const callees = [...(pointsTo.findSite(node, point)?.edges.values() ?? [])].map(({ callee }) => callee);
  const returned = callees.flatMap((callee) =>
    callee.graph.blocks.flatMap(({ end }) =>
      end.kind === "return" && end.value !== null ? [again(end.value, callee)] : [],
    ),
  );
  return returned.length === 0 || returned.includes(null) ? null : joined(name, returned.join(" "));
}

function joined(name: string, inner: string | null): string | null {
  return inner === null ? null : `${name} ${inner}`;
}
