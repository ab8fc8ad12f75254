/**
 * Deletions that a function which is hooked to their table turns into something else: it makes an update of what is to be
 * removed, takes it off the list, or throws for every such row.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { DeleteRole } from "../../contracts/erasing-roles.js";
import { valuesAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { chainOf } from "../program/class-chain.js";
import { walkFrom } from "../program/control-walk.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { type FoundHook, HookTables } from "../stores/hook-tables.js";
import type { Tables } from "../stores/tables.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly tables: Tables;
}

export class HookedDeletions {
  private hooks: readonly FoundHook[] | null = null;
  private readonly hookTables: HookTables;

  constructor(private readonly asked: Asked) {
    this.hookTables = new HookTables(asked.pointsTo, asked.tables);
  }

  /** `role`: what the call would delete. */
  isPutAside(site: CallSite, { target, fires = [] }: DeleteRole, names: readonly string[]): boolean {
    const [address, ...others] = target?.parts ?? [];
    if (fires.length === 0 || address === undefined || typeof address === "string" || others.length > 0)
      return false;
    this.hooks ??= this.hookTables.hooksIn(this.asked.models);
    if (this.hooks.length === 0) return false;
    const values = valuesAt(this.asked.pointsTo, site, address, names);
    const tables = new Set(values.flatMap((value) => this.hookTables.tablesOf(value)));
    return [...tables].some((table) => {
      const keys = new Set(fires.map((event) => this.hookTables.keyOf(table, event)));
      return this.hooks?.some(
        (hook) => hook.keys.some((key) => keys.has(key)) && this.puts(hook.function, table),
      );
    });
  }

  private puts(node: FunctionNode, table: string): boolean {
    const homes = [...this.asked.tables.entities.all].flatMap((each) =>
      each.table === table && each.home !== null ? [each.home] : [],
    );
    if (!this.isAbout(node, homes)) return false;
    const { blocks } = walkFrom(node, 0, (condition) => this.truthOf(node, condition, homes));
    const ends = node.graph.blocks.filter((_, position) => blocks.has(position)).map(({ end }) => end.kind);
    if (ends.includes("throw") && !ends.includes("return")) return true;
    return node.code.some(
      (each, point) =>
        blocks.has(node.blockOf[point] ?? 0) &&
        (each.kind === "function"
          ? this.putsInside(node, each.function, table)
          : this.softens(this.asked.pointsTo.findSite(node, point))),
    );
  }

  private putsInside(
    node: FunctionNode,
    id: Parameters<PointsTo["program"]["functionIn"]>[1],
    table: string,
  ): boolean {
    const inside = this.asked.pointsTo.program.functionIn(node, id);
    return inside !== undefined && this.puts(inside, table);
  }

  private softens(site: CallSite | undefined): boolean {
    if (site === undefined) return false;
    return this.asked.models
      .at(site)
      .some(({ model }) => model.roles.some((role) => role.kind === "delete" && role.strength === "soft"));
  }

  /** `sets.find((set) => set.entity instanceof Bag)`: of other tables it finds nothing. */
  private isAbout(node: FunctionNode, homes: readonly ClassNode[]): boolean {
    const asked = node.code.flatMap((each) => {
      const inside =
        each.kind === "function" ? this.asked.pointsTo.program.functionIn(node, each.function) : undefined;
      return (
        inside?.code.flatMap((inner) =>
          inner.kind === "binary" && inner.operator === "instanceof"
            ? (this.isOf(inside, inner.right, homes) ?? [])
            : [],
        ) ?? []
      );
    });
    return asked.length === 0 || asked.includes(true);
  }

  private truthOf(node: FunctionNode, condition: ValueId, homes: readonly ClassNode[]): boolean | null {
    const definition = definitionOf(node, condition);
    if (definition?.kind === "unary" && definition.operator === "!") {
      const truth = this.truthOf(node, definition.operand, homes);
      return truth === null ? null : !truth;
    }
    return definition?.kind === "binary" && definition.operator === "instanceof"
      ? this.isOf(node, definition.right, homes)
      : null;
  }

  /** Are the rows objects of the class? Null: nobody can tell. */
  private isOf(node: FunctionNode, value: ValueId, homes: readonly ClassNode[]): boolean | null {
    const classes = [...this.asked.pointsTo.valuesOf(node, value)].filter(isClass);
    if (classes.length === 0 || homes.length === 0) return null;
    return homes.some((home) =>
      chainOf(this.asked.pointsTo, home).some(
        (each) => each.kind === "class" && classes.some((one) => one.class === each.class),
      ),
    );
  }
}

function isClass(value: AbstractValue): value is Extract<AbstractValue, { kind: "class" }> {
  return value.kind === "class";
}
