/** What a model says the type of something is: one of a package or of the library, or an object that is made there. */
import type { Role } from "../../contracts/model.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import { forAddress } from "../models/address-nodes.js";
import type { CallSite, PointsTo } from "./points-to.js";
import { typeNamed } from "./type-names.js";

export function giveNamedType(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  module: string,
  { type, output, inherits }: Extract<Role, { kind: "type" }>,
): void {
  if (typeof type !== "string") return;
  const value = namedType(pointsTo, module, type, site);
  if (value === null) return;
  const isWritten = inherits != null || output.root.kind === "return" || output.root.kind === "this";
  const give = (out: Parameters<typeof pointsTo.graph.add>[0]): void => {
    pointsTo.graph.add(out, value);
  };
  forAddress(pointsTo, site, operands, output, give, isWritten);
  if (inherits == null) return;
  forAddress(pointsTo, site, operands, inherits, (node) => {
    if (value.kind === "object") pointsTo.graph.edge(node, pointsTo.prototypeNode(value));
    else
      pointsTo.graph.onValue(node, (parent) => {
        pointsTo.copyFields(parent, value);
      });
  });
}

/** `Logger` is a type of the package whose model names it, `lib#Map` or `node:fs#WriteStream` of another; `object` is a plain object made here. */
function namedType(pointsTo: PointsTo, module: string, name: string, site: CallSite): AbstractValue | null {
  if (name === "object") return pointsTo.values.object(site.id, false);
  return pointsTo.values.foreign(...typeNamed(name, module), site.id);
}
