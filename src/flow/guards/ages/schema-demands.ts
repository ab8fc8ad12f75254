/**
 * What schemas ask of what they let through, key by key: `z.object({ age: z.number().min(14) })`. Read from how they are
 * made; where one of several schemas may hold, nothing is known to be asked.
 */
import type { Span } from "../../../base/location.js";
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Address, DemandsRole, Role } from "../../../contracts/model.js";
import { stepPaths } from "../../models/address-facts.js";
import { operandsAt, valuesAt } from "../../models/address-values.js";
import { clearedPaths } from "../../models/overwriting.js";
import type { SiteModels } from "../../models/site-models.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { literalAt } from "./schema-literals.js";

/** A call, or what is written into a schema that is a plain object. */
export type Saying = Pick<CallSite, "caller" | "point"> & { readonly instruction: { readonly at: Span } };

export interface Demand {
  readonly path: readonly string[];
  /** How many keys lead to what may be missing: nothing is asked then. */
  readonly spared: ReadonlySet<number>;
  /** What says so. */
  readonly site: Saying;
  readonly asks:
    | { readonly operator: "<" | "<=" | ">" | ">="; readonly limit: ValueId }
    | { readonly functions: readonly FunctionNode[]; readonly answer: "yes" | "nothing" };
}

interface Schema {
  readonly demands: readonly Demand[];
  readonly mayLack: boolean;
}

interface Named<R extends Role> {
  readonly role: R;
  readonly names: readonly string[];
}

type SchemaRole = Extract<Role, { kind: "schema" }>;

const unknown: Schema = { demands: [], mayLack: false };
const element = "[]";
/** Schemas that hold themselves unfold to this depth of keys. */
const longestPath = 6;
const operators = { least: ">=", above: ">", most: "<=", below: "<" } as const;

export class SchemaDemands {
  private readonly known = new Map<number, Schema>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  of(value: AbstractValue): readonly Demand[] {
    return this.read(value).demands;
  }

  /** Functions that are asked about one key each: `age: z.number().refine((n) => n >= 14)`. */
  keyFunctions(isMeant: (name: string) => boolean): ReadonlyMap<FunctionNode, string> {
    const found = new Map<FunctionNode, string>();
    for (const node of this.pointsTo.program.functions)
      for (const instruction of node.code) {
        if (instruction.kind !== "store" || instruction.property.kind !== "name") continue;
        const { name } = instruction.property;
        if (!isMeant(name)) continue;
        for (const { path, asks } of this.only(this.pointsTo.valuesOf(node, instruction.value)).demands)
          if (path.length === 0 && "functions" in asks)
            for (const each of asks.functions) found.set(each, name);
      }
    return found;
  }

  private read(value: AbstractValue): Schema {
    if (value.kind !== "object" && value.kind !== "foreign") return unknown;
    const known = this.known.get(value.id);
    if (known !== undefined) return known;
    // A schema met again while it is being read adds nothing to itself.
    this.known.set(value.id, unknown);
    const found =
      value.kind === "object"
        ? { demands: this.ofLiteral(value.site), mayLack: false }
        : this.ofCall(value.site);
    this.known.set(value.id, found);
    return found;
  }

  private only(values: Iterable<AbstractValue>): Schema {
    const [value, ...others] = values;
    return value === undefined || others.length > 0 ? unknown : this.read(value);
  }

  private ofCall(site: string | null): Schema {
    const made = site === null ? undefined : this.pointsTo.sites.get(site);
    if (made === undefined) return unknown;
    const roles = this.models
      .at(made)
      .flatMap(({ model, names }) => model.roles.map((role) => ({ role, names })));
    const asking = roles.flatMap(({ role, names }) => (role.kind === "demands" ? [{ role, names }] : []));
    let { demands, mayLack } = this.ofFields(made, roles, asking);
    for (const { role, names } of roles) {
      if (role.kind !== "clear" || role.target.root.kind !== "return") continue;
      const cleared = clearedPaths(this.pointsTo, made, role.target, names);
      demands = demands.filter(({ path }) => path.length > 0 && !cleared.some((keys) => isUnder(path, keys)));
    }
    for (const { role, names } of asking) {
      demands = [...demands, ...this.own(made, role, names, mayLack)];
      if (role.spares !== null) {
        mayLack ||= role.spares.steps.length === 0;
        demands = this.spared(made, role.spares, names, demands, true);
      }
      if (role.wants !== null) {
        mayLack &&= role.wants.steps.length > 0;
        demands = this.spared(made, role.wants, names, demands, false);
      }
    }
    return { demands, mayLack };
  }

