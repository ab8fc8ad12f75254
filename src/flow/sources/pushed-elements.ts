/** What is put into a list of parts of a row that was read (`child.devices.push({ serial })`): it is saved along with the row. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { RowParts } from "../stores/row-parts.js";
import type { RowsWritten } from "../stores/rows-written.js";

export class PushedElements {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly parts: RowParts,
    private readonly written: RowsWritten,
  ) {}

  seed(node: FunctionNode, point: number, { receiver }: InstructionOf<"call">): void {
    const site = this.pointsTo.findSite(node, point);
    const list = receiver === null ? null : definitionOf(node, originOf(node, receiver));
    if (site === undefined || list?.kind !== "load" || list.property.kind !== "name") return;
    const taken = this.models.at(site).flatMap(({ model }) => model.roles.flatMap(takenIn));
    if (taken.length === 0) return;
    const parts = this.parts.partsAt(node, list.object, list.property.name);
    if (parts.length === 0) return;
    const elements = parts.map(({ table }) => ({ table, isList: false }));
    for (const value of new Set(taken.flatMap((address) => operandsAt(site, address))))
      this.written.intoPart({ node, point, object: list.out, name: "[]", value }, elements);
  }
}

/** What becomes an element of the list. */
function takenIn(role: Role): readonly Address[] {
  return role.kind === "flow" && role.to.some(isElement) ? role.from.filter(isArgument) : [];
}

function isElement({ root, steps }: Address): boolean {
  const [step, ...more] = steps;
  return root.kind === "this" && more.length === 0 && (step?.kind === "element" || step?.kind === "end");
}

function isArgument({ root, steps }: Address): boolean {
  return (root.kind === "argument" || root.kind === "arguments") && steps.length === 0;
}
