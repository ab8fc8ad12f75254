/** What instructions read. */
import type { Instruction, InstructionOf, PropertyName, ValueId } from "../../contracts/file-graph.js";

/** Values that an instruction reads. */
export function operandsOf(instruction: Instruction): ValueId[] {
  const found: ValueId[] = [];
  forOperands(instruction, (operand) => found.push(operand));
  return found;
}

/** Shows each value that an instruction reads, in the order in which it stands there. */
export function forOperands(instruction: Instruction, visit: (operand: ValueId) => void): void {
  switch (instruction.kind) {
    case "box-read":
      visit(instruction.box);
      break;
    case "box-write":
      visit(instruction.box);
      visit(instruction.value);
      break;
    case "cell-write":
    case "global-write":
    case "module-exports-write":
    case "await":
    case "cast":
    case "declare":
      visit(instruction.value);
      break;
    case "import-call":
      visit(instruction.argument);
      break;
    case "function":
      for (const value of instruction.captures) visit(value);
      break;
    case "load":
    case "delete":
      visit(instruction.object);
      visitKey(instruction.property, visit);
      break;
    case "super-load":
      visitKey(instruction.property, visit);
      break;
    case "store":
      visit(instruction.object);
      visit(instruction.value);
      visitKey(instruction.property, visit);
      break;
    case "copy-properties":
    case "append-elements":
      visit(instruction.target);
      visit(instruction.source);
      break;
    case "array-rest":
      visit(instruction.array);
      break;
    case "iterate":
      visit(instruction.object);
      break;
    case "call":
      visit(instruction.callee);
      if (instruction.receiver !== null) visit(instruction.receiver);
      for (const { value } of instruction.arguments) visit(value);
      break;
    case "super-call":
      for (const { value } of instruction.arguments) visit(value);
      break;
    case "jsx":
    case "class":
    case "object-rest":
    case "yield":
      forOptionalOperands(instruction, visit);
      break;
    case "unary":
      visit(instruction.operand);
      break;
    case "binary":
      visit(instruction.left);
      visit(instruction.right);
      break;
    case "template":
      for (const value of instruction.values) visit(value);
      break;
    default:
      break;
  }
}

function forOptionalOperands(
  instruction: InstructionOf<"jsx" | "class" | "object-rest" | "yield">,
  visit: (operand: ValueId) => void,
): void {
  switch (instruction.kind) {
    case "jsx":
      visit(instruction.props);
      if (instruction.component !== null) visit(instruction.component);
      break;
    case "class":
      for (const { value } of instruction.members) visit(value);
      if (instruction.heritage !== null) visit(instruction.heritage);
      break;
    case "object-rest":
      visit(instruction.object);
      for (const property of instruction.excluded) visitKey(property, visit);
      break;
    case "yield":
      if (instruction.value !== null) visit(instruction.value);
      break;
  }
}

function visitKey(property: PropertyName, visit: (operand: ValueId) => void): void {
  if (property.kind === "computed") visit(property.value);
}
