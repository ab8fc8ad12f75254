/**
 * What is known of an object that a call writes out (`instanceToPlain(child) as Child`): it comes along, and what does not
 * is withheld, so that the type that the result is taken for tells nothing new.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import { valuesAt } from "../models/address-values.js";
import { selectModels } from "../models/select-models.js";
import { originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SchemaFields } from "./schema-fields.js";

const none: ReadonlySet<FieldId> = new Set();

export class WrittenOutFields {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Pick<Resolver, "childDataIn">,
    private readonly schemas: SchemaFields,
  ) {}

  of(node: FunctionNode, value: ValueId): ReadonlySet<FieldId> {
    const site = this.callBehind(node, value);
    if (site === undefined) return none;
    const known = new Set<FieldId>();
    for (const role of this.rolesAt(site))
      if (role.kind === "flow" && role.withholds === true)
        for (const { root } of role.from)
          if (root.kind === "argument")
            for (const field of this.ofOperand(node, site.instruction, root.index)) known.add(field);
    return known;
  }

  /** What its type tells, or the schema that it came through. */
  private ofOperand(node: FunctionNode, call: InstructionOf<"call">, index: number): readonly FieldId[] {
    const given = call.arguments[index];
    if (given === undefined) return [];
    const typed = this.resolver.childDataIn(node.file, given.at).map(({ field }) => field);
    const shaped = this.callBehind(node, given.value);
    if (shaped === undefined) return typed;
    const schemas = this.rolesAt(shaped).flatMap((role) =>
      role.kind === "shaped" ? this.schemas.of(valuesAt(this.pointsTo, shaped, role.schema)) : [],
    );
    return [...typed, ...schemas.map(({ field }) => field)];
  }

  private callBehind(
    node: FunctionNode,
    value: ValueId,
  ): (CallSite & { readonly instruction: InstructionOf<"call"> }) | undefined {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return undefined;
    const site = this.pointsTo.findSite(node, definition.point);
    return site === undefined ? undefined : { ...site, instruction: definition.instruction };
  }

  private rolesAt(site: CallSite) {
    return [...site.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, site, callee).flatMap(({ model }) => model.roles),
    );
  }
}
