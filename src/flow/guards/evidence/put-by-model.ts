/** What a package's call puts into a property of its receiver, as its model says: `this.setState({ granted })`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Address } from "../../../contracts/model.js";
import { operandsAt } from "../../models/address-values.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";

interface Put {
  readonly object: ValueId;
  readonly name: string;
  /** The value that is given, or what a function that is given instead gives back. */
  readonly node: FunctionNode;
  readonly value: ValueId;
}

export function putByModel(models: SiteModels, site: CallSite): readonly Put[] {
  const { instruction } = site;
  if (site.foreign.size === 0 || instruction.kind !== "call" || instruction.receiver === null) return [];
  const object = instruction.receiver;
  return models.at(site).flatMap(({ model }) =>
    model.roles.flatMap((role) => {
      const names = role.kind === "flow" ? role.to.flatMap(nameOf) : [];
      if (role.kind !== "flow" || names.length === 0) return [];
      const values = role.from.flatMap((from) => (from.steps.length > 0 ? [] : givenAt(site, from)));
      return names.flatMap((name) => values.map((each) => ({ object, name, ...each })));
    }),
  );
}

function nameOf({ root, steps: [step, ...others] }: Address): string[] {
  return root.kind === "this" && step?.kind === "property" && others.length === 0 ? [step.name] : [];
}

function givenAt(site: CallSite, from: Address): Pick<Put, "node" | "value">[] {
  const functions = [...site.callbacks.values()].filter(({ address }) => address === from.text);
  if (functions.length === 0) return operandsAt(site, from).map((value) => ({ node: site.caller, value }));
  return functions.flatMap(({ callee }) =>
    callee.graph.blocks.flatMap(({ end }) =>
      end.kind === "return" && end.value !== null ? [{ node: callee, value: end.value }] : [],
    ),
  );
}
