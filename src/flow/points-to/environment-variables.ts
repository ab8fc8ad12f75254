/** Variables of the environment that a package gives out: `config.get("CRM_URL")` is `process.env.CRM_URL`. */
import type { VariableRole } from "../../contracts/text-roles.js";
import { forAddress } from "../models/address-nodes.js";
import type { Operands } from "./call-operands.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** How variables of the environment are spelled; what a package calls otherwise (`crm.url`) it has from elsewhere. */
const spelled = /^[A-Z][A-Z0-9_]*$/u;

export function addVariable(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  { name, output }: VariableRole,
): void {
  const { graph, values } = pointsTo;
  forAddress(pointsTo, site, operands, name, (node) => {
    graph.onValue(node, (value) => {
      if (value.kind !== "constant" || typeof value.value !== "string" || !spelled.test(value.value)) return;
      const variable = values.foreign("global", ["process", "env", value.value], null);
      if (variable === null) return;
      forAddress(pointsTo, site, operands, output, (out) => {
        graph.add(out, variable);
      });
    });
  });
}
