/** Whether a file has an object with a text under a key that may be the options of a connection. */
import type { FileGraph, FunctionGraph, Instruction, ValueId } from "../contracts/file-graph.js";
import type { TypeReference } from "../contracts/type-reference.js";

export interface Option {
  readonly key: string;
  readonly text: string;
  /** Other keys of such options; none: any object may be them. */
  readonly beside: ReadonlySet<string>;
}

type Blocks = FunctionGraph["blocks"];

/** Keys that tell nothing of what an object is. */
const idle: ReadonlySet<string> = new Set(["name"]);

/** `names`: what other files give the text to. */
export function hasOption(graph: FileGraph, option: Option, names: ReadonlySet<string>): boolean {
  return graph.functions.some(({ blocks }) =>
    instructionsOf(blocks).some(
      (each) =>
        each.kind === "store" &&
        each.property.kind === "name" &&
        each.property.name === option.key &&
        mayBe({ graph, option, names }, blocks, each.value, new Set()) &&
        mayBeOptions(blocks, each.object, option, names.size > 0),
    ),
  );
}

/** Names by which other files may come to the text: what is exported, and what objects have it under. */
export function namesHolding(graph: FileGraph, option: Option): readonly string[] {
  const within = { graph, option, names: new Set<string>() };
  const exported = graph.exports.flatMap((each) =>
    each.kind === "cell" && isCell(within, each.cell) ? [each.name] : [],
  );
  const kept = graph.functions.flatMap(({ blocks }) =>
    instructionsOf(blocks).flatMap((each) =>
      each.kind === "store" &&
      each.property.kind === "name" &&
      each.property.name !== option.key &&
      mayBe(within, blocks, each.value, new Set())
        ? [each.property.name]
        : [],
    ),
  );
  return [...exported, ...kept].filter((name) => /^[\w$]+$/u.test(name));
}

interface Within {
  readonly graph: FileGraph;
  readonly option: Option;
  readonly names: ReadonlySet<string>;
}

/**
 * A literal that has keys of its own, and none of those that the options have, is something else: `{ type, up }`. Where
 * the text is only known by a name (`surely`), it has to have one.
 */
function mayBeOptions(blocks: Blocks, object: ValueId, { key, beside }: Option, surely: boolean): boolean {
  const all = instructionsOf(blocks);
  if (beside.size === 0 || !all.some((each) => each.kind === "object" && each.out === object)) return true;
  if (all.some((each) => each.kind === "copy-properties" && each.target === object)) return true;
  const others = all.flatMap((each) =>
    each.kind === "store" && each.object === object ? [each.property] : [],
  );
  const names = others.map((each) => (each.kind === "name" ? each.name : null));
  return (
    names.some((name) => name === null || beside.has(name)) ||
    (!surely && names.every((name) => name === key || idle.has(name ?? "")))
  );
}

/** Also by way of a variable, or of one of two: `process.env.DB ?? "mongodb"`. */
function mayBe(within: Within, blocks: Blocks, value: ValueId, seen: Set<ValueId>): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  const { graph, option, names } = within;
  const again = (other: ValueId): boolean => mayBe(within, blocks, other, seen);
  const phi = blocks.flatMap(({ phis }) => phis).find(({ out }) => out === value);
  if (phi !== undefined) return phi.inputs.some((input) => again(input.value));
  const made = instructionsOf(blocks).find((each) => "out" in each && each.out === value);
  switch (made?.kind) {
    case "constant":
      return made.value === option.text;
    case "template":
      return made.values.length === 0 && made.texts.join("") === option.text;
    case "declare":
      return again(made.value);
    // `process.env.DB as "mongodb"`, `config.get<"mongodb">("DB")`
    case "cast":
      return mayMean(made.type, option.text) || again(made.value);
    case "call":
      return made.typeArguments.some((type) => mayMean(type, option.text));
    case "cell-read":
      return isCell(within, made.cell);
    case "import-read":
      return names.has(graph.imports[made.import]?.name ?? "");
    case "load":
      return (
        made.property.kind === "name" && made.property.name !== option.key && names.has(made.property.name)
      );
    default:
      return false;
  }
}

function mayMean(type: TypeReference, text: string): boolean {
  if (type.kind === "union") return type.members.some((each) => mayMean(each, text));
  return type.kind === "literal" && type.value === text;
}

function isCell(within: Within, cell: string): boolean {
  const { graph } = within;
  return graph.functions.some(({ blocks }) =>
    instructionsOf(blocks).some(
      (each) =>
        each.kind === "cell-write" &&
        each.cell === cell &&
        mayBe({ ...within, graph: { ...graph, functions: [] } }, blocks, each.value, new Set()),
    ),
  );
}

function instructionsOf(blocks: Blocks): readonly Instruction[] {
  return blocks.flatMap(({ instructions }) => instructions);
}
