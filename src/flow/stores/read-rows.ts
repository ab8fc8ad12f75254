/** Whether what a call writes are rows that were read before: then it changes them, and makes none. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsAt, valuesAt } from "../models/address-values.js";
import { copiesInto } from "../program/copies.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf } from "../paths/value-places.js";

const deepest = 6;

export class ReadRows {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  /** All that stands at the addresses comes from reads. */
  isAt(site: CallSite, addresses: readonly Address[], names: readonly string[]): boolean {
    const isNamed = addresses.some(
      (address) =>
        address.steps.length === 0 &&
        operandsAt(site, address).some((value) => this.isCalledAt(site.caller, value, 0)),
    );
    if (isNamed) return true;
    const made = addresses
      .flatMap((address) => this.rowsOf(valuesAt(this.pointsTo, site, address, names)))
      .filter((value) => "site" in value && value.site !== null);
    return made.length > 0 && made.every((value) => this.isRead(value));
  }

  /** Each by itself, of a list. */
  private rowsOf(values: readonly AbstractValue[]): readonly AbstractValue[] {
    return values.flatMap((value) =>
      value.kind === "object" && value.array ? [...this.pointsTo.fieldNode(value, "*").values] : [value],
    );
  }

  private isRead(value: AbstractValue): boolean {
    if (value.kind === "object")
      return copiesInto(this.pointsTo, value).some(
        ({ node, source }) =>
          this.isCalledAt(node, source, 0) ||
          [...this.pointsTo.valuesOf(node, source)].some(
            (each) => each.kind !== "object" && this.isRead(each),
          ),
      );
    const site = "site" in value && value.site !== null ? this.pointsTo.sites.get(value.site) : undefined;
    return site !== undefined && this.reads(site);
  }

  /** `await pupils.findOneBy({ id })`, under whatever names. */
  private isCalledAt(node: FunctionNode, value: ValueId, depth: number): boolean {
    if (depth > deepest) return false;
    const made = definitionOf(node, value);
    if (made?.kind === "await") return this.isCalledAt(node, made.value, depth + 1);
    if (made?.kind === "iterate") return this.isCalledAt(node, made.object, depth + 1);
    const at = made?.kind === "call" ? node.definitions[made.out] : undefined;
    const call = at?.kind === "instruction" ? this.pointsTo.findSite(node, at.point) : undefined;
    return call !== undefined && this.reads(call);
  }

  private reads(site: CallSite): boolean {
    return this.models.at(site).some(({ model }) => model.roles.some(({ kind }) => kind === "rows"));
  }
}
