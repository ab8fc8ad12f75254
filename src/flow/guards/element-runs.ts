/** Functions of elements that are not run while the element is disabled, or while nothing in a form can send it. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { at } from "./evidence/outcome.js";
import type { OpenWays } from "./open-ways.js";

type RoleOf<K extends Role["kind"]> = Extract<Role, { kind: K }>;

const deepest = 20;

export class ElementRuns {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly open: OpenWays,
  ) {}

  /** It is only run where a guard has taken effect. */
  isHeldBack(site: CallSite, role: RoleOf<"calls">): boolean {
    if (role.unless !== null && this.isOff(site, role.unless)) return true;
    if (!role.sent || site.instruction.kind !== "jsx") return false;
    const senders: { readonly site: CallSite; readonly unless: Address }[] = [];
    this.gather(site.caller, site.instruction.props, senders, 0);
    return senders.length > 0 && senders.every((sender) => this.isOff(sender.site, sender.unless));
  }

  /** That what stands at the address is not true says that a guard agreed. */
  private isOff(site: CallSite, unless: Address): boolean {
    const path = unless.steps.flatMap((step) => (step.kind === "property" ? [step.name] : []));
    const operands = operandsAt(site, unless);
    return (
      path.length === unless.steps.length &&
      operands.length > 0 &&
      (!this.open.isOpenAt(site.caller, site.point) ||
        operands.every((value) => this.open.tells(site.caller, value, at(path, { kind: "falsy" }), false)))
    );
  }

  /** Elements that send the form, among what it holds as far as it stands in the same function. */
  private gather(
    node: FunctionNode,
    object: ValueId,
    senders: { readonly site: CallSite; readonly unless: Address }[],
    depth: number,
  ): void {
    if (depth > deepest) return;
    for (const each of node.code)
      if (each.kind === "store" && each.object === object)
        this.gatherFrom(node, each.value, senders, depth + 1);
  }

  private gatherFrom(
    node: FunctionNode,
    value: ValueId,
    senders: { readonly site: CallSite; readonly unless: Address }[],
    depth: number,
  ): void {
    const definition = node.definitions[value];
    if (definition === undefined || depth > deepest) return;
    if (definition.kind === "phi") {
      for (const input of definition.phi.inputs) this.gatherFrom(node, input.value, senders, depth + 1);
      return;
    }
    const { instruction, point } = definition;
    if (instruction.kind === "declare" || instruction.kind === "cast")
      this.gatherFrom(node, instruction.value, senders, depth + 1);
    else if (instruction.kind === "array") this.gather(node, value, senders, depth + 1);
    else if (instruction.kind === "jsx") {
      const site = this.pointsTo.findSite(node, point);
      const sends = site === undefined ? null : this.sendsAt(site);
      if (site !== undefined && sends !== null) senders.push({ site, unless: sends.unless });
      this.gather(node, instruction.props, senders, depth + 1);
    }
  }

  private sendsAt(site: CallSite): RoleOf<"sends"> | null {
    for (const { model } of this.models.at(site))
      for (const role of model.roles) if (role.kind === "sends") return role;
    return null;
  }
}
