/** Which columns a write names, whatever is put into them. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { foldParts, operandsAt, valuesAt } from "../models/address-values.js";
import { copiesInto, isRestOfAnother } from "../program/copies.js";
import { DeclaredColumns } from "../stores/declared-columns.js";
import { isFixed } from "../deletion/fixed-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { statementsAt } from "../stores/sql-sinks.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { ReadValues } from "../program/read-values.js";
import type { Writers } from "../points-to/writers.js";
import { operandsWritten } from "../heap/written-literals.js";

type RoleOf<K extends Role["kind"]> = Extract<Role, { kind: K }>;

export interface WrittenColumns {
  readonly names: ReadonlySet<string>;
  /** Those of them that are put into what was there before: `child.name = name`. */
  readonly assigned: ReadonlySet<string>;
  /** There may be others. */
  readonly isOpen: boolean;
}

const nothing: ReadonlySet<string> = new Set();

const deepest = 4;
/** `Object.assign(child, patch)`, `repository.merge(child, patch)`, `document.set(patch)` */
const joining = /(?:^|\.)(?:assign|merge|extend|set|setAttributes|patch|fill)$/u;

export class ColumnsOfWrites {
  private readonly declared: DeclaredColumns;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
  ) {
    this.declared = new DeclaredColumns(pointsTo);
  }

  /** By table, of the statements that change rows. */
  ofStatements(
    site: CallSite,
    role: RoleOf<"sql">,
    names: readonly string[],
    read?: ReadValues,
  ): Map<string, WrittenColumns> {
    const found = new Map<string, WrittenColumns & { names: Set<string>; isOpen: boolean }>();
    const of = (table: string): { names: Set<string>; isOpen: boolean } => {
      let known = found.get(table);
      if (known === undefined)
        found.set(table, (known = { names: new Set<string>(), assigned: nothing, isOpen: false }));
      return known;
    };
    for (const statement of statementsAt(this.pointsTo, site, role, names, read)) {
      if (statement === null) of("*").isOpen = true;
      for (const { table, column, source } of statement?.writes ?? []) {
        if (column === null) of(table).isOpen = true;
        else if (source.kind !== "literal") of(table).names.add(column);
      }
      if (statement?.complete === false) for (const table of statement.written) of(table).isOpen = true;
    }
    return found;
  }

  ofStore(site: CallSite, role: RoleOf<"store">, names: readonly string[]): WrittenColumns {
    const found = new Set<string>();
    if (role.column != null) {
      const folded = foldParts(this.pointsTo, site, [role.column], names);
      // `merge(["name", "class"])` names several.
      const each = folded === "*" ? this.namesAt(site, role.column, names) : [folded];
      return { names: new Set(each ?? []), assigned: nothing, isOpen: each === null };
    }
    const assigned = new Set<string>();
    let isOpen = false;
    for (const address of role.data) {
      if (operandsAt(site, address).length > 0 && this.open(site, address, names, found)) isOpen = true;
      for (const operand of operandsWritten(site, address)) this.assigned(site.caller, operand, assigned);
    }
    return { names: new Set([...found, ...assigned]), assigned, isOpen };
  }

  /** Null: not all of them are told. */
  private namesAt(site: CallSite, address: Address, names: readonly string[]): string[] | null {
    const values = valuesAt(this.pointsTo, site, address, names);
    const told = values.flatMap((each) =>
      each.kind === "constant" && typeof each.value === "string" ? [each.value] : [],
    );
    return told.length === 0 || told.length < values.length ? null : told;
  }

  /** What the function puts into something that it was given or has read: by name, or as a whole. */
  private assigned(node: FunctionNode, operand: ValueId, found: Set<string>): void {
    const origin = originOf(node, operand);
    if (definitionOf(node, origin)?.kind === "object") return;
    for (const each of node.code) {
      if (each.kind === "store" && each.property.kind === "name" && originOf(node, each.object) === origin) {
        if (!isFixed(this.pointsTo, node, each.value)) found.add(each.property.name);
      }
      if (each.kind !== "call" || !joining.test(each.name)) continue;
      const [first, ...others] = each.arguments;
      const isInto = first !== undefined && originOf(node, first.value) === origin;
      const given = isInto ? others : isReceiver(node, each.receiver, origin) ? each.arguments : [];
      for (const { value } of given) {
        for (const part of this.pointsTo.valuesOf(node, value)) this.ofValue(part, found, 0);
        for (const name of this.declared.namesOf(node, value) ?? []) found.add(name);
      }
    }
  }

  private open(site: CallSite, address: Address, names: readonly string[], found: Set<string>): boolean {
    const values = valuesAt(this.pointsTo, site, address, names);
    const operands = operandsWritten(site, address);
    const declared = operands.map((operand) => this.declared.namesOf(site.caller, operand));
    if (values.length === 0) {
      if (declared.length === 0) return operandsAt(site, address).some((each) => this.isUnknown(site, each));
      for (const each of declared) for (const name of each ?? []) found.add(name);
      return declared.includes(null);
    }
    let isOpen = false;
    for (const value of values) if (this.ofValue(value, found, 0)) isOpen = true;
    if (isOpen && declared.length > 0 && !declared.includes(null)) {
      for (const each of declared) for (const name of each ?? []) found.add(name);
      return false;
    }
    return isOpen;
  }

  /** A value of which nothing is known: its properties may be whatever. */
  private isUnknown(site: CallSite, operand: ValueId): boolean {
    return this.pointsTo.valuesOf(site.caller, operand).size === 0;
  }

  /** Notes the names of its properties; true: there may be others. */
  private ofValue(value: AbstractValue, found: Set<string>, depth: number): boolean {
    if (value.kind === "constant" || value.kind === "computed") return false;
    if (value.kind !== "object" || depth > deepest) return true;
    if (value.array) {
      const elements = [...this.pointsTo.fieldNode(value, "*").values];
      return elements.some((each) => this.ofValue(each, found, depth + 1));
    }
    let isOpen = isRestOfAnother(this.pointsTo, value);
    for (const writer of this.writers.ofObject(value))
      if (!isFixed(this.pointsTo, writer.node, writer.value)) found.add(writer.name);
    for (const name of ["*", "[]"])
      isOpen ||= (this.pointsTo.fieldsOf(value).get(name)?.values.size ?? 0) > 0;
    for (const { node, source } of copiesInto(this.pointsTo, value)) {
      const parts = [...this.pointsTo.valuesOf(node, source)];
      const declared = this.declared.namesOf(node, source);
      if (declared !== null) for (const name of declared) found.add(name);
      else if (parts.length === 0 || parts.some((part) => this.ofValue(part, found, depth + 1)))
        isOpen = true;
    }
    return isOpen;
  }
}

function isReceiver(node: FunctionNode, receiver: ValueId | null, origin: ValueId): boolean {
  return receiver !== null && originOf(node, receiver) === origin;
}
