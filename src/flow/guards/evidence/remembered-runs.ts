/** Variables that live as long as one run of a handler: what is written into them says something of that run. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallbackEdge } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { OpenWaysTools, Ways } from "../ways.js";
import type { Written } from "./written-into.js";
import { boxHome } from "./written-into.js";

/** The write is only done where a guard has taken effect, and nobody else's run reads it: `asked = true`. */
export function isWrittenBehindGuard(
  tools: OpenWaysTools,
  ways: Ways,
  reader: { readonly node: FunctionNode; readonly box: ValueId },
  { node, point }: Written,
): boolean {
  if (point === null || !ways.mayEstablish(node)) return false;
  const home = boxHome(tools.pointsTo, reader.node, reader.box).node;
  if (!isEntry(tools, home) || ![reader.node, node].every((each) => isOfRun(tools, each, home))) return false;
  const { blocks, closed } = ways.open(node);
  const block = node.blockOf[point] ?? 0;
  return !blocks.has(block) || (closed.get(block) ?? Infinity) < point;
}

function isEntry({ pointsTo, models }: OpenWaysTools, home: FunctionNode): boolean {
  const callbacks = pointsTo.callbacksOf(home);
  return callbacks.some(({ site }) =>
    models.at(site).some(({ model }) => model.roles.some((role) => role.kind === "calls" && role.entry)),
  );
}

/** It stands in the function, and no package is given it to call at another time. */
function isOfRun({ pointsTo }: OpenWaysTools, inner: FunctionNode, home: FunctionNode): boolean {
  for (let current: FunctionNode | undefined = inner; current !== home;) {
    if (current === undefined || !pointsTo.callbacksOf(current).every(isOfLanguage)) return false;
    const { parent }: FunctionNode["graph"] = current.graph;
    current = parent === null ? undefined : pointsTo.program.functionIn(current, parent);
  }
  return true;
}

function isOfLanguage({ site }: CallbackEdge): boolean {
  return [...site.foreign].every(({ module }) => module === "lib" || module === "global");
}
