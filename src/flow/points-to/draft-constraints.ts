/** A copy that a function changes, in the pointer graph: what comes back is an object of its own. */
import type { Role } from "../../contracts/model.js";
import { isScalar } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";
import { forAddress } from "../models/address-nodes.js";
import { functionPlace, onFunction } from "../models/function-addresses.js";

export function addDraft(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  { of, by, to }: Extract<Role, { kind: "drafts" }>,
): void {
  const { graph, values } = pointsTo;
  const copy = values.object(`${site.id}:draft`, false);
  const put = (node: PointerNode): void => {
    graph.add(node, copy);
  };
  const function_ = functionPlace(by, by.steps.length - 1);
  forAddress(pointsTo, site, operands, to, put, true);
  forAddress(pointsTo, site, operands, by, put);
  forAddress(pointsTo, site, operands, function_, (node) => {
    onFunction(pointsTo, node, (callee) => {
      pointsTo.addCallback(site, callee, function_);
    });
  });
  forAddress(pointsTo, site, operands, of, (node) => {
    graph.onValue(node, (value) => {
      if (isScalar(value))
        forAddress(
          pointsTo,
          site,
          operands,
          to,
          (out) => {
            graph.add(out, value);
          },
          true,
        );
      else pointsTo.copyFields(value, copy);
    });
  });
}