  /** What the schemas ask that this one is made of. */
  private ofFields(
    made: CallSite,
    roles: readonly Named<Role>[],
    asking: readonly Named<DemandsRole>[],
  ): Schema {
    const adds = asking.some(({ role }) => role.adds);
    let demands: readonly Demand[] = [];
    let mayLack = false;
    for (const { role, names } of roles) {
      // One of several is enough.
      if (role.kind !== "schema" || (role.fields.length > 1 && !adds)) continue;
      for (const address of role.fields) {
        if (address.root.kind === "type") continue;
        const inner = this.ofAddress(made, role, address, names);
        if (adds && address.root.kind !== "this") {
          const keys = this.keysOf(valuesAt(this.pointsTo, made, address, names), 0);
          demands = demands.filter(
            ({ path: [key] }) => keys !== null && (key === undefined || !keys.has(key)),
          );
        }
        demands = [...demands, ...inner.demands];
        mayLack ||= inner.mayLack && role.wraps === "same";
      }
    }
    return { demands, mayLack };
  }

  private ofAddress(
    made: CallSite,
    { wraps }: SchemaRole,
    address: Address,
    names: readonly string[],
  ): Schema {
    const last = address.steps.at(-1);
    if (address.steps.length > 1 || (last !== undefined && last.kind !== "entry")) return unknown;
    const whole = last === undefined ? address : { ...address, steps: [] };
    const found = this.only(valuesAt(this.pointsTo, made, whole, names));
    if (last === undefined)
      return wraps === "array" ? { demands: under(element, found.demands), mayLack: false } : found;
    const keys = stepPaths(this.pointsTo, made, [last], names)?.alternatives ?? [];
    return {
      demands: found.demands.filter(({ path }) => keys.some(([key]) => key === path[0])),
      mayLack: false,
    };
  }

  private own(
    site: CallSite,
    role: DemandsRole,
    names: readonly string[],
    mayLack: boolean,
  ): readonly Demand[] {
    // A limit is not asked of what is not there, a function is.
    const limits = limitsOf(role).flatMap(({ operator, address }) => {
      const [said, ...others] = this.limitsAt(site, address);
      const spared = new Set(mayLack ? [0] : []);
      return said === undefined || others.length > 0
        ? []
        : [{ path: [], spared, site: said.site, asks: { operator, limit: said.limit } }];
    });
    const functions = (["holds", "heeds"] as const).flatMap((key) => {
      const values = role[key] === null ? [] : valuesAt(this.pointsTo, site, role[key], names);
      const called = values.flatMap((each) => (each.kind === "function" ? [each.function] : []));
      const answer = key === "holds" ? ("yes" as const) : ("nothing" as const);
      return called.length === 0 || called.length < values.length
        ? []
        : [{ path: [], spared: new Set<number>(), site, asks: { functions: called, answer } }];
    });
    const also =
      role.also === null
        ? []
        : operandsAt(site, role.also).flatMap(
            (value) => this.only(this.pointsTo.valuesOf(site.caller, value)).demands,
          );
    return [...limits, ...functions, ...also];
  }

  /** A limit is an argument, or is written into an object that is one: `Integer({ minimum: 14 })`. */
  private limitsAt(
    site: CallSite,
    address: Address,
  ): readonly { readonly site: Saying; readonly limit: ValueId }[] {
    const operands = operandsAt(site, address);
    const [step, ...deeper] = address.steps;
    if (step === undefined) return operands.map((limit) => ({ site, limit }));
    if (step.kind !== "property" || deeper.length > 0) return [];
    const [options, ...others] = operands.flatMap((each) => [...this.pointsTo.valuesOf(site.caller, each)]);
    if (options?.kind !== "object" || others.length > 0) return [];
    const { node, stores = [] } = literalAt(this.pointsTo, options.site) ?? {};
    if (node === undefined) return [];
    const isKnown = stores.every(
      ({ written }) => written.kind === "store" && written.property.kind === "name",
    );
    return stores.flatMap(({ point, written }) =>
      isKnown &&
      written.kind === "store" &&
      written.property.kind === "name" &&
      written.property.name === step.name
        ? [{ site: { caller: node, point, instruction: { at: written.at } }, limit: written.value }]
        : [],
    );
  }

