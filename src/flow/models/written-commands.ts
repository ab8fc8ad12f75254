/** What is written out for a call, be it into the command that is made for it: `send(new PutObjectCommand({ ACL }))`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { operandsAt } from "./address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { selectModels } from "./select-models.js";
import { originOf } from "../paths/value-places.js";
import { operandsWritten } from "../heap/written-literals.js";

export function operandsInCommand(pointsTo: PointsTo, site: CallSite, address: Address): readonly ValueId[] {
  const direct = operandsWritten(site, address);
  const [step, ...steps] = address.steps;
  if (direct.length > 0 || step?.kind !== "property") return direct;
  return operandsAt(site, address).flatMap((command) => {
    const definition = site.caller.definitions[originOf(site.caller, command)];
    const made =
      definition?.kind === "instruction" ? pointsTo.findSite(site.caller, definition.point) : undefined;
    return made === undefined
      ? []
      : keptAs(pointsTo, made, step.name).flatMap((from) =>
          operandsWritten(made, { ...from, steps: [...from.steps, ...steps] }),
        );
  });
}

/** What a call keeps under a name of what it makes. */
function keptAs(pointsTo: PointsTo, made: CallSite, name: string): readonly Address[] {
  return [...made.foreign].flatMap((callee) =>
    selectModels(pointsTo, made, callee).flatMap(({ model }) =>
      model.roles.flatMap((role) =>
        role.kind === "flow" &&
        role.to.some(
          ({ root, steps: [kept, ...deeper] }) =>
            root.kind === "return" && deeper.length === 0 && kept?.kind === "property" && kept.name === name,
        )
          ? role.from
          : [],
      ),
    ),
  );
}
