/** What is written out of an object (`instanceToPlain(child)`), in the pointer graph: objects that are not the ones it was. */
import type { Address } from "../../contracts/model.js";
import { forAddress } from "../models/address-nodes.js";
import type { Operands } from "./call-operands.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** So far down each object is one of its own; what lies deeper is shared with what it was. */
const deepest = 2;

export function connectWrittenOut(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  from: Address,
  to: Address,
): void {
  forAddress(pointsTo, site, operands, from, (source) => {
    forAddress(
      pointsTo,
      site,
      operands,
      to,
      (target) => {
        writeOut(pointsTo, site, source, target, 0);
      },
      to.root.kind === "return",
    );
  });
}

function writeOut(
  pointsTo: PointsTo,
  site: CallSite,
  source: PointerNode,
  target: PointerNode,
  depth: number,
): void {
  const { graph, values, objectFields } = pointsTo;
  graph.onValue(source, (value) => {
    if ((value.kind !== "instance" && value.kind !== "object") || depth > deepest) {
      graph.add(target, value);
      return;
    }
    const isList = value.kind === "object" && value.array;
    const plain = values.object(`${site.id}:out${String(depth)}`, isList);
    graph.add(target, plain);
    if (!objectFields.isNewCopy(value, plain)) return;
    const one = (name: string, node: PointerNode): void => {
      writeOut(pointsTo, site, node, pointsTo.fieldNode(plain, name), depth + 1);
    };
    if (isList) one("*", pointsTo.fieldNode(value, "*"));
    pointsTo.onField(value, one);
  });
}
