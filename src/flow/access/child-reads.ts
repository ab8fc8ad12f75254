/** Calls that read child data from a store: rows, and what a cache, a file or an index gives as a marked type. */
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import { argumentsFor } from "../program/edge-arguments.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { HeldValues } from "../guards/held-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { newRowsSeen, noteField, type RowsSeen } from "../stores/rows-seen.js";
import type { SeededValue } from "../sources/seeds.js";
import type { SiteModels } from "../models/site-models.js";
import { statementsAt } from "../stores/sql-sinks.js";
import { isSameName } from "../stores/table-names.js";
import { isRightName } from "./authorization-words.js";
import { reforming } from "./row-uses.js";

export interface ChildRead extends Readonly<RowsSeen> {
  readonly site: CallSite;
}

const deepest = 12;
const ofActor = /^(?:password\w*|passwordHash|hash|is[A-Z]\w*|token\w*|refreshToken|mfa\w*|twoFactor\w*)$/u;

export class ChildReads {
  private readonly held: HeldValues;
  /** By function, the values between reads and what is taken for fields. */
  private readonly passed = new Map<FunctionNode, Set<ValueId>>();
  /** The calls of stores that values come from, by how far they are looked back from. */
  private readonly behind = new Map<FunctionNode, Map<ValueId, (readonly CallSite[])[]>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly annotations: AnnotationTable,
  ) {
    this.held = new HeldValues(pointsTo);
  }

  find(rows: ReadonlyMap<CallSite, RowsSeen>, seeded: readonly SeededValue[]): ChildRead[] {
    const found = new Map<CallSite, RowsSeen>();
    for (const [site, seen] of rows) if (!this.isOfWrite(site)) found.set(site, seen);
    for (const { node, value, field } of seeded)
      for (const site of this.sitesBehind(node, value)) {
        if (this.isOfWrite(site) || this.isOfOther(site, field)) continue;
        const known = found.get(site);
        if (known !== undefined && rows.has(site)) continue;
        const seen = known ?? newRowsSeen(isPlural(site), false);
        found.set(site, seen);
        noteField(seen, field, undefined);
      }
    return [...found]
      .filter(
        ([site]) =>
          !this.isOfActor(site) &&
          !this.isNarrowed(site) &&
          !this.isOfChain(site, (each) => found.has(each) && !this.isNarrowed(each)),
      )
      .map(([site, seen]) => ({ ...seen, site }));
  }

  /** `find().lean().exec()`: the first call of the chain stands for it. */
  private isOfChain(site: CallSite, isRead: (site: CallSite) => boolean): boolean {
    return this.chainBefore(site).some(isRead);
  }

  /** `db("pupils").where(…).select("id")`: a later call of the chain says which columns come at all. */
  private isNarrowed({ caller, instruction }: CallSite): boolean {
    let out = instruction.kind === "call" ? instruction.out : null;
    for (let hops = 0; out !== null && hops < deepest; hops++) {
      const made: ValueId = out;
      out = null;
      for (const point of caller.uses[made] ?? []) {
        const next = caller.code[point];
        if (next?.kind !== "call" || next.receiver !== made) continue;
        const site = this.pointsTo.findSite(caller, point);
        if (site !== undefined && this.joins(site)) return false;
        if (site !== undefined && this.namesColumns(site)) return true;
        out = next.out;
      }
    }
    return false;
  }

  /** It reads what its receiver is about, and names columns. */
  private namesColumns(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(({ model }) =>
        model.roles.some(
          (role) =>
            role.kind === "rows" &&
            isOfThis(role) &&
            role.only?.some((address) => operandsAt(site, address).length > 0) === true,
        ),
      );
  }

  /** Rows of another table come too: columns that are named behind it may be that one's. */
  private joins(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(({ model }) => model.roles.some((role) => role.kind === "rows" && !isOfThis(role)));
  }

  /** `insert(rows).values(row).returning()`: what comes back of a write was brought along. */
  private isOfWrite(site: CallSite): boolean {
    if (this.isWrite(site)) return true;
    const isOfReceiver = this.models
      .at(site)
      .some(({ model }) => model.roles.some((role) => role.kind === "rows" && isOfThis(role)));
    return isOfReceiver && this.chainBefore(site).some((each) => this.isWrite(each));
  }

  /** The calls that a call is made on the result of, the last first. */
  private chainBefore({ caller, instruction }: CallSite): readonly CallSite[] {
    const found: CallSite[] = [];
    let receiver = instruction.kind === "call" ? instruction.receiver : null;
    for (let hops = 0; receiver !== null && hops < deepest; hops++) {
      const definition = caller.definitions[receiver];
      if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") break;
      const site = this.pointsTo.findSite(caller, definition.point);
      if (site !== undefined) found.push(site);
      ({ receiver } = definition.instruction);
    }
    return found;
  }

  /** It writes; what comes back was brought along. */
  isWrite(site: CallSite): boolean {
    return this.models.at(site).some(({ model, names }) =>
      model.roles.some((role) => {
        if (role.kind === "store" || role.kind === "delete") return true;
        if (role.kind !== "sql") return false;
        const statements = statementsAt(this.pointsTo, site, role, names);
        return (
          statements.length > 0 &&
          statements.every(
            (statement) =>
              statement !== null && /^(?:insert|update|delete|upsert|replace|merge)/iu.test(statement.verb),
          )
        );
      }),
    );
  }

  /** `distinct("term")`: one column, by its name; a count has none. */
  private isOfOther({ caller, instruction }: CallSite, field: FieldId): boolean {
    if (instruction.kind !== "call") return false;
    const method = instruction.name.slice(instruction.name.lastIndexOf(".") + 1);
    if (/^(?:count\w*|estimated\w*|exists|explain)$/u.test(method)) return true;
    if (!/^(?:distinct|pluck)$/u.test(method)) return false;
    const [first] = instruction.arguments;
    const column = first === undefined ? null : foldedConstant(this.pointsTo, caller, first.value);
    const own = this.annotations.fields.get(field)?.name ?? "";
    return (
      typeof column?.value === "string" && !isSameName(column.value, own.slice(own.lastIndexOf(".") + 1))
    );
  }

  /** Was the value come by, on the way from something that is taken for a field to where it was read? */
  leadsToField(node: FunctionNode, value: ValueId): boolean {
    return this.passed.get(node)?.has(value) === true;
  }

  private pass(node: FunctionNode, value: ValueId): void {
    const known = this.passed.get(node);
    if (known === undefined) this.passed.set(node, new Set([value]));
    else known.add(value);
  }

  /** The calls of stores that a value comes from. */
  sitesBehind(node: FunctionNode, value: ValueId, depth = 0): readonly CallSite[] {
    if (depth > deepest) return [];
    let ofNode = this.behind.get(node);
    if (ofNode === undefined) this.behind.set(node, (ofNode = new Map<ValueId, (readonly CallSite[])[]>()));
    let byDepth = ofNode.get(value);
    if (byDepth === undefined) ofNode.set(value, (byDepth = []));
    // Of many callers each asks again what stands behind those that they have in common.
    return (byDepth[depth] ??= [...new Set(this.findBehind(node, value, depth))]);
  }

  private findBehind(node: FunctionNode, value: ValueId, depth: number): readonly CallSite[] {
    const definition = node.definitions[value];
    if (definition === undefined) return [];
    this.pass(node, value);
    const again = (other: ValueId): readonly CallSite[] => this.sitesBehind(node, other, depth + 1);
    if (definition.kind === "phi") return definition.phi.inputs.flatMap((input) => again(input.value));
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "load":
      case "iterate":
      case "object-rest":
        return again(instruction.object);
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        if (site === undefined) return [];
        if (site.edges.size > 0)
          return [...site.edges.values()].flatMap(({ callee }) =>
            callee.graph.blocks.flatMap(({ end }) =>
              end.kind === "return" && end.value !== null
                ? this.sitesBehind(callee, end.value, depth + 1)
                : [],
            ),
          );
        if (this.readsStore(site)) return [site];
        const { receiver, arguments: list, name } = instruction;
        const behind = receiver === null ? [] : again(receiver);
        if (behind.length > 0) return behind;
        return reforming.test(name) ? list.flatMap(({ value: given }) => again(given)) : [];
      }
      case "parameter":
        return this.sitesGiven(node, instruction.index, depth);
      default:
        return [];
    }
  }

  /** Of a list's callback, or of a function that is handed what was read. */
  private sitesGiven(node: FunctionNode, index: number, depth: number): readonly CallSite[] {
    const handed = this.pointsTo
      .callersOf(node)
      .flatMap((edge) =>
        argumentsFor(edge, index).flatMap(({ value }) =>
          this.sitesBehind(edge.site.caller, value, depth + 1),
        ),
      );
    const listed = this.pointsTo.callbacksOf(node).flatMap(({ site }) => {
      const { instruction, caller } = site;
      if (instruction.kind !== "call") return [];
      if (this.readsStore(site)) return [site];
      return instruction.receiver === null ? [] : this.sitesBehind(caller, instruction.receiver, depth + 1);
    });
    return [...handed, ...listed];
  }

  /** It reads something back from a store. */
  readsStore(site: CallSite): boolean {
    if (site.instruction.kind !== "call" || this.onlyBuilds(site)) return false;
    for (const callee of site.foreign) {
      if (callee.module === "node:fs") return /read/iu.test(callee.path.at(-1) ?? "");
      if (this.held.isStore(callee) && callee.path.at(-1) !== "()") return true;
    }
    return false;
  }

  /** `repository.create(given)`: a row is made of what is given, and neither read nor written. */
  private onlyBuilds(site: CallSite): boolean {
    const roles = this.models.at(site).flatMap(({ model }) => model.roles);
    return (
      roles.some(isBuilding) &&
      !roles.some(({ kind }) => kind === "rows" || kind === "input" || kind === "sql" || kind === "store")
    );
  }

  /** Whoever acts is looked up, to be asked for a role or a password. */
  private isOfActor({ caller, instruction }: CallSite): boolean {
    if (!("out" in instruction)) return false;
    const rows = new Set<ValueId>([instruction.out]);
    for (const each of caller.code) {
      if (each.kind === "await" || each.kind === "declare" || each.kind === "cast") {
        if (rows.has(each.value)) rows.add(each.out);
      } else if (each.kind === "load" && rows.has(each.object)) {
        if (each.property.kind !== "name") rows.add(each.out);
        else if (isRightName(each.property.name) || ofActor.test(each.property.name)) return true;
        else if (/^(?:\d+|rows)$/u.test(each.property.name)) rows.add(each.out);
      }
    }
    return false;
  }
}

/** It gives rows of what its receiver is about. */
/** What comes back is what an argument holds. */
function isBuilding(role: Role): boolean {
  return (
    role.kind === "flow" &&
    role.from.some(({ root }) => root.kind === "argument") &&
    role.to.some(({ root }) => root.kind === "return")
  );
}

function isOfThis({ entity }: Extract<Role, { kind: "rows" }>): boolean {
  return entity.parts.every((part) => typeof part !== "string" && part.root.kind === "this");
}

function isPlural({ instruction }: CallSite): boolean {
  return (
    instruction.kind === "call" &&
    /(?:many|all|list|mget|range|scan|query|toArray|find)$/iu.test(instruction.name)
  );
}
