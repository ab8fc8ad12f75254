/**
 * What whoever uses an interface reads on the element that runs a function which stands there, or in the dialog: `<button
 * onClick={() => wipe()}>Delete my account</button>`, `{ text: "Delete", onPress: () => wipe() }`. Such a function has no
 * name of its own; what it calls first may have.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { OpenWay } from "../guards/open-way.js";
import { definitionOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Properties of elements that are read to people. */
const said =
  /^(?:children|label|title|heading|header|text|okText|confirmText|message|tooltip|aria-label|accessibilityLabel|alt|value)$/u;
/** What a function is called that is run by what stands beside it: `{ text: "Delete", onPress: () => … }`. */
const run = /^(?:on[A-Z]\w*|accept|action|command|callback|handler|click|press|run|perform|execute)$/u;
/** `t("settings.deleteAccount")` */
const translating = /(?:^|\.)(?:t|translate|formatMessage)$/u;
/** What is run when nobody does what the element is for. */
const besides =
  /^(?:on(?:Close|Cancel|Dismiss|Hide|OpenChange|Change|Input|Blur|Focus|Scroll|Load|Mouse\w*|Pointer\w*|Key\w*)|reject|cancel)$/u;
/** More is no caption. */
const mostWords = 6;
const deepest = 3;

export function wordsOfElements(pointsTo: PointsTo, { passages }: OpenWay): readonly string[] {
  return passages.flatMap(({ node, point }, index) => {
    const captions = captionsOf(pointsTo, node);
    if (captions === null) return [];
    const inner = passages[index - 1]?.node;
    const isFirst = inner !== undefined && point <= firstCall(pointsTo, node);
    return isFirst ? [...captions, inner.graph.name] : captions;
  });
}

/** Null: the function is handed to no element, and to nothing that has a caption, where it stands. */
function captionsOf(
  { program }: Pick<PointsTo, "program">,
  node: FunctionNode,
  depth = 0,
): readonly string[] | null {
  const { parent } = node.graph;
  const maker = parent === null ? undefined : program.functionIn(node, parent);
  const made = maker?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  if (maker === undefined || made?.kind !== "function") return null;
  const found = (maker.uses[made.out] ?? []).flatMap((point): readonly (readonly string[])[] => {
    const use = maker.code[point];
    if (use?.kind !== "store" || use.value !== made.out || use.property.kind !== "name") return [];
    if (!isNameless(node, use.property.name) || besides.test(use.property.name)) return [];
    const words = wordsIn(maker, use.object, 0);
    return words.length > 0 || elementsOf(maker, use.object).length > 0 ? [words] : [];
  });
  if (found.length === 0) return null;
  // A dialog that stands in what the element runs: `onClick={() => Modal.confirm({ onOk: () => wipe() })}`.
  return [...found.flat(), ...(depth < deepest ? (captionsOf({ program }, maker, depth + 1) ?? []) : [])];
}

/** It is called as the property is, or not at all. */
function isNameless({ graph: { name } }: FunctionNode, property: string): boolean {
  return name === "anonymous" || (run.test(property) && (name === property || name.endsWith(`.${property}`)));
}

function elementsOf(node: FunctionNode, props: ValueId): readonly InstructionOf<"jsx">[] {
  return (node.uses[props] ?? []).flatMap((point) => {
    const use = node.code[point];
    return use?.kind === "jsx" && use.props === props ? [use] : [];
  });
}

function wordsIn(node: FunctionNode, props: ValueId, depth: number): readonly string[] {
  return (node.uses[props] ?? []).flatMap((point) => {
    const use = node.code[point];
    return use?.kind === "store" &&
      use.object === props &&
      use.property.kind === "name" &&
      said.test(use.property.name)
      ? shownBy(node, use.value, depth)
      : [];
  });
}

function shownBy(node: FunctionNode, value: ValueId, depth: number): readonly string[] {
  if (depth > deepest) return [];
  const shown = definitionOf(node, value);
  switch (shown?.kind) {
    case "constant":
      return typeof shown.value === "string" && shown.value.trim().split(/\s+/u).length <= mostWords
        ? [shown.value]
        : [];
    case "array":
      return (node.uses[shown.out] ?? []).flatMap((point) => {
        const use = node.code[point];
        return use?.kind === "store" && use.object === shown.out ? shownBy(node, use.value, depth + 1) : [];
      });
    case "jsx":
      return wordsIn(node, shown.props, depth + 1);
    case "call": {
      const [key] = shown.arguments;
      return translating.test(shown.name) && key !== undefined ? shownBy(node, key.value, depth + 1) : [];
    }
    default:
      return [];
  }
}

/** Where it first calls one of the program's own functions. */
function firstCall(pointsTo: PointsTo, node: FunctionNode): number {
  for (const point of node.code.keys())
    if ((pointsTo.findSite(node, point)?.edges.size ?? 0) > 0) return point;
  return Infinity;
}
