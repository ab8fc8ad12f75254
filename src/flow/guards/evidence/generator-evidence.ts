/** What a generator gives out only behind a guard: `for await (const child of agreedOnly(children))`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { Ways } from "../ways.js";
import { anyOutcome } from "./outcome.js";

/** Whatever the iteration gives was given out where a guard had taken effect. */
export function givesBehindGuard(pointsTo: PointsTo, ways: Ways, node: FunctionNode, list: ValueId): boolean {
  const generators = generatorsOf(pointsTo, node, list);
  return generators.length > 0 && !generators.some((each) => mayGiveOpenly(ways, each));
}

/** The iteration is only done once a guard has taken effect. */
export function endsBehindGuard(pointsTo: PointsTo, ways: Ways, node: FunctionNode, list: ValueId): boolean {
  const generators = generatorsOf(pointsTo, node, list);
  return (
    generators.length > 0 &&
    generators.every((each) => ways.mayEstablish(each) && !ways.mayReturn(each, anyOutcome, false))
  );
}

/** The generators whose call made what is iterated; none where it may be something else. */
function generatorsOf(pointsTo: PointsTo, node: FunctionNode, list: ValueId): readonly FunctionNode[] {
  const definition = node.definitions[originOf(node, list)];
  if (definition?.kind !== "instruction") return [];
  const { instruction, point } = definition;
  if (instruction.kind === "await") return generatorsOf(pointsTo, node, instruction.value);
  const site = instruction.kind === "call" ? pointsTo.findSite(node, point) : undefined;
  if (site === undefined || site.foreign.size > 0) return [];
  const edges = [...site.edges.values()];
  return edges.every(({ callee, shape }) => shape === "call" && callee.graph.generator)
    ? edges.map(({ callee }) => callee)
    : [];
}

function mayGiveOpenly(ways: Ways, node: FunctionNode): boolean {
  if (!ways.mayEstablish(node)) return true;
  const { blocks, closed } = ways.open(node);
  return node.code.some((each, point) => {
    const block = node.blockOf[point] ?? 0;
    return each.kind === "yield" && blocks.has(block) && (closed.get(block) ?? Infinity) >= point;
  });
}
