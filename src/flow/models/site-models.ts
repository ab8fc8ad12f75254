/** The models that hold at a site, for whatever foreign values it calls, assigns to or reads. */
import type { ModelAt } from "../program/model-at.js";
import { assignedMatches } from "../points-to/assign-constraints.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { withObjectFlows } from "./object-flows.js";
import { withPipedFlows } from "./piped-flows.js";
import { firstRank, selectModels } from "./select-models.js";

type CalledValue = ModelAt["callee"];

export class SiteModels {
  private readonly models = new Map<CallSite, readonly ModelAt[]>();

  constructor(private readonly pointsTo: PointsTo) {}

  at(site: CallSite): readonly ModelAt[] {
    let found = this.models.get(site);
    if (found === undefined) {
      found = this.findModels(site);
      this.models.set(site, found);
    }
    return found;
  }

  private findModels(site: CallSite): readonly ModelAt[] {
    const { instruction } = site;
    if (instruction.kind === "store" && instruction.property.kind === "name")
      return this.assignModels(site, instruction.object, instruction.property.name);
    const found: ModelAt[] = [];
    const seen = new Set<unknown>();
    const isKnown =
      site.edges.size > 0 ||
      [...site.foreign].some(
        (callee) => !isGuess(callee) && selectModels(this.pointsTo, site, callee).length > 0,
      );
    for (const callee of site.foreign) {
      // A guess by the member's name is none any more where the receiver is known.
      if (isKnown && isGuess(callee)) continue;
      for (const match of selectModels(this.pointsTo, site, callee)) {
        if (seen.has(match.model)) continue;
        seen.add(match.model);
        found.push({ ...withObjectFlows(withPipedFlows(match, site)), callee });
      }
    }
    return found;
  }

  private assignModels(site: CallSite, object: number, name: string): readonly ModelAt[] {
    const found: ModelAt[] = [];
    for (const value of this.pointsTo.valuesOf(site.caller, object)) {
      if (value.kind !== "foreign") continue;
      const matches = firstRank(this.pointsTo, site, assignedMatches(this.pointsTo, value, name));
      found.push(...matches.map((match) => ({ ...match, callee: value })));
    }
    return found;
  }
}

/** A member of whatever library type has one of this name. */
export function isGuess(callee: CalledValue): boolean {
  return callee.module === "lib" && callee.path[0] === "*";
}