  /** With what may be missing there, or has to be there. */
  private spared(
    made: CallSite,
    { steps }: Address,
    names: readonly string[],
    demands: readonly Demand[],
    isSpared: boolean,
  ): readonly Demand[] {
    const places = stepPaths(this.pointsTo, made, steps, names)?.alternatives ?? [];
    return demands.map((demand) => {
      const spared = new Set(demand.spared);
      for (const place of places) {
        if (!isUnder(demand.path, place)) continue;
        if (isSpared) spared.add(place.length);
        else spared.delete(place.length);
      }
      return { ...demand, spared };
    });
  }

  /** The keys of what is added to a schema; null: they are not known. */
  private keysOf(values: readonly AbstractValue[], depth: number): ReadonlySet<string> | null {
    const found = new Set<string>();
    for (const value of values) {
      const keys = depth > longestPath ? null : this.keysOfValue(value, depth);
      if (keys === null) return null;
      for (const key of keys) found.add(key);
    }
    return values.length === 0 ? null : found;
  }

  private keysOfValue(value: AbstractValue, depth: number): ReadonlySet<string> | null {
    if (value.kind === "object") {
      const literal = literalAt(this.pointsTo, value.site);
      if (literal === null) return null;
      const parts = literal.stores.map(({ written: store }) =>
        store.kind === "copy-properties"
          ? this.keysOf([...this.pointsTo.valuesOf(literal.node, store.source)], depth + 1)
          : store.property.kind === "name"
            ? new Set([store.property.name])
            : null,
      );
      return parts.includes(null) ? null : new Set(parts.flatMap((part) => [...(part ?? [])]));
    }
    const made =
      value.kind === "foreign" && value.site !== null ? this.pointsTo.sites.get(value.site) : undefined;
    if (made === undefined) return null;
    const fields = this.models
      .at(made)
      .flatMap(({ model, names }) =>
        model.roles.flatMap((role) =>
          role.kind === "schema" ? role.fields.map((address) => ({ address, names })) : [],
        ),
      );
    // More keys than it has do no harm: less is taken for asked.
    return this.keysOf(
      fields.flatMap(({ address, names }) =>
        valuesAt(
          this.pointsTo,
          made,
          address.steps.at(-1)?.kind === "entry"
            ? { ...address, steps: address.steps.slice(0, -1) }
            : address,
          names,
        ),
      ),
      depth + 1,
    );
  }

  private ofLiteral(site: string): readonly Demand[] {
    const literal = literalAt(this.pointsTo, site);
    if (literal === null) return [];
    const { node, stores } = literal;
    let found: readonly Demand[] = [];
    for (const { written: store } of stores) {
      const keys =
        store.kind === "copy-properties"
          ? this.keysOf([...this.pointsTo.valuesOf(node, store.source)], 0)
          : store.property.kind === "name"
            ? new Set([store.property.name])
            : null;
      found = found.filter(({ path: [key] }) => keys !== null && key !== undefined && !keys.has(key));
      if (store.kind === "copy-properties")
        found = [...found, ...this.only(this.pointsTo.valuesOf(node, store.source)).demands];
      else if (store.property.kind === "name")
        found = [
          ...found,
          ...under(store.property.name, this.only(this.pointsTo.valuesOf(node, store.value)).demands),
        ];
    }
    return found;
  }
}

/** The limits that a role speaks of. */
export function limitsOf(
  role: DemandsRole,
): readonly { readonly operator: (typeof operators)[keyof typeof operators]; readonly address: Address }[] {
  return (["least", "above", "most", "below"] as const).flatMap((key) => {
    const address = role[key];
    return address === null ? [] : [{ operator: operators[key], address }];
  });
}

function isUnder(path: readonly string[], place: readonly string[]): boolean {
  return (
    place.length <= path.length &&
    place.every((key, index) => key === path[index] || (key === "*" && path[index] !== element))
  );
}

export function under(name: string, demands: readonly Demand[]): readonly Demand[] {
  return demands
    .filter(({ path }) => path.length < longestPath)
    .map((demand) => ({
      ...demand,
      path: [name, ...demand.path],
      spared: new Set([...demand.spared].map((length) => length + 1)),
    }));
}
