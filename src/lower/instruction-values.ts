/** What instructions define and read, for renaming and for exception edges. */
import type { Span } from "../base/location.js";
import type {
  Argument,
  Instruction,
  InstructionKind,
  InstructionOf,
  PropertyName,
  ValueId,
} from "../contracts/file-graph.js";

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

type Renaming<I extends Instruction> = (instruction: Mutable<I>, rename: Rename) => void;

function renameValue(i: { value: ValueId }, rename: Rename): void {
  i.value = rename(i.value);
}

function renameMember(i: { object: ValueId; property: PropertyName }, rename: Rename): void {
  i.object = rename(i.object);
  i.property = renameProperty(i.property, rename);
}

function renameTransfer(i: { target: ValueId; source: ValueId }, rename: Rename): void {
  i.target = rename(i.target);
  i.source = rename(i.source);
}

const renamings: { readonly [K in InstructionKind]?: Renaming<InstructionOf<K>> } = {
  "box-read": (i, rename) => {
    i.box = rename(i.box);
  },
  "box-write": (i, rename) => {
    i.box = rename(i.box);
    i.value = rename(i.value);
  },
  "cell-write": renameValue,
  "global-write": renameValue,
  "module-exports-write": renameValue,
  await: renameValue,
  cast: renameValue,
  declare: renameValue,
  "import-call": (i, rename) => {
    i.argument = rename(i.argument);
  },
  function: (i, rename) => {
    renameEach(i.captures, rename);
  },
  class: (i, rename) => {
    if (i.heritage !== null) i.heritage = rename(i.heritage);
    i.members = i.members.map((member) => ({ function: member.function, value: rename(member.value) }));
  },
  load: renameMember,
  delete: renameMember,
  "super-load": (i, rename) => {
    i.property = renameProperty(i.property, rename);
  },
  store: (i, rename) => {
    renameMember(i, rename);
    i.value = rename(i.value);
  },
  "copy-properties": renameTransfer,
  "append-elements": renameTransfer,
  "object-rest": (i, rename) => {
    i.object = rename(i.object);
    i.excluded = i.excluded.map((name) => renameProperty(name, rename));
  },
  "array-rest": (i, rename) => {
    i.array = rename(i.array);
  },
  iterate: (i, rename) => {
    i.object = rename(i.object);
  },
  call: (i, rename) => {
    i.callee = rename(i.callee);
    if (i.receiver !== null) i.receiver = rename(i.receiver);
    renameArguments(i.arguments, rename);
  },
  "super-call": (i, rename) => {
    renameArguments(i.arguments, rename);
  },
  jsx: (i, rename) => {
    if (i.component !== null) i.component = rename(i.component);
    i.props = rename(i.props);
  },
  yield: (i, rename) => {
    if (i.value !== null) i.value = rename(i.value);
  },
  unary: (i, rename) => {
    i.operand = rename(i.operand);
  },
  binary: (i, rename) => {
    i.left = rename(i.left);
    i.right = rename(i.right);
  },
  template: (i, rename) => {
    renameEach(i.values, rename);
  },
};

/**
 * Renames every value that an instruction reads, in place: an instruction belongs to its builder until the function
 * is finished, and copying each of them costs more than lowering it.
 */
export function renameOperands(instruction: Instruction, rename: Rename): void {
  const renaming = renamings[instruction.kind] as Renaming<Instruction> | undefined;
  renaming?.(instruction, rename);
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
