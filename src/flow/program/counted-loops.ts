/** Loops that go through a list or an object, and those of them that count through the positions of a list. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf, placesOf } from "../paths/value-places.js";
import type { FunctionNode } from "./program.js";

/** What a loop goes through, one after the other and all of it, by the value that stands for it in a round. */
export interface Traversal {
  /** The list whose elements it is, one after the other. */
  readonly elements: (value: ValueId) => ValueId | null;
  /** It is each name (or position) of the object, one after the other. */
  readonly isNameOf: (value: ValueId, object: ValueId) => boolean;
}

/** `for (let i = 0; i < list.length; i++)`, by the test of the branch at its head. */
export function countedBy(node: FunctionNode, test: ValueId, head: number): Traversal | null {
  const counted = countedList(node, test, head);
  if (counted === null) return null;
  const { list, index } = counted;
  const isSame = (one: ValueId, other: ValueId): boolean => isSamePlace(node, one, other);
  const isIndex = (value: ValueId): boolean => originOf(node, value) === index;
  return {
    elements: (value) => {
      const read = definitionOf(node, value);
      return read?.kind === "load" &&
        read.property.kind === "computed" &&
        isIndex(read.property.value) &&
        isSame(read.object, list)
        ? list
        : null;
    },
    isNameOf: (value, object) => isIndex(value) && isSame(object, list),
  };
}

/** The list, and the value that is each of its positions. */
export function countedList(
  node: FunctionNode,
  test: ValueId,
  head: number,
): { readonly list: ValueId; readonly index: ValueId } | null {
  const compared = definitionOf(node, test);
  if (compared?.kind !== "binary" || compared.operator !== "<") return null;
  const length = definitionOf(node, compared.right);
  if (length?.kind !== "load" || length.property.kind !== "name" || length.property.name !== "length")
    return null;
  const index = originOf(node, compared.left);
  return countsUp(node, index, head) ? { list: length.object, index } : null;
}

/** It is 0 first, and one more in each round. */
function countsUp(node: FunctionNode, index: ValueId, head: number): boolean {
  const phi = node.graph.blocks[head]?.phis.find(({ out }) => out === index);
  if (phi === undefined) return false;
  let starts = 0;
  for (const { value } of phi.inputs) {
    const made = definitionOf(node, value);
    if (made?.kind === "constant" && made.value === 0) starts++;
    else if (
      made?.kind !== "binary" ||
      made.operator !== "+" ||
      originOf(node, made.left) !== index ||
      !isOne(node, made.right)
    )
      return false;
  }
  return starts === 1 && phi.inputs.length > 1;
}

function isOne(node: FunctionNode, value: ValueId): boolean {
  const made = definitionOf(node, value);
  return made?.kind === "constant" && made.value === 1;
}

/** The same value, or what is loaded from the same one by the same names: `camp.campers`. */
function isSamePlace(node: FunctionNode, one: ValueId, other: ValueId): boolean {
  const [first, second] = [one, other].map((value) => placesOf(node, value).at(-1));
  return first?.base === second?.base && first?.path.join(".") === second?.path.join(".");
}
