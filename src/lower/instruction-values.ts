/** What instructions define and read, for renaming and for exception edges. */
import type { Instruction, PropertyName, ValueId } from "../contracts/file-graph.js";

type WithoutPlace<T> = T extends unknown ? Omit<T, "out" | "at"> : never;

/** An instruction that defines a value, before it has one. */
export type Producing = WithoutPlace<Extract<Instruction, { readonly out: ValueId }>>;
/** An instruction that defines none. */
export type Effect = WithoutPlace<Exclude<Instruction, { readonly out: ValueId }>>;

type Rename = (value: ValueId) => ValueId;

/**
 * Kinds that never throw. Conversions (`valueOf`, `toString` of foreign objects) could, and are taken not to:
 * an exception edge from every addition would say more about JavaScript than about the program.
 */
const quiet = new Set<Instruction["kind"]>([
  "constant", "parameter", "arguments", "this", "new-target", "capture", "box", "box-read", "box-write", "cell-read", "cell-write",
  "import-read", "module-exports", "module-exports-write", "global", "global-write", "function", "object", "array", "cast", "declare",
  "catch", "template", "unary", "import-call",
]);

export function canThrow(instruction: Instruction): boolean {
  if (instruction.kind === "binary") return instruction.operator === "in" || instruction.operator === "instanceof";
  if (instruction.kind === "store") return !instruction.initial;
  return !quiet.has(instruction.kind);
}

function renameProperty(name: PropertyName, rename: Rename): PropertyName {
  return name.kind === "computed" ? { kind: "computed", value: rename(name.value) } : name;
}

/** The instruction with every value that it reads renamed. */
export function renameOperands(instruction: Instruction, rename: Rename): Instruction {
  switch (instruction.kind) {
    case "box-read":
      return { ...instruction, box: rename(instruction.box) };
    case "box-write":
      return { ...instruction, box: rename(instruction.box), value: rename(instruction.value) };
    case "cell-write":
    case "global-write":
    case "module-exports-write":
    case "await":
    case "cast":
    case "declare":
      return { ...instruction, value: rename(instruction.value) };
    case "import-call":
      return { ...instruction, argument: rename(instruction.argument) };
    case "function":
      return { ...instruction, captures: instruction.captures.map(rename) };
    case "class":
      return {
        ...instruction,
        heritage: instruction.heritage === null ? null : rename(instruction.heritage),
        members: instruction.members.map((member) => ({ function: member.function, value: rename(member.value) })),
      };
    case "load":
    case "delete":
      return { ...instruction, object: rename(instruction.object), property: renameProperty(instruction.property, rename) };
    case "super-load":
      return { ...instruction, property: renameProperty(instruction.property, rename) };
    case "store":
      return {
        ...instruction,
        object: rename(instruction.object),
        property: renameProperty(instruction.property, rename),
        value: rename(instruction.value),
      };
    case "copy-properties":
    case "append-elements":
      return { ...instruction, target: rename(instruction.target), source: rename(instruction.source) };
    case "object-rest":
      return {
        ...instruction,
        object: rename(instruction.object),
        excluded: instruction.excluded.map((name) => renameProperty(name, rename)),
      };
    case "array-rest":
      return { ...instruction, array: rename(instruction.array) };
    case "iterate":
      return { ...instruction, object: rename(instruction.object) };
    case "call":
      return {
        ...instruction,
        callee: rename(instruction.callee),
        receiver: instruction.receiver === null ? null : rename(instruction.receiver),
        arguments: instruction.arguments.map((argument) => ({ ...argument, value: rename(argument.value) })),
      };
    case "super-call":
      return { ...instruction, arguments: instruction.arguments.map((argument) => ({ ...argument, value: rename(argument.value) })) };
    case "jsx":
      return {
        ...instruction,
        component: instruction.component === null ? null : rename(instruction.component),
        props: rename(instruction.props),
      };
    case "yield":
      return { ...instruction, value: instruction.value === null ? null : rename(instruction.value) };
    case "unary":
      return { ...instruction, operand: rename(instruction.operand) };
    case "binary":
      return { ...instruction, left: rename(instruction.left), right: rename(instruction.right) };
    case "template":
      return { ...instruction, values: instruction.values.map(rename) };
    default:
      return instruction;
  }
}

/** The instruction with another result. */
export function withResult(instruction: Instruction, out: ValueId): Instruction {
  return "out" in instruction ? { ...instruction, out } : instruction;
}
