/** What instructions define and read, for renaming and for exception edges. */
import type { Span } from "../base/location.js";
import type { Argument, Instruction, PropertyName, ValueId } from "../contracts/file-graph.js";

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
  "constant",
  "parameter",
  "arguments",
  "this",
  "new-target",
  "capture",
  "box",
  "box-read",
  "box-write",
  "cell-read",
  "cell-write",
  "import-read",
  "module-exports",
  "module-exports-write",
  "global",
  "global-write",
  "function",
  "object",
  "array",
  "cast",
  "declare",
  "catch",
  "template",
  "unary",
  "import-call",
]);

export function canThrow(instruction: Instruction): boolean {
  if (instruction.kind === "binary")
    return instruction.operator === "in" || instruction.operator === "instanceof";
  if (instruction.kind === "store") return !instruction.initial;
  return !quiet.has(instruction.kind);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function renameProperty(name: PropertyName, rename: Rename): PropertyName {
  return name.kind === "computed" ? { kind: "computed", value: rename(name.value) } : name;
}

function renameEach(values: readonly ValueId[], rename: Rename): void {
  const list = values as ValueId[];
  for (let index = 0; index < list.length; index++) list[index] = rename(list[index] ?? 0);
}

function renameArguments(args: readonly Argument[], rename: Rename): void {
  for (const argument of args as readonly Mutable<Argument>[]) argument.value = rename(argument.value);
}

/**
 * Renames every value that an instruction reads, in place: an instruction belongs to its builder until the function
 * is finished, and copying each of them costs more than lowering it.
 */
export function renameOperands(instruction: Instruction, rename: Rename): void {
  const i = instruction as Mutable<Instruction>;
  switch (i.kind) {
    case "box-read":
      i.box = rename(i.box);
      return;
    case "box-write":
      i.box = rename(i.box);
      i.value = rename(i.value);
      return;
    case "cell-write":
    case "global-write":
    case "module-exports-write":
    case "await":
    case "cast":
    case "declare":
      i.value = rename(i.value);
      return;
    case "import-call":
      i.argument = rename(i.argument);
      return;
    case "function":
      renameEach(i.captures, rename);
      return;
    case "class":
      if (i.heritage !== null) i.heritage = rename(i.heritage);
      i.members = i.members.map((member) => ({ function: member.function, value: rename(member.value) }));
      return;
    case "load":
    case "delete":
      i.object = rename(i.object);
      i.property = renameProperty(i.property, rename);
      return;
    case "super-load":
      i.property = renameProperty(i.property, rename);
      return;
    case "store":
      i.object = rename(i.object);
      i.property = renameProperty(i.property, rename);
      i.value = rename(i.value);
      return;
    case "copy-properties":
    case "append-elements":
      i.target = rename(i.target);
      i.source = rename(i.source);
      return;
    case "object-rest":
      i.object = rename(i.object);
      i.excluded = i.excluded.map((name) => renameProperty(name, rename));
      return;
    case "array-rest":
      i.array = rename(i.array);
      return;
    case "iterate":
      i.object = rename(i.object);
      return;
    case "call":
      i.callee = rename(i.callee);
      if (i.receiver !== null) i.receiver = rename(i.receiver);
      renameArguments(i.arguments, rename);
      return;
    case "super-call":
      renameArguments(i.arguments, rename);
      return;
    case "jsx":
      if (i.component !== null) i.component = rename(i.component);
      i.props = rename(i.props);
      return;
    case "yield":
      if (i.value !== null) i.value = rename(i.value);
      return;
    case "unary":
      i.operand = rename(i.operand);
      return;
    case "binary":
      i.left = rename(i.left);
      i.right = rename(i.right);
      return;
    case "template":
      renameEach(i.values, rename);
      return;
    default:
      return;
  }
}

/** Completes an instruction that was made for this: its result and place are added to it. */
export function completeInstruction(body: Producing | Effect, out: ValueId | null, at: Span): Instruction {
  const instruction = body as unknown as { out?: ValueId; at?: Span };
  if (out !== null) instruction.out = out;
  instruction.at = at;
  return body as unknown as Instruction;
}

/** Gives the result of an instruction its final number. */
export function renumberResult(instruction: Instruction, number: Rename): void {
  if ("out" in instruction) (instruction as { out: ValueId }).out = number(instruction.out);
}
