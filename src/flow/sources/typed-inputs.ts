/**
 * Values from outside whose type the program writes where it asks for them: `c.req.json<Child>()`, and in the handler
 * that a route is given, `app.post<{ Body: Child }>("/children", ({ body }) => …)`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { InputRole } from "../../contracts/input-role.js";
import { rootPlaces, writtenPaths } from "../models/address-facts.js";
import { valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { RowColumns } from "../stores/row-columns.js";
import type { Seeds } from "./seeds.js";
import type { Table } from "../stores/table.js";
import type { Tables } from "../stores/tables.js";
import { isList } from "../stores/tables.js";
import { type InputTypes, pathBelow } from "./input-types.js";

export class TypedInputs {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly types: InputTypes,
    private readonly tables: Tables,
    private readonly columns: RowColumns,
    private readonly seeds: Seeds,
  ) {}

  /** What a call gives back. */
  seedResult(site: CallSite): void {
    for (const { role, names } of this.types.inputsAt(site))
      for (const output of role.output) {
        const table = output.root.kind === "return" ? this.tableOf(site, role) : null;
        if (table === null) continue;
        for (const place of rootPlaces(site, output))
          for (const path of writtenPaths(this.pointsTo, site, output.steps, names))
            this.begin(
              site.caller,
              site.point,
              place.base,
              [...place.prefix, ...path, ...this.elements(site, role)],
              table,
            );
      }
  }

  /** What a handler is called with. */
  seedParameter(node: FunctionNode, point: number, index: number, out: ValueId): void {
    for (const { site, address } of this.pointsTo.callbacksOf(node))
      for (const { role } of this.types.inputsAt(site))
        for (const output of role.output) {
          const path = pathBelow(output, address, node, index);
          const table =
            path === null ? null : (this.listenedAt(site, role, index) ?? this.tableOf(site, role));
          if (path !== null && table !== null)
            this.begin(node, point, out, [...path, ...this.elements(site, role)], table);
        }
  }

  /** Of a list that the type says, what is told lies in its elements. */
  private elements(site: CallSite, role: InputRole): readonly string[] {
    const written = this.types.writtenFor(site, role);
    return written !== null && isList(written.type) ? ["[]"] : [];
  }

  private listenedAt(site: CallSite, { event }: InputRole, index: number): Table | null {
    if (event == null) return null;
    const [name, ...others] = foldValues(this.pointsTo, valuesAt(this.pointsTo, site, event));
    return name === undefined || others.length > 0 ? null : this.tables.ofListener(site, name, index);
  }

  private tableOf(site: CallSite, role: InputRole): Table | null {
    const written = this.types.writtenFor(site, role);
    return written === null ? null : this.tables.ofWritten(written);
  }

  private begin(
    node: FunctionNode,
    point: number,
    base: ValueId,
    path: readonly string[],
    table: Table,
  ): void {
    for (const column of this.columns.of(table, { objects: [], isOpen: false, related: [], left: [] }, null))
      this.seeds.begin(
        node,
        point,
        base,
        [...path, ...column.path],
        column.field,
        node.code[point]?.at ?? [0, 0],
        {
          kind: "enters",
          field: this.seeds.nameOf(column.field),
        },
      );
  }
}
