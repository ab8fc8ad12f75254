/** The pointer nodes that the root of a model's address stands for at a call. */
import type { Address } from "../../contracts/model.js";
import type { Operands } from "../points-to/call-operands.js";
import { namedFilesOf } from "../folders/named-files.js";
import { loadMember } from "../points-to/member-constraints.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { makersOf } from "../points-to/type-makers.js";

export function rootNodes(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  { root }: Address,
): readonly PointerNode[] {
  const argument = (index: number): PointerNode[] => {
    const direct = operands.arguments[index];
    if (direct !== undefined && !direct.spread) return [direct.node];
    return operands.arguments.filter((each) => each.spread).map((each) => elementsNode(pointsTo, each.node));
  };
  switch (root.kind) {
    case "argument":
      return argument(root.index);
    case "template":
      return root.index === null ? operands.arguments.map((each) => each.node) : argument(root.index);
    case "arguments":
      return operands.arguments
        .slice(root.from)
        .map((each) => (each.spread ? elementsNode(pointsTo, each.node) : each.node));
    case "this":
      return [operands.receiver ?? calledItself(pointsTo, site)];
    case "return":
      return [operands.out];
    case "literal": {
      const node = pointsTo.graph.create();
      pointsTo.graph.add(node, pointsTo.values.constant(root.value));
      return [node];
    }
    case "type":
      return makersOf(pointsTo, site, root.index);
    case "value":
      return operands.value === undefined ? [] : [operands.value];
    case "file": {
      const node = pointsTo.graph.create();
      namedFilesOf(pointsTo).forRunsOf(site.caller.file, (key) => {
        pointsTo.graph.add(node, pointsTo.values.constant(key));
      });
      return [node];
    }
    default:
      return [];
  }
}

/**
 * What is called by itself and came of a call: `const add = useSetAtom(books); add(title)`; or the object that what is
 * called was taken out of: `const { getState } = store`.
 */
function calledItself(pointsTo: PointsTo, { id, caller, instruction }: CallSite): PointerNode {
  const { graph } = pointsTo;
  const known = graph.find(`self:${id}`);
  if (known !== undefined) return known;
  const node = graph.node(`self:${id}`);
  if (instruction.kind === "call" && !instruction.new)
    graph.onValue(pointsTo.valueNode(caller, instruction.callee), (value) => {
      if (value.kind !== "foreign" || value.site === null) return;
      const { module, path } = value;
      const object = path.length < 2 ? value : pointsTo.values.foreign(module, path.slice(0, -1), value.site);
      if (object !== null) graph.add(node, object);
    });
  return node;
}

function elementsNode(pointsTo: PointsTo, array: PointerNode): PointerNode {
  const out = pointsTo.graph.create();
  loadMember(pointsTo, array, { kind: "element" }, out, null);
  return out;
}
