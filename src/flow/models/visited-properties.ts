/**
 * What a function gives that is called for each property (`mapValues(handlers, guarded)`) stands under the same name:
 * a tree of handlers that are wrapped so keeps its names.
 */
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { forAddress } from "./address-nodes.js";
import type { Operands } from "../points-to/call-operands.js";
import { isHidden } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

type VisitRole = Extract<Role, { kind: "visits" }>;

export function addVisits(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  { from, to, key, value }: VisitRole,
  callee: FunctionNode,
): void {
  const { graph, values } = pointsTo;
  const name = parameterAt(key);
  const given = parameterAt(value);
  const targets = new Set<AbstractValue>();
  forAddress(pointsTo, site, operands, to, (out) => {
    graph.onValue(out, (target) => {
      targets.add(target);
    });
  });
  forAddress(pointsTo, site, operands, from, (source) => {
    graph.onValue(source, (object) => {
      // Names and targets both arrive over time.
      graph.onQuiet(() => {
        for (const [field, node] of [...pointsTo.fieldsOf(object)]) {
          if (field === "*" || isHidden(field) || node.isEmpty) continue;
          if (given !== null) graph.edge(node, pointsTo.parameterNode(callee, given));
          if (name !== null) graph.add(pointsTo.parameterNode(callee, name), values.constant(field));
          for (const target of targets)
            graph.edge(pointsTo.returnNode(callee), pointsTo.fieldNode(target, field));
        }
        return false;
      });
    });
  });
}

function parameterAt({ steps }: Address): number | null {
  const last = steps.at(-1);
  return last?.kind === "parameter" ? last.index : null;
}
