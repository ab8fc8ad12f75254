/**
 * Texts that only look like data: `deleted-` + id, `guest-${uuid}`. They say which record it is, in words of the
 * program's own, and nothing about a child.
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";

const identifierName =
  /^(?:_?id|uuid|guid|cuid|nanoid|key|index|count|now|timestamp)$|(?:Id|ID|Uuid|UUID)$|_(?:id|uuid)$/u;
const erasingWords =
  /^\W*(?:deleted|removed|erased|anonym\w*|redacted|purged|unknown|nobody|former|ex)\b|^(?:deleted|removed|erased|anonym\w*|redacted|purged|unknown)[-_.:@]/iu;

type IsSo = (value: ValueId) => boolean;

/** `isGenerated`: made by chance. `isOfChild`: read of what is marked, whatever it is called. */
interface Known {
  readonly isGenerated: IsSo;
  readonly isOfChild: IsSo;
}

const nothingKnown: Known = { isGenerated: () => false, isOfChild: () => false };

/**
 * Constant words with nothing between them but ids and what is made by chance; or any text that begins with a word of
 * erasure and an id-like rest.
 */
export function isPlaceholder(
  node: FunctionNode,
  texts: readonly string[],
  values: readonly ValueId[],
  { isGenerated, isOfChild }: Known = nothingKnown,
): boolean {
  if (values.length > 0 && values.every(isGenerated)) return true;
  if (values.some(isOfChild)) return false;
  if (!texts.some((text) => /\p{L}/u.test(text))) return false;
  return (
    values.length > 0 &&
    (erasingWords.test(texts[0] ?? "") ||
      values.every((value) => isIdentifier(node, value, 0) || isGenerated(value)))
  );
}

export function isJoinedPlaceholder(
  node: FunctionNode,
  instruction: Extract<Instruction, { kind: "binary" }>,
  known?: Known,
): boolean {
  if (instruction.operator !== "+") return false;
  const texts: string[] = [];
  const values: ValueId[] = [];
  joined(node, instruction.left, texts, values, 0);
  joined(node, instruction.right, texts, values, 0);
  return isPlaceholder(node, texts, values, known);
}

/** The constant parts and the others of a sum. */
function joined(node: FunctionNode, value: ValueId, texts: string[], values: ValueId[], depth: number): void {
  const definition = node.definitions[value];
  const instruction = definition?.kind === "instruction" ? definition.instruction : undefined;
  if (instruction?.kind === "constant" && typeof instruction.value === "string")
    texts.push(instruction.value);
  else if (instruction?.kind === "binary" && instruction.operator === "+" && depth < 8) {
    joined(node, instruction.left, texts, values, depth + 1);
    joined(node, instruction.right, texts, values, depth + 1);
  } else values.push(value);
}

/** `id`, `child_id`, `uuid`: what a record is told by. */
export function isIdentifierName(name: string): boolean {
  return identifierName.test(name);
}

/** Named as an identifier of a record where it comes from. */
export function isIdentifier(node: FunctionNode, value: ValueId, depth = 0): boolean {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction" || depth > 8) return false;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "constant":
      return true;
    case "parameter":
      return identifierName.test(node.graph.parameters[instruction.index]?.name ?? "");
    case "declare":
      return identifierName.test(instruction.name) || isIdentifier(node, instruction.value, depth + 1);
    case "cast":
    case "await":
      return isIdentifier(node, instruction.value, depth + 1);
    case "load":
      return instruction.property.kind === "name" && identifierName.test(instruction.property.name);
    case "call":
      return (
        instruction.arguments.length > 0 &&
        /^(?:String|Number|parseInt|Date\.now)$/u.test(instruction.name) &&
        instruction.arguments.every((argument) => isIdentifier(node, argument.value, depth + 1))
      );
    default:
      return false;
  }
}
