/** `assert(granted)`, `assert.equal(state, "granted")`: it came back, so it holds. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { operandsAt } from "../../models/address-values.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { foldedConstant } from "./folded-constant.js";
import type { Outcome } from "./outcome.js";
import { at } from "./outcome.js";
import type { OpenWaysTools } from "../ways.js";

type Tells = (node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;

export function assertionTells(tools: OpenWaysTools, site: CallSite, tells: Tells): boolean {
  if (site.foreign.size === 0 || site.instruction.kind !== "call") return false;
  const { caller } = site;
  return tools.models.at(site).some(({ model }) =>
    model.roles.some((role) => {
      if (role.kind !== "asserts") return false;
      const sides = [
        { address: role.truthy, kind: "truthy" as const },
        { address: role.falsy, kind: "falsy" as const },
      ];
      const isTold = sides.some(({ address, kind }) => {
        const path = (address?.steps ?? []).flatMap((step) => (step.kind === "property" ? [step.name] : []));
        return (
          address !== null &&
          operandsAt(site, address).some((value) => tells(caller, value, at(path, { kind }), false))
        );
      });
      if (isTold) return true;
      const [one, other] = role.equal.map((address) => operandsAt(site, address)[0]);
      if (one === undefined || other === undefined) return false;
      return [
        [one, other],
        [other, one],
      ].some(([value = 0, constant = 0]) => {
        const folded = foldedConstant(tools.pointsTo, caller, constant);
        const outcome = folded === null ? null : at([], { kind: "is", value: folded.value });
        return outcome !== null && tells(caller, value, outcome, false);
      });
    }),
  );
}
