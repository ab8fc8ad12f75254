/**
 * Where a property of a row is declared, by the type that the call which read the row is written with, and one of what
 * came in, by the type that is written for it.
 */
import type { DeclarationId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { heldInSlot } from "../program/captured-from.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { isIndex } from "../paths/path-components.js";
import type { InputTypes } from "../sources/input-types.js";
import type { Tables } from "./tables.js";

const deepest = 16;

export class RowDeclarations {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly tables: Tables,
    private readonly inputs: InputTypes,
  ) {}

  /** None where the value may be something else than a row of such a type. */
  declarationsOf(node: FunctionNode, row: ValueId, property: string): readonly DeclarationId[] {
    const brought = this.inputs.declarationOf(node, row, property);
    if (brought !== null) return [brought];
    const found = (this.readBy(node, row, 0) ?? []).map((site) => this.tables.declarationAt(site, property));
    const known = found.filter((id) => id !== null);
    return known.length < found.length ? [] : known;
  }

  /** The calls that read the row; null: it may come from elsewhere. */
  private readBy(node: FunctionNode, value: ValueId, depth: number): readonly CallSite[] | null {
    const definition = node.definitions[value];
    if (definition === undefined || depth > deepest) return null;
    const again = (other: ValueId): readonly CallSite[] | null => this.readBy(node, other, depth + 1);
    if (definition.kind === "phi") return together(definition.phi.inputs.map((each) => again(each.value)));
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "constant":
        return instruction.value == null ? [] : null;
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "iterate":
        return again(instruction.object);
      case "load": {
        const { property } = instruction;
        return property.kind === "computed" || (property.kind === "name" && isIndex(property.name))
          ? again(instruction.object)
          : null;
      }
      case "capture": {
        const held = heldInSlot(this.pointsTo, node, instruction.slot);
        return held === null ? null : this.readBy(held.node, held.value, depth + 1);
      }
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return site === undefined ? null : this.ofCall(site, instruction.receiver, depth);
      }
      default:
        return null;
    }
  }

  private ofCall(site: CallSite, receiver: ValueId | null, depth: number): readonly CallSite[] | null {
    if (site.edges.size > 0) {
      if (site.foreign.size > 0) return null;
      return together(
        [...site.edges.values()].flatMap(({ callee }) =>
          callee.graph.blocks.flatMap(({ end }) =>
            end.kind === "return" && end.value !== null ? [this.readBy(callee, end.value, depth + 1)] : [],
          ),
        ),
      );
    }
    const roles = this.models.at(site).flatMap(({ model }) => model.roles);
    if (roles.some((role) => role.kind === "rows" && role.output.root.kind === "return")) return [site];
    // `find().toArray()`: the same rows again.
    const isSame = roles.some(
      (role) => role.kind === "flow" && role.from.some(({ root }) => root.kind === "this"),
    );
    return isSame && receiver !== null ? this.readBy(site.caller, receiver, depth + 1) : null;
  }
}

function together(found: readonly (readonly CallSite[] | null)[]): readonly CallSite[] | null {
  const known = found.filter((each) => each !== null);
  return known.length < found.length ? null : known.flat();
}
