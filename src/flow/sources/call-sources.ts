/** Child data that calls give back: rows, parsed values, results of a marked type. */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { ChildDataPath, Resolver } from "../../contracts/resolver.js";
import { rootPlaces, writtenPaths } from "../models/address-facts.js";
import { operandsAt, valuesAt } from "../models/address-values.js";
import type { Base } from "../tabulation/fact.js";
import type { ForeignCalls } from "../tabulation/foreign-calls.js";
import { declares, functionAddress } from "../models/function-addresses.js";
import type { ModelAt } from "../program/model-at.js";
import type { Origins } from "./origins.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { type Captured, heldInSlot } from "../program/captured-from.js";
import { originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { oneOrMany } from "./one-or-many.js";
import type { RowsRead } from "../stores/rows-read.js";
import type { RowsWritten } from "../stores/rows-written.js";
import type { SchemaField, SchemaFields } from "./schema-fields.js";
import type { Seeds } from "./seeds.js";
import type { ToldByType } from "./told-by-type.js";
import { UsedValues } from "../program/used-values.js";

type Call = Extract<Instruction, { kind: "call" }>;

export class CallSources {
  private readonly used = new UsedValues();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    private readonly foreign: ForeignCalls,
    private readonly origins: Origins,
    private readonly rows: RowsRead,
    private readonly written: RowsWritten,
    private readonly told: ToldByType,
    private readonly seeds: Seeds,
    private readonly schemas: SchemaFields,
  ) {}

  /** Seeds what a call gives back, by its models or else by its type; and what it writes to a store. */
  seed(node: FunctionNode, point: number, instruction: Call): void {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return;
    const models = this.foreign.models.at(site);
    let isTold = false;
    const changed = new Set<FieldId>();
    for (const match of models) {
      for (const role of match.model.roles) {
        if (role.kind === "shaped")
          for (const field of this.shaped(node, site, role, match)) changed.add(field);
        else if (role.kind === "rows") isTold = this.rows.read(site, role, match) || isTold;
        else if (role.kind === "store" || role.kind === "columns") this.written.byCall(site, role, match);
        else if (role.kind === "sql") {
          this.written.byStatement(site, role, match);
          isTold = this.rows.readStatement(site, role, match) || isTold;
        }
      }
    }
    if (isTold || !this.used.has(node, instruction.out)) return;
    // An ambient function of the project (`declare function`) is a global too: its type is all that is known of it.
    const isLibrary = [...site.foreign].some(
      (callee) => callee.module === "lib" || (callee.module === "global" && models.length > 0),
    );
    if (isLibrary && !this.isFilledUntyped(node, instruction)) return;
    for (const part of this.toldByType(node, site, instruction)) {
      if (changed.has(part.field)) continue;
      this.seeds.beginFrom(
        instruction.out,
        node,
        point,
        instruction.out,
        part.path,
        part.field,
        instruction.at,
        {
          kind: "reads",
          field: this.seeds.nameOf(part.field),
        },
      );
    }
  }

  /** `new Map<string, Child>(JSON.parse(text))`: what a collection of the language is made of says nothing of itself. */
  private isFilledUntyped(node: FunctionNode, { new: isNew, arguments: [first] }: Call): boolean {
    return (
      isNew &&
      first !== undefined &&
      this.origins.isOpaque(node, first.value) &&
      !this.told.isTypedAlready(node, first.value)
    );
  }

  /** A property of a package's object that is assigned, and stored by that. */
  seedAssigned(node: FunctionNode, point: number, { object }: InstructionOf<"store">): void {
    for (const value of this.pointsTo.valuesOf(node, object)) {
      if (value.kind !== "foreign" || value.module === "lib" || value.module === "global") continue;
      const site = this.pointsTo.siteAt(node, point);
      for (const match of this.foreign.models.at(site))
        for (const role of match.model.roles)
          if (role.kind === "store" && role.column != null) this.written.byCall(site, role, match);
      return;
    }
  }

  /** What the type of a call tells of its result that is not known by value. */
  private toldByType(
    node: FunctionNode,
    site: CallSite,
    { out, at, arguments: list, typeArguments }: Call,
  ): readonly ChildDataPath[] {
    const isOpaque = this.origins.isOpaque(node, out);
    if (isOpaque && this.resolver.childDataIn(node.file, at).length === 0) return [];
    // What own functions give back is known by value, but for what they only pass on from elsewhere.
    const callees = [...site.edges.values()].map((edge) => edge.callee);
    if (callees.length === 0 || (isOpaque && callees.some((callee) => this.told.passesOnForeign(callee))))
      return isOpaque ? this.resolver.childDataIn(node.file, at) : [];
    // Inside a generic function nothing says what its type parameter stands for.
    const isOutside = isOpaque || this.origins.isOutside(node, out);
    if (!isOutside && typeArguments.length === 0) return [];
    return (this.resolver.markedByArguments?.(node.file, at) ?? []).filter(
      ({ path, returnedBy }) =>
        (isOutside || this.origins.isOutsideAt(node, out, path)) &&
        !returnedBy.some((index) => this.isOwnFunction(node, list[index]?.value)),
    );
  }

  private isOwnFunction(node: FunctionNode, value: ValueId | undefined): boolean {
    return (
      value !== undefined &&
      [...this.pointsTo.valuesOf(node, value)].some(({ kind }) => kind === "function" || kind === "bound")
    );
  }

  /**
   * The schema is a parameter for which callers give unlike schemas: what comes out has the keys of the caller's
   * own schema, which the type of each call tells.
   */
  private isToldByCallers(node: FunctionNode, site: CallSite, schema: Address): boolean {
    const [value] = operandsAt(site, schema);
    const held = value === undefined ? null : outerOf(this.pointsTo, { node, value });
    const definition = held?.node.definitions[held.value];
    if (held === null || definition?.kind !== "instruction") return false;
    if (definition.instruction.kind !== "parameter") return false;
    const { index } = definition.instruction;
    const callers = this.pointsTo.callersOf(held.node);
    if (callers.length < 2) return false;
    return callers.every((edge) => {
      const call = edge.site.instruction;
      if (call.kind !== "call") return false;
      const argument = call.arguments[index];
      if (argument === undefined) return false;
      const fields = this.schemas.of(this.pointsTo.valuesOf(edge.site.caller, argument.value));
      return fields.length === 0 || this.resolver.childDataIn(edge.site.caller.file, call.at).length > 0;
    });
  }

  /** What a callback is given has passed the schema: `procedure.input(Child).mutation(({ input }) => …)`. */
  private shapedForCallback(site: CallSite, output: Address, schema: readonly SchemaField[]): void {
    const index = output.steps.findIndex((step) => step.kind === "parameter");
    const into = output.steps[index];
    if (into?.kind !== "parameter") return;
    const components = output.steps
      .slice(index + 1)
      .flatMap((step) => (step.kind === "property" ? [step.name] : []));
    for (const { callee, address } of site.callbacks.values()) {
      if (address !== functionAddress(output, index) || !declares(callee, into)) continue;
      const point = callee.code.findIndex((each) => each.kind === "parameter" && each.index === into.index);
      const parameter = callee.code[point];
      if (parameter?.kind !== "parameter") continue;
      for (const { path, field } of schema)
        this.seeds.begin(callee, point, parameter.out, [...components, ...path], field, parameter.at, {
          kind: "enters",
          field: this.seeds.nameOf(field),
        });
    }
  }

  /** Gives the fields that functions of the schema make something of: a type does not tell what. */
  private shaped(
    node: FunctionNode,
    site: CallSite,
    role: Extract<Role, { kind: "shaped" }>,
    match: ModelAt,
  ): readonly FieldId[] {
    const schema = this.schemas.of(valuesAt(this.pointsTo, site, role.schema, match.names));
    if (schema.length === 0) return [];
    for (const output of role.output) this.shapedForCallback(site, output, schema);
    if (this.isToldByCallers(node, site, role.schema)) return [];
    if (
      site.instruction.kind === "call" &&
      !site.instruction.arguments.some(
        (argument) =>
          this.origins.isOutside(node, argument.value) || this.origins.isOpaque(node, argument.value),
      )
    )
      return [];
    const given = role.each == null ? null : oneOrMany(this.resolver, site, role.each);
    for (const output of role.output) {
      for (const [base, prefix] of placesOf(this.pointsTo, site, output, match.names)) {
        if (given?.one !== false) this.beginShaped(site, { base, prefix }, schema);
        if (given?.many === true) this.beginShaped(site, { base, prefix: [...prefix, "[]"] }, schema);
      }
    }
    return schema.flatMap(({ field, through }) => (through.length > 0 ? [field] : []));
  }

  private beginShaped(
    site: CallSite,
    place: { readonly base: Base; readonly prefix: readonly string[] },
    schema: readonly SchemaField[],
  ): void {
    const { caller, point, instruction } = site;
    for (const { path, field, through } of schema) {
      const note = { kind: "enters", field: this.seeds.nameOf(field) } as const;
      if (through.length > 0) this.seeds.beginThrough(site, place, path, through, field, note);
      else
        this.seeds.begin(caller, point, place.base, [...place.prefix, ...path], field, instruction.at, note);
    }
  }
}

/** What a function inside of another got from there, as the other knows it. */
function outerOf(pointsTo: PointsTo, inner: Captured): Captured {
  const definition = inner.node.definitions[originOf(inner.node, inner.value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "capture") return inner;
  const held = heldInSlot(pointsTo, inner.node, definition.instruction.slot);
  return held === null ? inner : outerOf(pointsTo, held);
}

/** The values and paths an address stands for. */
function placesOf(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
): (readonly [Base, readonly string[]])[] {
  return rootPlaces(site, address).flatMap((place) =>
    writtenPaths(pointsTo, site, address.steps, names).map(
      (components) => [place.base, [...place.prefix, ...components]] as const,
    ),
  );
}
