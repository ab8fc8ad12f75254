/**
 * Functions that a call only keeps, to be called by another (`emitter.on("ready", this.record, this)`): it does not run
 * them, and what they leave in their `this` is not brought back by it, so that is known wherever the object is.
 */
import type { Address, PathModel } from "../../contracts/model.js";
import { isModelsOwn } from "../../contracts/models-own.js";
import { forAddress } from "../models/address-nodes.js";
import { onFunction } from "../models/function-addresses.js";
import { readsReceiver } from "../tabulation/bindings.js";
import type { Operands } from "./call-operands.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** True if the flow is of that kind, and done. */
export function connectReceiver(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  model: PathModel,
  from: Address,
  to: Address,
): boolean {
  if (to.steps.at(-1)?.kind !== "receiver") return false;
  const kept: Address = {
    root: to.root,
    steps: to.steps.slice(0, -1),
    text: to.text.replace(/\.receiver$/u, ""),
  };
  if (!isKept(model, kept)) return false;
  forAddress(pointsTo, site, operands, kept, (listener) => {
    onFunction(pointsTo, listener, (callee) => {
      if (!readsReceiver(callee)) return;
      forAddress(pointsTo, site, operands, from, (objects) => {
        pointsTo.graph.edge(objects, pointsTo.receiverNode(callee));
        pointsTo.graph.onValue(objects, (object) => {
          pointsTo.markShared(object);
        });
      });
    });
  });
  return true;
}

/** The same model puts the function where only models come to it: `arg1 -> this.listeners_[arg0]`. */
function isKept({ roles }: PathModel, { text }: Address): boolean {
  return roles.some(
    (role) =>
      role.kind === "flow" &&
      role.from.some((from) => from.text === text) &&
      role.to.some(({ steps }) => steps.some((step) => step.kind === "property" && isModelsOwn(step.name))),
  );
}
