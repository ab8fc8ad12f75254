/** The inclusion constraints of spreading, destructuring, iterating and yielding. */
import type { PropertyName, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Constraints } from "./constraint-table.js";
import { siteId } from "./constraint-table.js";
import { copyProperties } from "./copied-properties.js";
import { forIterator, loadMember } from "./member-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

export const containerConstraints = {
  "copy-properties": (pointsTo, node, { source, target }, point) => {
    const from = pointsTo.valueNode(node, source);
    const to = pointsTo.valueNode(node, target);
    const anew = writtenAfter(node, target, point);
    if (anew.size === 0) copyAll(pointsTo, from, to);
    else {
      pointsTo.graph.onValue(from, (copied) => {
        pointsTo.graph.onValue(to, (made) => {
          if (copied.kind === "module") copyProperties(pointsTo, copied, made);
          else pointsTo.copyFields(copied, made, anew);
        });
      });
    }
  },
  "append-elements": (pointsTo, node, instruction, point) => {
    pointsTo.graph.onValue(pointsTo.valueNode(node, instruction.target), (target) => {
      const source = pointsTo.valueNode(node, instruction.source);
      loadMember(pointsTo, source, { kind: "element" }, pointsTo.fieldNode(target, "[]"), { node, point });
    });
  },
  "object-rest": (pointsTo, node, instruction, point) => {
    const out = pointsTo.valueNode(node, instruction.out);
    pointsTo.graph.add(out, pointsTo.values.object(siteId(node, point), false));
    copyAll(pointsTo, pointsTo.valueNode(node, instruction.object), out, namesIn(instruction.excluded));
  },
  "array-rest": (pointsTo, node, instruction, point) => {
    const { graph, values } = pointsTo;
    const rest = values.object(siteId(node, point), true);
    graph.add(pointsTo.valueNode(node, instruction.out), rest);
    graph.onValue(pointsTo.valueNode(node, instruction.array), (array) => {
      graph.edge(pointsTo.fieldNode(array, "*"), pointsTo.fieldNode(rest, "[]"));
    });
    const elements = pointsTo.fieldNode(rest, "[]");
    forIterator(pointsTo, pointsTo.valueNode(node, instruction.array), elements, { node, point });
  },
  iterate: (pointsTo, node, { mode, object, out }, point) => {
    if (mode === "in") return;
    const from = pointsTo.valueNode(node, object);
    loadMember(pointsTo, from, { kind: "element" }, pointsTo.valueNode(node, out), { node, point });
  },
  yield: (pointsTo, node, { value, delegate, out }, point) => {
    if (value !== null) {
      const yielded = pointsTo.valueNode(node, value);
      const elements = pointsTo.fieldNode(generatorObject(pointsTo, node), "[]");
      if (delegate) loadMember(pointsTo, yielded, { kind: "element" }, elements, { node, point });
      else pointsTo.graph.edge(yielded, elements);
    }
    pointsTo.graph.edge(pointsTo.sentNode(node), pointsTo.valueNode(node, out));
  },
} satisfies Constraints;

/** How the site of a generator ends, behind the index of the function that makes it. */
export const generatorEnding = ":generator";

/** What calling a generator function gives: the yielded values are its elements. */
export function generatorObject(pointsTo: PointsTo, node: FunctionNode): AbstractValue {
  return pointsTo.values.object(`${String(node.index)}${generatorEnding}`, true);
}

function copyAll(
  pointsTo: PointsTo,
  source: PointerNode,
  target: PointerNode,
  excluded?: ReadonlySet<string>,
): void {
  const { graph } = pointsTo;
  graph.onValue(source, (from) => {
    graph.onValue(target, (to) => {
      copyProperties(pointsTo, from, to, excluded);
    });
  });
}

/** `{ ...copied, name: own }`: what stands behind the copy in the literal replaces it. */
function writtenAfter(node: FunctionNode, target: ValueId, point: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (const after of node.uses[target] ?? []) {
    const use = node.code[after];
    if (
      after > point &&
      use?.kind === "store" &&
      use.object === target &&
      use.initial &&
      use.property.kind === "name"
    )
      names.add(use.property.name);
  }
  return names;
}

/** The names that a rest leaves out, as far as they are written down. */
export function namesIn(excluded: readonly PropertyName[]): ReadonlySet<string> {
  return new Set(excluded.flatMap((each) => (each.kind === "name" ? [each.name] : [])));
}
