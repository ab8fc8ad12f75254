/**
 * Properties that come into an object with marked ones otherwise than by `object.name = value`: those of something of
 * unknown content (`Object.assign(new Appointment(), raw)`), those of an object of the program's own
 * (`Object.assign(note, { text: input })`), and those that a name beside them tells (`Reflect.set(note, "text", input)`).
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import { fillingsOf, writersByCall, writersByKey, type Filling } from "../heap/fillings.js";
import { operandsOfSite } from "../models/site-operands.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { copiesInto } from "../program/copies.js";
import type { FunctionNode } from "../program/program.js";
import type { MarkedPlaces } from "../tabulation/marked-places.js";
import type { MarkedMembers } from "./marked-members.js";
import type { Origins } from "./origins.js";
import { isLaidOver } from "../stores/assigned-columns.js";
import type { RowParts } from "../stores/row-parts.js";
import type { Seeds } from "./seeds.js";
import type { ToldByType } from "./told-by-type.js";

type Fields = ReadonlyMap<string, ReadonlySet<FieldId>>;

/** Copies of copies that are looked through. */
const deepest = 4;

export class FilledOperands {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly origins: Origins,
    private readonly told: ToldByType,
    private readonly members: MarkedMembers,
    private readonly places: MarkedPlaces,
    private readonly seeds: Seeds,
    private readonly rows: Pick<RowParts, "tablesOf">,
  ) {}

  seed(node: FunctionNode, point: number, { out }: InstructionOf<"call">): void {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return;
    for (const filling of fillingsOf(site)) {
      const fields = this.fieldsOf(site, filling.into);
      if (fields.size > 0) this.fill(filling, fields, out);
    }
    for (const writer of writersByCall(this.pointsTo, this.origins.writers, site))
      for (const field of this.fieldsOf(site, writer.object).get(writer.name) ?? [])
        this.places.put(writer, field);
  }

  /** `note[key] = input`; a key of which nothing is known may name any of the properties. */
  seedKeyed(node: FunctionNode, point: number, { object, value }: InstructionOf<"store">): void {
    const writers =
      writersByKey(this.pointsTo, node, point) ??
      [...this.pointsTo.valuesOf(node, object)].flatMap((each) =>
        [...this.members.of(each).keys()].map((name) => ({ node, point, object, name, value })),
      );
    for (const writer of writers)
      for (const field of this.members.fieldsAt(node, object, writer.name)) this.places.put(writer, field);
  }

  private fill({ site, from, into }: Filling, fields: Fields, out: ValueId): void {
    const { caller, point, instruction } = site;
    if (this.isUnknown(caller, from)) {
      const given = this.pointsTo.valuesOf(caller, out);
      const isGivenBack = [...this.pointsTo.valuesOf(caller, into)].some((object) => given.has(object));
      const left = new Map([...fields].filter(([name]) => !isLaidOver(this.pointsTo, site, from, name)));
      for (const base of isGivenBack ? [into, out] : [into])
        this.begin({ node: caller, point, target: base, source: from, at: instruction.at }, left);
    }
    this.parts(caller, from, fields, 0);
  }

  /** What the program itself put under a marked name into what is copied, and what it copied into that before. */
  private parts(node: FunctionNode, from: ValueId, fields: Fields, depth: number): void {
    for (const object of this.pointsTo.valuesOf(node, from)) {
      if (object.kind !== "object" || object.array) continue;
      for (const writer of this.origins.writers.ofObject(object))
        for (const field of fields.get(writer.name) ?? []) this.places.put(writer, field);
      for (const copy of copiesInto(this.pointsTo, object)) {
        if (this.isUnknown(copy.node, copy.source)) this.begin(copy, fields);
        if (depth < deepest) this.parts(copy.node, copy.source, fields, depth + 1);
      }
    }
  }

  private begin(copy: ReturnType<typeof copiesInto>[number], all: Fields): void {
    for (const [name, fields] of all)
      for (const field of fields)
        this.seeds.beginFrom(copy.source, copy.node, copy.point, copy.target, [name], field, copy.at, {
          kind: "enters",
          field: this.seeds.nameOf(field),
        });
  }

  /** By the objects that it may be, by its written type where no object is known, or by the table whose row it is. */
  private fieldsOf(site: CallSite, into: ValueId): Fields {
    const found = new Map<string, Set<FieldId>>();
    const add = (name: string, field: FieldId): void => {
      const fields = found.get(name);
      if (fields === undefined) found.set(name, new Set([field]));
      else fields.add(field);
    };
    for (const object of this.pointsTo.valuesOf(site.caller, into))
      for (const [name, fields] of this.members.of(object)) for (const field of fields) add(name, field);
    const span = operandsOfSite(site).arguments.find(({ value }) => value === into)?.at;
    if (span !== undefined)
      for (const { path, field } of this.resolver.childDataIn(site.caller.file, span))
        if (path.length === 1) add(path[0] ?? "", field);
    if (found.size === 0)
      for (const table of this.rows.tablesOf(site.caller, into))
        for (const [name, field] of table.fields) add(name, field);
    return found;
  }

  private isUnknown(node: FunctionNode, value: ValueId): boolean {
    return (
      (this.origins.isOpaque(node, value) || this.origins.isOutside(node, value)) &&
      !this.told.isTypedAlready(node, value)
    );
  }
}
