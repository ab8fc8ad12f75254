/** Functions of the program that a package runs where a property of its object is read: `doc.fullName` of a schema. */
import type { ModelMatch } from "../../models/catalogue.js";
import { forAddress } from "../models/address-nodes.js";
import { onFunction } from "../models/function-addresses.js";
import type { AbstractValue } from "./abstract-value.js";
import type { MemberPlace } from "./member-place.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";

export function addGetters(
  pointsTo: PointsTo,
  at: MemberPlace,
  matches: readonly ModelMatch[],
  self: AbstractValue,
  out: PointerNode,
): void {
  for (const { model, names } of matches)
    for (const role of model.roles) {
      if (role.kind !== "getter") continue;
      const site = pointsTo.siteAt(at.node, at.point);
      const receiver = pointsTo.graph.create();
      pointsTo.graph.add(receiver, self);
      for (const address of role.run)
        forAddress(pointsTo, site, { receiver, arguments: [], out, names }, address, (given) => {
          onFunction(pointsTo, given, (callee) => {
            pointsTo.addEdge(site, callee, "getter");
            pointsTo.graph.add(pointsTo.receiverNode(callee), self);
            pointsTo.graph.edge(pointsTo.returnNode(callee), out);
          });
        });
    }
}
