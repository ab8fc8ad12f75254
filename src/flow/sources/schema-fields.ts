/**
 * The marked keys of a schema value (`z.object({ … })` and what is made from it), read from its object literals. A class
 * that stands for one (`plainToInstance(Child, row)`) has those that it declares.
 */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { stepPaths } from "../models/address-facts.js";
import { valuesAt } from "../models/address-values.js";
import { clearedPaths } from "../models/overwriting.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";
import { inside, SchemaChanges, type SchemaChange } from "./schema-changes.js";
import { selectModels } from "../models/select-models.js";
import { typeArgumentOf, WrittenSchemas } from "./written-schemas.js";
import type { WrittenType, WrittenTypes } from "./written-types.js";

export interface SchemaField {
  readonly path: readonly string[];
  readonly field: FieldId;
  /** What its value goes through before it comes out. */
  readonly through: readonly SchemaChange[];
}

/** Schemas that hold themselves unfold to this depth of keys. */
const longestPath = 6;

/** Reads schemas; each value once, since schemas are built from schemas that many others share. */
export class SchemaFields {
  private readonly known = new Map<number, readonly SchemaField[]>();
  private readonly changes: SchemaChanges;
  private readonly written: WrittenSchemas;

  /** `markedIn`: the marked parts of what a type describes. */
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly annotations: AnnotationTable,
    types: WrittenTypes,
    private readonly markedIn: (written: WrittenType) => readonly SchemaField[],
  ) {
    this.changes = new SchemaChanges(pointsTo);
    this.written = new WrittenSchemas(pointsTo, types);
  }

  of(values: Iterable<AbstractValue>): readonly SchemaField[] {
    const found = new Map<string, SchemaField>();
    for (const value of values)
      for (const each of this.ofValue(value)) found.set(`${each.path.join(".")}|${each.field}`, each);
    return [...found.values()];
  }

  private ofValue(value: AbstractValue): readonly SchemaField[] {
    if (value.kind === "class") return this.ofClass(value.class);
    if (value.kind !== "object" && value.kind !== "foreign") return [];
    const known = this.known.get(value.id);
    if (known !== undefined) return known;
    // A schema met again while it is being read adds nothing to itself.
    this.known.set(value.id, []);
    const found = value.kind === "object" ? this.ofLiteral(value.site) : this.ofCall(value.site);
    this.known.set(value.id, found);
    return found;
  }

  private ofClass({ file, graph: { name } }: ClassNode): readonly SchemaField[] {
    return name === "" ? [] : this.markedIn({ file, type: { kind: "named", name, arguments: [] } });
  }

  private ofCall(site: string | null): readonly SchemaField[] {
    const made = site === null ? undefined : this.pointsTo.sites.get(site);
    if (made === undefined) return [];
    let found = this.written.typesOf(made).flatMap((written) => [...this.markedIn(written)]);
    for (const callee of made.foreign) {
      for (const { model, names } of selectModels(this.pointsTo, made, callee)) {
        for (const role of model.roles) {
          if (role.kind !== "schema") continue;
          const all = role.fields.flatMap((address) => this.ofAddress(made, address, names));
          const inner =
            role.definition == null ? all : all.map((each) => defined(each, role.definition ?? ""));
          const own = this.changes.ofRole(made, role, names);
          const changed =
            own.length === 0 ? inner : inner.map((each) => ({ ...each, through: [...each.through, ...own] }));
          found.push(...(role.wraps === "array" ? under("[]", changed) : changed));
        }
        for (const role of model.roles)
          if (role.kind === "clear" && role.target.root.kind === "return")
            found = without(found, clearedPaths(this.pointsTo, made, role.target, names));
      }
    }
    return found;
  }

  /** The fields of the schemas at an address; `this[arg0<keys>]` are those of some keys of `this`. */
  private ofAddress(made: CallSite, address: Address, names: readonly string[]): readonly SchemaField[] {
    if (address.root.kind === "type") {
      const written = typeArgumentOf(made, address.root.index);
      return written === null ? [] : this.markedIn(written);
    }
    const last = address.steps.at(-1);
    if (last?.kind !== "entry") return this.of(valuesAt(this.pointsTo, made, address, names));
    const whole = { ...address, steps: address.steps.slice(0, -1) };
    const keys = stepPaths(this.pointsTo, made, [last], names)?.alternatives ?? [];
    const fields = this.of(valuesAt(this.pointsTo, made, whole, names));
    return fields.filter(({ path }) => keys.some(([key]) => key === path[0] || key === "*"));
  }

  /** `[{ phone: String }]`: a list of objects of these keys. */
  private ofElements(site: string): readonly SchemaField[] {
    const list = this.pointsTo.values.object(site, true);
    return under("[]", this.of(this.pointsTo.fieldNode(list, "*").values));
  }

  private ofLiteral(site: string): readonly SchemaField[] {
    const [owner, point] = site.split(":").map(Number);
    const node = owner === undefined ? undefined : this.pointsTo.program.functions[owner];
    const made = point === undefined ? undefined : node?.code[point];
    if (node !== undefined && made?.kind === "array") return this.ofElements(site);
    if (node === undefined || made?.kind !== "object") return [];
    const found: SchemaField[] = [];
    for (const use of node.uses[made.out] ?? []) {
      const store = node.code[use];
      if (store?.kind === "copy-properties" && store.target === made.out)
        found.push(...this.of(this.pointsTo.valuesOf(node, store.source)));
      if (store?.kind !== "store" || store.object !== made.out || store.property.kind !== "name") continue;
      const { name } = store.property;
      const field = this.annotations.byDeclaration.get(declarationId(node.file, store.nameAt[0]));
      if (field !== undefined) {
        const through = this.changes.of(this.pointsTo.valuesOf(node, store.value));
        found.push({ path: [name], field, through: inside(name, through) });
      } else found.push(...under(name, this.of(this.pointsTo.valuesOf(node, store.value))));
    }
    return found;
  }
}

/** `guardian: { type: guardianSchema }` means what `guardian: guardianSchema` does. */
function defined(each: SchemaField, definition: string): SchemaField {
  const [first, ...rest] = each.path;
  return {
    ...each,
    path: first === undefined ? each.path : [first, ...rest.filter((name) => name !== definition)],
  };
}

/** A schema from which keys are taken out (`omit`). */
function without(fields: readonly SchemaField[], cleared: readonly (readonly string[])[]): SchemaField[] {
  return fields.filter(
    ({ path }) =>
      !cleared.some((keys) => keys.length <= path.length && keys.every((key, index) => key === path[index])),
  );
}

function under(name: string, fields: readonly SchemaField[]): SchemaField[] {
  return fields
    .filter(({ path }) => path.length < longestPath)
    .map(({ path, field, through }) => ({ path: [name, ...path], field, through: inside(name, through) }));
}
