/** Whether an initialisation vector is made of what it is to hide, without a secret: equal texts then look equal. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { selectModels } from "../models/select-models.js";

type EncryptRole = Extract<Role, { kind: "encrypt" }>;

const deepest = 12;

export function isIvMadeOfData(pointsTo: PointsTo, site: CallSite, role: EncryptRole): boolean {
  if (role.iv === null) return false;
  const vector = new Ingredients(pointsTo, site.caller);
  for (const value of operandsOf(pointsTo, site, role.iv)) vector.add(value);
  if (vector.isKeyed || vector.places.size === 0) return false;
  const data = new Ingredients(pointsTo, site.caller);
  for (const input of role.input) for (const value of operandsAt(site, input)) data.add(value);
  return [...vector.places].some((place) => data.places.has(place));
}

/** The operand at an address, in the function of the call: an argument, a property of one that is written out, or an argument of what made the receiver. */
function operandsOf(pointsTo: PointsTo, site: CallSite, address: Address): readonly ValueId[] {
  const [step, more] = address.steps;
  const operands = operandsAt(site, address);
  if (step === undefined) return operands;
  if (more !== undefined) return [];
  if (step.kind === "property")
    return operands.flatMap((operand) => writtenProperty(site.caller, operand, step.name));
  if (step.kind !== "created") return [];
  return operands.flatMap((receiver) =>
    [...pointsTo.valuesOf(site.caller, receiver)].flatMap((value) => {
      const made =
        value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
      if (made?.caller !== site.caller || made.instruction.kind !== "call") return [];
      const argument = made.instruction.arguments[step.index];
      return argument === undefined ? [] : [argument.value];
    }),
  );
}

function writtenProperty(node: FunctionNode, object: ValueId, name: string): readonly ValueId[] {
  return (node.uses[object] ?? []).flatMap((use) => {
    const store = node.code[use];
    return store?.kind === "store" &&
      store.object === object &&
      store.property.kind === "name" &&
      store.property.name === name
      ? [store.value]
      : [];
  });
}

/** Parameters, variables and properties that a value is made of. */
class Ingredients {
  readonly places = new Set<string>();
  /** A secret went in as well. */
  isKeyed = false;
  private readonly seen = new Set<ValueId>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly node: FunctionNode,
  ) {}

  add(value: ValueId, depth = 0): void {
    if (this.seen.has(value) || depth > deepest) return;
    this.seen.add(value);
    const definition = this.node.definitions[value];
    if (definition === undefined) return;
    if (definition.kind === "phi") {
      for (const input of definition.phi.inputs) this.add(input.value, depth + 1);
      return;
    }
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        this.add(instruction.value, depth + 1);
        return;
      case "template":
        for (const each of instruction.values) this.add(each, depth + 1);
        return;
      case "binary":
        if (instruction.operator !== "+") return;
        this.add(instruction.left, depth + 1);
        this.add(instruction.right, depth + 1);
        return;
      case "call":
        this.addCall(point, depth + 1);
        return;
      case "load":
      case "parameter":
        this.places.add(this.placeOf(value) ?? String(value));
        return;
      default:
        return;
    }
  }

  /** What went into a call of a package or of the library; what an own function makes of it is its own affair. */
  private addCall(point: number, depth: number): void {
    const site = this.pointsTo.findSite(this.node, point);
    if (site?.instruction.kind !== "call" || site.edges.size > 0) return;
    for (const callee of site.foreign)
      for (const { model } of selectModels(this.pointsTo, site, callee))
        for (const role of model.roles) {
          if (role.kind === "encrypt" && role.strength !== "hash" && role.strength !== "encoding")
            this.isKeyed = true;
          if (role.kind !== "flow" && role.kind !== "encrypt") continue;
          for (const from of role.kind === "flow" ? role.from : role.input)
            for (const value of operandsAt(site, from)) this.add(value, depth);
        }
  }

  private placeOf(value: ValueId, depth = 0): string | null {
    const definition = this.node.definitions[value];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
        return this.placeOf(instruction.value, depth + 1);
      case "parameter":
        return `argument ${String(instruction.index)}`;
      case "load": {
        if (instruction.property.kind !== "name") return null;
        const object = this.placeOf(instruction.object, depth + 1);
        return object === null ? null : `${object}.${instruction.property.name}`;
      }
      default:
        return null;
    }
  }
}
