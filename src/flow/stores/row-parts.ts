/**
 * Which table's row a value is, or which part of one, where no type at the place says so: rows that a call of a store
 * gave, objects of classes that stand for a table, and what stands under a name in these (`scout.address` of a row that was read).
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { argumentsFor } from "../program/edge-arguments.js";
import { originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { heldInSlot } from "../program/captured-from.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import type { RowsBehind } from "./rows-behind.js";
import type { Table } from "./table.js";
import type { Tables } from "./tables.js";

type Part = NonNullable<ReturnType<Table["related"]>>;

const deepest = 8;

export class RowParts {
  private readonly ofClasses = new Map<ClassNode, Table | null>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly tables: Tables,
    private readonly read: RowsBehind,
  ) {}

  /** What stands under a name of a value. */
  partsAt(node: FunctionNode, object: ValueId, name: string): readonly Part[] {
    return this.tablesOf(node, object, 0)
      .flatMap((table) => table.related(name) ?? [])
      .filter(({ isKeyed }) => isKeyed !== true);
  }

  tablesOf(node: FunctionNode, value: ValueId, depth = 0): readonly Table[] {
    if (depth > deepest) return [];
    const origin = originOf(node, value);
    const told = this.byClass(node, value);
    if (told.length > 0) return told;
    const definition = node.definitions[origin];
    if (definition === undefined) return [];
    const again = (other: ValueId): readonly Table[] => this.tablesOf(node, other, depth + 1);
    if (definition.kind === "phi") return definition.phi.inputs.flatMap((input) => again(input.value));
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "iterate":
        return again(instruction.object);
      case "load": {
        const { property } = instruction;
        const around = again(instruction.object);
        return property.kind === "name" && !/^\d+$/u.test(property.name)
          ? around.flatMap((table) => table.related(property.name)?.table ?? [])
          : around;
      }
      case "call": {
        const site = this.pointsTo.findSite(node, definition.point);
        const read = site === undefined ? [] : [...new Set(this.read.tablesRead(site))];
        // `scout.badges.find(isFirst)`, `query.orFail()`: of what it is called on.
        return read.length > 0 || instruction.receiver === null || site === undefined || site.edges.size > 0
          ? read
          : again(instruction.receiver);
      }
      case "parameter":
        return this.ofCallers(node, instruction.index, depth + 1);
      case "capture": {
        const held = heldInSlot(this.pointsTo, node, instruction.slot);
        return held === null ? [] : this.tablesOf(held.node, held.value, depth + 1);
      }
      default:
        return [];
    }
  }

  /** Whose rows callers hand over; of a callback, those of the list that it is called with. */
  private ofCallers(node: FunctionNode, index: number, depth: number): readonly Table[] {
    const given = this.pointsTo
      .callersOf(node)
      .flatMap((edge) =>
        argumentsFor(edge, index).flatMap(({ value }) => this.tablesOf(edge.site.caller, value, depth)),
      );
    const listed = this.pointsTo.callbacksOf(node).flatMap(({ site: { caller, instruction } }) => {
      const list = instruction.kind === "call" && index === 0 ? instruction.receiver : null;
      return list === null ? [] : this.tablesOf(caller, list, depth);
    });
    return [...new Set([...given, ...listed])];
  }

  private byClass(node: FunctionNode, value: ValueId): readonly Table[] {
    const found = new Set<Table>();
    for (const each of this.pointsTo.valuesOf(node, value)) {
      if (each.kind !== "instance") continue;
      let table = this.ofClasses.get(each.class);
      if (table === undefined) this.ofClasses.set(each.class, (table = this.ofClass(each.class)));
      if (table !== null) found.add(table);
    }
    return [...found];
  }

  private ofClass({ file, graph }: ClassNode): Table | null {
    return this.tables.ofEntityType({ file, type: { kind: "named", name: graph.name, arguments: [] } });
  }
}
