/** What a name that is put together certainly begins and ends with: `` row[`name${language}`] `` is not `row.town`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import { isPropertyName } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";

interface Ends {
  readonly start: string;
  readonly end: string;
  readonly leastLength: number;
  /** It is known in full: its beginning and its end are one. */
  readonly isWhole: boolean;
}

const anything: Ends = { start: "", end: "", leastLength: 0, isWhole: false };
const deepest = 6;

/** May a key that is put together be the name of a property? */
export function mayBeNamed(node: FunctionNode, key: ValueId, name: string): boolean {
  if (!isPropertyName(name)) return true;
  const { start, end, leastLength } = endsOf(node, key, 0);
  return name.length >= leastLength && name.startsWith(start) && name.endsWith(end);
}

function endsOf(node: FunctionNode, value: ValueId, depth: number): Ends {
  const definition = depth > deepest ? null : definitionOf(node, value);
  if (definition?.kind === "constant" && typeof definition.value === "string")
    return textOf(definition.value);
  if (definition?.kind === "template") {
    const { texts, values } = definition;
    return texts.reduce((before, text, index) => {
      const part = index === 0 ? null : values[index - 1];
      const joined = part === null ? before : joinEnds(before, endsOf(node, part ?? -1, depth + 1));
      return joinEnds(joined, textOf(text));
    }, textOf(""));
  }
  if (definition?.kind !== "binary" || definition.operator !== "+") return anything;
  const [left, right] = [definition.left, definition.right].map((each) => endsOf(node, each, depth + 1));
  // Two numbers are added; where one is a text, both are put together.
  return left === undefined || right === undefined ? anything : joinEnds(left, right);
}

function textOf(text: string): Ends {
  return { start: text, end: text, leastLength: text.length, isWhole: true };
}

function joinEnds(left: Ends, right: Ends): Ends {
  return {
    start: left.isWhole ? left.start + right.start : left.start,
    end: right.isWhole ? left.end + right.end : right.end,
    leastLength: left.leastLength + right.leastLength,
    isWhole: left.isWhole && right.isWhole,
  };
}
