/**
 * Functions that a schema puts values through before they come out (`z.string().transform(seal)`): of the whole value,
 * or of one of its keys. The innermost comes first.
 */
import type { Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { selectModels } from "../models/select-models.js";

/** What stands at the path goes into one of the functions, and what that gives stands there instead. */
export interface SchemaChange {
  readonly path: readonly string[];
  readonly functions: readonly FunctionNode[];
}

type SchemaRole = Extract<Role, { kind: "schema" }>;

/** Schemas may hold themselves. */
const deepest = 8;

export class SchemaChanges {
  constructor(private readonly pointsTo: PointsTo) {}

  /** Of what a schema lets through as a whole; none where one of several schemas may leave it as it is. */
  of(schemas: Iterable<AbstractValue>, depth = 0): readonly SchemaChange[] {
    const all = [...schemas].map((schema) => this.ofValue(schema, depth));
    const [first = [], ...others] = all;
    if (others.length === 0) return first;
    const isAlike = all.every(
      (each) => each.length === 1 && each[0]?.path.join(".") === first[0]?.path.join("."),
    );
    return isAlike
      ? [{ path: first[0]?.path ?? [], functions: all.flatMap(([each]) => each?.functions ?? []) }]
      : [];
  }

  /** Of what a call says of the schema that it makes: its own, behind those of what it makes it of. */
  ofRole(
    made: CallSite,
    { through }: SchemaRole,
    names: readonly string[],
    depth = 0,
  ): readonly SchemaChange[] {
    if (through == null) return [];
    const values = valuesAt(this.pointsTo, made, through, names);
    const functions = values.flatMap((value) => (value.kind === "function" ? [value.function] : []));
    if (functions.length === 0) return this.of(values, depth + 1);
    return functions.length === values.length ? [{ path: [], functions }] : [];
  }

  private ofValue(schema: AbstractValue, depth: number): readonly SchemaChange[] {
    const made =
      schema.kind === "foreign" && schema.site !== null ? this.pointsTo.sites.get(schema.site) : undefined;
    if (made === undefined || depth > deepest) return [];
    return [...made.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, made, callee).flatMap(({ model, names }): readonly SchemaChange[] => {
        const role = model.roles.find((each) => each.kind === "schema");
        if (role === undefined) return [];
        const own = this.ofRole(made, role, names, depth);
        const inner = role.fields.flatMap((address) => valuesAt(this.pointsTo, made, address, names));
        const before = this.of(inner, depth + 1);
        return [...(role.wraps === "array" ? inside("[]", before) : before), ...own];
      }),
    );
  }
}

/** The same of what stands under a name. */
export function inside(name: string, changes: readonly SchemaChange[]): readonly SchemaChange[] {
  return changes.map(({ path, functions }) => ({ path: [name, ...path], functions }));
}
