/**
 * Calls that put the properties of something of unknown content into an object with marked ones:
 * `Object.assign(new Appointment(), raw)`.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { MarkedMembers } from "./marked-members.js";
import type { Origins } from "./origins.js";
import type { Seeds } from "./seeds.js";
import type { ToldByType } from "./told-by-type.js";

/** What the call copies from, and what it puts that into. */
interface Filling {
  readonly from: ValueId;
  readonly into: ValueId;
}

export class FilledOperands {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly origins: Origins,
    private readonly told: ToldByType,
    private readonly members: MarkedMembers,
    private readonly seeds: Seeds,
  ) {}

  seed(node: FunctionNode, point: number, { out, at }: InstructionOf<"call">): void {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return;
    const given = this.pointsTo.valuesOf(node, out);
    for (const { from, into } of fillingsOf(site)) {
      if (!this.isUnknown(node, from)) continue;
      for (const object of this.pointsTo.valuesOf(node, into))
        for (const [name, field] of this.membersOf(object))
          for (const base of given.has(object) ? [into, out] : [into])
            this.seeds.beginFrom(from, node, point, base, [name], field, at, {
              kind: "enters",
              field: this.seeds.nameOf(field),
            });
    }
  }

  private membersOf(object: AbstractValue): readonly (readonly [string, FieldId])[] {
    return [...this.members.of(object)].flatMap(([name, fields]) =>
      fields.map((field) => [name, field] as const),
    );
  }

  private isUnknown(node: FunctionNode, value: ValueId): boolean {
    return (
      (this.origins.isOpaque(node, value) || this.origins.isOutside(node, value)) &&
      !this.told.isTypedAlready(node, value)
    );
  }
}

function fillingsOf(site: CallSite): readonly Filling[] {
  const found: Filling[] = [];
  for (const { roles } of site.applied.keys())
    for (const role of roles)
      if (role.kind === "flow")
        for (const into of wholeOperands(site, role.to))
          for (const from of wholeOperands(site, role.from)) if (from !== into) found.push({ from, into });
  return found;
}

/** The operands that some addresses name with all that they hold. */
function wholeOperands(site: CallSite, addresses: readonly Address[]): readonly ValueId[] {
  return addresses.flatMap((address) =>
    address.steps.length === 0 && address.root.kind !== "return" ? operandsAt(site, address) : [],
  );
}
