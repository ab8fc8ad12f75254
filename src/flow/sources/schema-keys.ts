/** Which keys a schema lets through, where it takes away those that it does not name: read from how it is made. */
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { stepPaths } from "../models/address-facts.js";
import { valuesAt } from "../models/address-values.js";
import { isElement } from "../points-to/alias-names.js";
import { clearedPaths } from "../models/overwriting.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { selectModels } from "../models/select-models.js";

type SchemaRole = Extract<Role, { kind: "schema" }>;

type Closed = NonNullable<SchemaRole["closed"]>;

/** Schemas may hold themselves. */
const deepest = 8;

export class SchemaKeys {
  constructor(private readonly pointsTo: PointsTo) {}

  /** False: all that the schema may be take away what lies at this path. */
  keeps(
    schemas: readonly AbstractValue[],
    path: readonly string[],
    depth = 0,
    closed: Closed = "no",
  ): boolean {
    if (path.length === 0 || schemas.length === 0 || depth > deepest) return true;
    return schemas.some((schema) => this.isKeptBy(schema, path, depth, closed));
  }

  private isKeptBy(schema: AbstractValue, path: readonly string[], depth: number, before: Closed): boolean {
    if (schema.kind === "object") return this.isInLiteral(schema, path, depth, before);
    const made =
      schema.kind === "foreign" && schema.site !== null ? this.pointsTo.sites.get(schema.site) : undefined;
    if (made === undefined) return true;
    const models = [...made.foreign].flatMap((callee) => selectModels(this.pointsTo, made, callee));
    const roles = models.flatMap(({ model, names }) =>
      model.roles.flatMap((role) => (role.kind === "schema" ? [{ role, names }] : [])),
    );
    const own = roles.find(({ role: { closed = "no" } }) => closed !== "no")?.role.closed ?? "no";
    const closed = before === "deep" || own === "no" ? before : own;
    // A leaf, or what a function makes of the value.
    if (roles.length === 0 || (closed === "no" && roles.some(({ role }) => role.open === true))) return true;
    const isCleared = models.some(({ model, names }) =>
      model.roles.some(
        (role) =>
          role.kind === "clear" &&
          role.target.root.kind === "return" &&
          clearedPaths(this.pointsTo, made, role.target, names).some(
            (keys) => keys.length > 0 && keys.every((key, index) => key === path[index]),
          ),
      ),
    );
    return (
      !isCleared && roles.some(({ role, names }) => this.isKeptByRole(made, role, names, path, depth, closed))
    );
  }

  private isKeptByRole(
    made: CallSite,
    { fields, wraps }: SchemaRole,
    names: readonly string[],
    path: readonly string[],
    depth: number,
    closed: Closed,
  ): boolean {
    const [first = "", ...rest] = path;
    if (wraps === "array" && !isElement(first)) return true;
    const below = wraps === "array" ? rest : path;
    return fields.some((address) => this.isKeptAt(made, address, names, below, depth, closed));
  }

  /** `this[arg0<keys>]`: some keys of another schema. */
  private isKeptAt(
    made: CallSite,
    address: Address,
    names: readonly string[],
    path: readonly string[],
    depth: number,
    closed: Closed,
  ): boolean {
    const last = address.steps.at(-1);
    if (last?.kind !== "entry") {
      const values = valuesAt(this.pointsTo, made, address, names);
      return values.length > 0 && this.keeps(values, path, depth + 1, closed);
    }
    const keys = stepPaths(this.pointsTo, made, [last], names)?.alternatives ?? [];
    const isMeant = keys.some(([key]) => key === path[0] || key === "*" || key === undefined);
    const whole = { ...address, steps: address.steps.slice(0, -1) };
    return isMeant && this.keeps(valuesAt(this.pointsTo, made, whole, names), path, depth + 1, closed);
  }

  /** The keys of an object literal, and those of what is spread into it. */
  private isInLiteral(
    { site, array }: Extract<AbstractValue, { kind: "object" }>,
    [first = "", ...rest]: readonly string[],
    depth: number,
    closed: Closed,
  ): boolean {
    const [owner, point] = site.split(":").map(Number);
    const node = owner === undefined ? undefined : this.pointsTo.program.functions[owner];
    const made = point === undefined ? undefined : node?.code[point];
    if (node === undefined || array || made?.kind !== "object" || !/^[\w$-]+$/u.test(first)) return true;
    return (node.uses[made.out] ?? []).some((use) => {
      const store = node.code[use];
      if (store?.kind === "copy-properties" && store.target === made.out)
        return this.keeps(
          [...this.pointsTo.valuesOf(node, store.source)],
          [first, ...rest],
          depth + 1,
          closed,
        );
      if (store?.kind !== "store" || store.object !== made.out) return false;
      if (store.property.kind !== "name") return true;
      if (store.property.name !== first) return false;
      const inner = [...this.pointsTo.valuesOf(node, store.value)];
      // What a schema writes out below its own keys is as open as schemas of the kind are.
      if (closed === "keys" && inner.some(({ kind }) => kind === "object")) return true;
      return this.keeps(inner, rest, depth + 1, closed === "deep" ? closed : "no");
    });
  }
}
