/** Child data that handlers give back, where a framework answers with what they give back. */
import type { FieldId } from "../../contracts/annotation.js";
import type { Span } from "../../base/location.js";
import { returned } from "../tabulation/fact.js";
import { functionPlace } from "../models/function-addresses.js";
import { rolesOf } from "../guards/entries/decorated-entries.js";
import type { Chains } from "../guards/handlers/chains.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { AnswerArrival } from "../sinks/answers.js";
import type { WithheldAnswers } from "../models/withheld-answers.js";

export interface ReturnedAnswer {
  readonly node: FunctionNode;
  readonly field: FieldId;
  readonly isAssumed: boolean;
  readonly arrivals: readonly AnswerArrival[];
  /** Where it is given back. */
  readonly at: Span;
  readonly point: number;
}

export function returnedAnswers(
  pointsTo: PointsTo,
  models: SiteModels,
  chains: Chains,
  tabulation: Tabulation,
  withheld: WithheldAnswers,
): ReturnedAnswer[] {
  const found: ReturnedAnswer[] = [];
  for (const node of answering(pointsTo, models, chains)) {
    const byPlace = new Map<string, ReturnedAnswer & { readonly arrivals: AnswerArrival[] }>();
    const entry = tabulation.zero(node);
    for (const { fact, trace, block } of entry.exits.values()) {
      const place = block === null ? null : placeOf(node, block);
      if (fact.base !== returned || place === null) continue;
      const { field, assumed } = fact.state;
      if (withheld.has(node, node.graph.blocks[block ?? -1]?.end, field, fact.path)) continue;
      const key = `${String(block)} ${field}`;
      const known = byPlace.get(key);
      if (known === undefined)
        byPlace.set(key, { node, field, isAssumed: assumed, arrivals: [{ entry, trace }], ...place });
      else known.arrivals.push({ entry, trace });
    }
    found.push(...byPlace.values());
  }
  return found;
}

/** Functions whose result is the answer. */
function answering(pointsTo: PointsTo, models: SiteModels, chains: Chains): Set<FunctionNode> {
  const found = new Set<FunctionNode>();
  for (const site of pointsTo.sites.values()) {
    if (site.foreign.size === 0 || site.callbacks.size === 0) continue;
    for (const { model } of models.at(site))
      for (const role of model.roles) {
        if (role.kind !== "responds") continue;
        for (const address of role.data) {
          const index = address.steps.findIndex(({ kind }) => kind === "result");
          if (index === -1) continue;
          const place = functionPlace(address, index).text;
          for (const edge of site.callbacks.values()) if (edge.address === place) found.add(edge.callee);
        }
      }
  }
  for (const node of pointsTo.program.functions)
    for (const entry of chains.entries.of(node))
      if (entry.responds === true || rolesOf(entry.decorations, "responds").length > 0) found.add(node);
  return found;
}

function placeOf(node: FunctionNode, position: number): Pick<ReturnedAnswer, "at" | "point"> | null {
  const block = node.graph.blocks[position];
  if (block?.end.kind !== "return") return null;
  const start = node.blockStart[position] ?? 0;
  const { value, at } = block.end;
  if (block.instructions.length > 0) return { at, point: start + block.instructions.length - 1 };
  const definition = value === null ? undefined : node.definitions[value];
  return { at, point: definition?.kind === "instruction" ? definition.point : start };
}
