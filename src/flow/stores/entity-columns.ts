/**
 * What is known of the columns of a class or of a schema. Those of an object within the rows (an embedded class, a nested
 * path, a schema in a schema) have the whole way as their name: `address.street`.
 */
import type { Address, Role } from "../../contracts/model.js";
import type { Protection } from "../../contracts/flow.js";
import type { Seal } from "../../contracts/seal.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt, valuesFrom } from "../models/address-values.js";
import type { Decoration, Decorations } from "../models/decorations.js";
import { conditionHolds, selectModels } from "../models/select-models.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { chainOf } from "../program/class-chain.js";
import type { ClassNode } from "../program/program.js";
import { judgeKey } from "../protection/protection.js";
import { columnFunctions } from "./column-functions.js";
import { only } from "./entity-names.js";
import type { Column } from "./entity.js";

type RoleOf<Kind extends Role["kind"]> = Extract<Role, { kind: Kind }>;

const deepest = 6;

const unnamed: Column = {
  name: null,
  through: [],
  inTurn: false,
  each: false,
  sealed: null,
  hidden: false,
  saved: false,
};

/** A schema that stands for a part of the rows of another. */
export interface SchemaWithin {
  readonly schema: AbstractValue;
  readonly path: readonly string[];
}

export class EntityColumns {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly decorations: Decorations,
  ) {}

  ofClass(home: ClassNode, around: readonly ClassNode[] = []): ReadonlyMap<string, Column> {
    const columns = new Map<string, Column>();
    for (const each of chainOf(this.pointsTo, home))
      if (each.kind === "class") this.membersOf(each.class, [...around, home], columns);
    return columns;
  }

  private membersOf(home: ClassNode, around: readonly ClassNode[], columns: Map<string, Column>): void {
    for (const member of home.graph.members) {
      if (member.name.kind !== "name" || columns.has(member.name.name)) continue;
      const { name } = member.name;
      for (const each of this.decorations.ofMember(home, name))
        for (const role of each.match.model.roles) {
          if (role.kind !== "column") continue;
          const at = (address: Address): readonly AbstractValue[] =>
            valuesAt(this.pointsTo, each.site, address, each.match.names);
          columns.set(name, {
            name: this.firstText(role.name, at),
            ...columnFunctions(this.pointsTo, role.through, at),
            each: false,
            sealed: this.sealedAt(each, role.seals ?? []),
            hidden: this.firstText(role.read, at) === "false",
            saved: role.saved,
            within: role.within,
          });
          for (const part of role.parts.flatMap(at))
            if (part.kind === "class" && !around.includes(part.class))
              add(columns, name, this.ofClass(part.class, around));
        }
    }
  }

  ofSchemas(
    site: CallSite,
    role: RoleOf<"entity">,
    schemas: readonly AbstractValue[],
    around: readonly AbstractValue[] = [],
  ): ReadonlyMap<string, Column> {
    const columns = new Map<string, Column>();
    if (role.column.length + role.through.length + role.read.length === 0) return columns;
    for (const object of this.definitions(schemas)) {
      if (around.includes(object) || around.length > deepest) continue;
      for (const [key, { values }] of this.pointsTo.fieldsOf(object)) {
        if (key === "*" || key === "[]") continue;
        const at = (address: Address): readonly AbstractValue[] =>
          valuesFrom(this.pointsTo, site, [...values], address);
        columns.set(key, {
          name: this.firstText(role.column, at),
          ...this.functionsOf(site, role, [...values], this.definitionIn(schemas)),
          sealed: null,
          hidden: this.firstText(role.read, at) === "false",
          saved: false,
        });
        const parts = this.partsOf([...values], this.definitionIn(schemas), 0);
        if (parts.length > 0) add(columns, key, this.ofSchemas(site, role, parts, [...around, object]));
      }
    }
    return columns;
  }

  /** With the functions that a schema is given later for a column: `schema.path("phone").set(seal)`. */
  withPaths(
    site: CallSite,
    role: RoleOf<"entity">,
    schemas: readonly AbstractValue[],
    columns: ReadonlyMap<string, Column>,
  ): ReadonlyMap<string, Column> {
    const place = role.paths?.steps.at(-1);
    if (place?.kind !== "property") return columns;
    const found = new Map(columns);
    const begin = `${place.name}=`;
    for (const schema of schemas)
      for (const [field, { values }] of this.pointsTo.fieldsOf(schema)) {
        const name = field.slice(begin.length);
        const known = columns.get(name) ?? unnamed;
        if (!field.startsWith(begin) || name === "*" || known.through.length > 0) continue;
        const own = this.functionsOf(site, role, [...values], null);
        if (own.through.length > 0) found.set(name, { ...known, ...own });
      }
    return found;
  }

  /** Of the column itself, or of each element of a list: `[{ type: String, set: seal }]`. */
  private functionsOf(
    site: CallSite,
    { through }: RoleOf<"entity">,
    values: readonly AbstractValue[],
    definition: string | null,
  ): Pick<Column, "through" | "inTurn" | "each"> {
    const among = (held: readonly AbstractValue[]): Pick<Column, "through" | "inTurn"> =>
      columnFunctions(this.pointsTo, through, (address) => valuesFrom(this.pointsTo, site, held, address));
    const own = among(values);
    const elements = own.through.length > 0 ? [] : this.elementsOf(values, definition);
    const each = among(elements);
    return each.through.length > 0 ? { ...each, each: true } : { ...own, each: false };
  }

  private elementsOf(values: readonly AbstractValue[], definition: string | null): readonly AbstractValue[] {
    const held = (value: AbstractValue, name: string): readonly AbstractValue[] => [
      ...this.pointsTo.fieldNode(value, name).values,
    ];
    return values.flatMap((value) => {
      if (value.kind !== "object") return [];
      const lists = value.array ? [value] : definition === null ? [] : held(value, definition);
      return lists.flatMap((list) => (list.kind === "object" && list.array ? held(list, "*") : []));
    });
  }

  /** The objects of keys behind schemas that are made of them. */
  definitions(schemas: readonly AbstractValue[], depth = 0): readonly AbstractValue[] {
    return schemas.flatMap((schema): readonly AbstractValue[] =>
      schema.kind === "object"
        ? [schema]
        : depth > deepest
          ? []
          : this.schemaRoles(schema).flatMap(({ made, role, names }) =>
              this.definitions(
                role.fields.flatMap((address) => valuesAt(this.pointsTo, made, address, names)),
                depth + 1,
              ),
            ),
    );
  }

  /** Schemas that stand for parts of rows, and the names that lead to them. */
  within(schemas: readonly AbstractValue[], depth = 0): readonly SchemaWithin[] {
    if (depth > deepest) return [];
    const definition = this.definitionIn(schemas);
    return this.definitions(schemas).flatMap((object) =>
      [...this.pointsTo.fieldsOf(object)].flatMap(([key, { values }]) => {
        const parts = key === "*" || key === "[]" ? [] : this.partsOf([...values], definition, 0);
        return [
          ...parts.map((schema): SchemaWithin => ({ schema, path: [key] })),
          ...this.within(parts, depth + 1).map(({ schema, path }) => ({ schema, path: [key, ...path] })),
        ];
      }),
    );
  }

  private schemaRoles(
    schema: AbstractValue,
  ): { readonly made: CallSite; readonly role: RoleOf<"schema">; readonly names: readonly string[] }[] {
    const made =
      schema.kind === "foreign" && schema.site !== null ? this.pointsTo.sites.get(schema.site) : undefined;
    if (made === undefined) return [];
    return [...made.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, made, callee).flatMap(({ model, names }) =>
        model.roles.flatMap((role) => (role.kind === "schema" ? [{ made, role, names }] : [])),
      ),
    );
  }

  /** Under which key of a column's definition stands what it is: `type`. */
  private definitionIn(schemas: readonly AbstractValue[]): string | null {
    const [first = null, ...others] = new Set(
      schemas.flatMap((each) => this.schemaRoles(each).map(({ role }) => role.definition ?? null)),
    );
    return others.length === 0 ? first : null;
  }

  /** What holds the keys of a part: an object of them, a schema, a list of one, or a definition that says so. */
  private partsOf(
    values: readonly AbstractValue[],
    definition: string | null,
    depth: number,
  ): readonly AbstractValue[] {
    if (definition === null || depth > deepest) return [];
    return values.flatMap((value): readonly AbstractValue[] => {
      if (value.kind === "foreign") return this.schemaRoles(value).length > 0 ? [value] : [];
      if (value.kind !== "object") return [];
      const told = [...this.pointsTo.fieldNode(value, value.array ? "*" : definition).values];
      // A key of its own that is called so: `{ type: { type: String }, number: String }`.
      if (!value.array && told.some((each) => this.isDefinition(each, definition))) return [value];
      return value.array || told.length > 0 ? this.partsOf(told, definition, depth + 1) : [value];
    });
  }

  private isDefinition(value: AbstractValue, definition: string): boolean {
    return (
      value.kind === "object" && !value.array && this.pointsTo.fieldNode(value, definition).values.size > 0
    );
  }

  /** A decorator that lets a package encrypt the column. */
  private sealedAt({ site, match: { names } }: Decoration, seals: readonly Seal[]): Protection | null {
    const seal = seals.find(({ when }) =>
      when.every((condition) => conditionHolds(this.pointsTo, site, condition, names)),
    );
    return seal === undefined ? null : judgeKey(this.pointsTo, site, seal.key, names, seal.by);
  }

  private firstText(
    addresses: readonly Address[],
    at: (address: Address) => readonly AbstractValue[],
  ): string | null {
    return only(addresses.map((address) => foldValues(this.pointsTo, at(address))));
  }
}

/** The name in the table and what a read leaves out are those of the whole part. */
function add(columns: Map<string, Column>, name: string, parts: ReadonlyMap<string, Column>): void {
  for (const [each, column] of parts)
    columns.set(`${name}.${each}`, { ...column, name: null, hidden: false, saved: false });
}

/** What is known of the columns of a part, by their names in it. */
export function columnsBelow(
  columns: ReadonlyMap<string, Column>,
  name: string,
): ReadonlyMap<string, Column> {
  const before = `${name}.`;
  return new Map(
    [...columns].flatMap(([each, column]) =>
      each.startsWith(before) ? [[each.slice(before.length), column] as const] : [],
    ),
  );
}

/** The column of a part at the begin of a way of names, and how many of them it takes; dots in a name lead on, too. */
export function columnAlong(
  columns: ReadonlyMap<string, Column>,
  names: readonly string[],
): { readonly column: string; readonly length: number } | null {
  for (let length = names.length; length > 0; length -= 1) {
    const way = names.slice(0, length).flatMap((name) => name.split("."));
    const column = way.filter((name) => !/^(?:\d+|\$.*)$/u.test(name)).join(".");
    if (column.includes(".") && columns.has(column)) return { column, length };
  }
  return null;
}
