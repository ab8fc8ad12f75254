/**
 * A row's own list that a write makes smaller: `doc.kids = doc.kids.filter(…)`, `{ kids: row.kids.filter(…) }`. Of a list
 * from elsewhere nobody knows what it has in common with the one in whose place it comes.
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address, Role, Target } from "../../contracts/model.js";
import { operandsWritten } from "../heap/written-literals.js";
import { foldParts } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { namesInPath } from "../stores/column-paths.js";
import { plainName } from "../stores/table-names.js";
import { givenOperands } from "./given-operands.js";
import { LesserLists } from "./lesser-lists.js";
import { partPath, rowBehind } from "./part-paths.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
}

type WritingRole = Extract<Role, { kind: "store" | "sql" | "erase" }>;

const deepest = 6;
const saving = /(?:^|\.)(?:save|persist|persistAndFlush|flush)$/u;
/** What was read is put back in its own place. */
const replacing =
  /(?:^|\.)(?:replaceOne|findOneAndReplace|set|setDoc|put|putItem|PutCommand|PutItemCommand)$/u;
/** The same row in another form, or one of several that were read. */
const ofRows = /\.(?:find|findLast|at|shift|pop|toObject|toJSON|lean|exec|data|get)$/u;

export class OwnLists {
  /** The rows that the call itself writes. */
  readonly written: readonly ValueId[];
  /** What was there is not kept, even if it is a new row that comes in its place. */
  readonly isReplacing: boolean;
  /** It is a row that was read: what another one has is not its own. */
  private readonly isOfOneRow: boolean;
  private readonly table: string | null;

  constructor(
    private readonly asked: Asked,
    private readonly site: CallSite,
    private readonly role: WritingRole,
    private readonly names: readonly string[],
  ) {
    const { caller } = site;
    const name = nameCalled(site);
    this.isReplacing = replacing.test(name);
    this.table = role.kind === "sql" ? null : this.tableAt(site, targetOf(role), names);
    const rows =
      role.kind === "store" && (saving.test(name) || this.isReplacing)
        ? role.data
            .flatMap((address) => rowsWritten(asked, site, address))
            .map((row) => originOf(caller, row))
        : [];
    this.written = saving.test(name) ? rows : rows.filter((row) => this.isRow(caller, row, 0));
    this.isOfOneRow =
      this.written.length > 0 && this.written.every((row) => definitionOf(caller, row)?.kind !== "object");
  }

  /** What is written in a column is a part of what the row had there. */
  isLess(column: string, node: FunctionNode, value: ValueId): boolean {
    const at = node === this.site.caller ? this.site.point : null;
    const left = this.listsIn(column).leftAt(node, value, at);
    return left === "less" || (left === "nothing" && definitionOf(node, value)?.kind === "array");
  }

  /** It is the row's own list, or a copy of it. */
  isWhole(column: string, node: FunctionNode, value: ValueId): boolean {
    return this.listsIn(column).leftAt(node, value, null) === "whole";
  }

  /** Columns of a saved row out of whose lists something is taken before: `row.kids.splice(at, 1)`. */
  takenFrom(): readonly string[] {
    const { caller, point } = this.site;
    const read = new Set(
      caller.code.flatMap((each) => {
        const path = each.kind === "load" ? partPath(caller, each.out, this.isWritten) : null;
        return path === null || path.length === 0 ? [] : [path.join(".")];
      }),
    );
    return [...read].filter((column) => this.listsIn(column).isTakenFrom(caller, null, point));
  }

  private listsIn(column: string): LesserLists {
    return new LesserLists(this.asked.pointsTo, (node, value) => this.isOwn(column, node, value));
  }

  private isOwn(column: string, node: FunctionNode, value: ValueId): boolean {
    const base = rowBehind(node, value, namesInPath(column));
    if (base === null) return false;
    return this.isWritten(node, base) || (!this.isOfOneRow && this.isRow(node, base, 0));
  }

  readonly isWritten = (node: FunctionNode, value: ValueId): boolean =>
    node === this.site.caller && this.written.includes(originOf(node, value));

  /** It was read of the table that is written. */
  private isRow(node: FunctionNode, value: ValueId, depth: number): boolean {
    if (depth > deepest) return false;
    const definition = node.definitions[originOf(node, value)];
    const isRow = (each: ValueId): boolean => this.isRow(node, each, depth + 1);
    if (definition?.kind === "phi") {
      const { inputs } = definition.phi;
      const rows = inputs.filter((input) => definitionOf(node, input.value)?.kind !== "constant");
      return rows.length > 0 && rows.every((input) => isRow(input.value));
    }
    const made = definition?.instruction;
    switch (made?.kind) {
      case "await":
        return isRow(made.value);
      case "iterate":
      case "load":
        return isRow(made.object);
      case "parameter":
        return this.isHandedRow(node, value);
      case "call":
        return this.isRead(node, made, definition?.point ?? 0, depth);
      default:
        return false;
    }
  }

  private isRead(
    node: FunctionNode,
    call: Extract<Instruction, { kind: "call" }>,
    point: number,
    depth: number,
  ): boolean {
    const { pointsTo } = this.asked;
    const site = pointsTo.findSite(node, point);
    if (site === undefined) return false;
    const called = [...site.foreign];
    if (called.some((each) => this.isClient(each.module))) return this.isOfTable(site);
    const { receiver } = call;
    if (receiver !== null && ofRows.test(call.name)) return this.isRow(node, receiver, depth + 1);
    const results = [...site.edges.values()].flatMap(({ callee }) =>
      callee.graph.blocks.flatMap(({ end }) =>
        end.kind === "return" && end.value !== null ? [{ callee, value: end.value }] : [],
      ),
    );
    const rows = results.filter(({ callee, value }) => definitionOf(callee, value)?.kind !== "constant");
    return rows.length > 0 && rows.every(({ callee, value }) => this.isRow(callee, value, depth + 1));
  }

  /** A parameter that callers give such a row. */
  private isHandedRow(node: FunctionNode, value: ValueId): boolean {
    const { pointsTo } = this.asked;
    const values = [...pointsTo.valuesOf(node, value)];
    return (
      values.length > 0 &&
      values.every((each) => {
        if (each.kind !== "foreign" || each.site === null || !this.isClient(each.module)) return false;
        const site = pointsTo.sites.get(each.site);
        return site !== undefined && this.isOfTable(site);
      })
    );
  }

  private isClient(module: string): boolean {
    return [...this.site.foreign].some((each) => each.module === module);
  }

  /** As far as the read says which it is of. */
  private isOfTable(site: CallSite): boolean {
    const { models } = this.asked;
    return models.at(site).every(({ model, names }) =>
      model.roles.every((role) => {
        if (role.kind !== "rows" || this.table === null) return true;
        const table = this.tableAt(site, role.entity, names);
        return table === null || plainName(table) === plainName(this.table);
      }),
    );
  }

  private tableAt(site: CallSite, named: Target | null, names: readonly string[]): string | null {
    if (named === null) return null;
    const table = foldParts(this.asked.pointsTo, site, named.parts, names);
    return table === "" || table.includes("*") ? null : table;
  }
}

function targetOf(role: Extract<WritingRole, { kind: "store" | "erase" }>): Target | null {
  return role.target ?? (role.kind === "store" ? role.entity : null);
}

/** What a client's command is called, where one is sent: `send(new PutCommand(…))`. */
function nameCalled({ instruction, caller }: CallSite): string {
  if (instruction.kind !== "call") return "";
  const [first] = instruction.arguments;
  const command = first === undefined ? null : definitionOf(caller, first.value);
  return command?.kind === "call" && command.new ? command.name : instruction.name;
}

/** What the function itself writes at an address of the call, or of the command that is sent. */
export function rowsWritten(
  { pointsTo, models }: Asked,
  site: CallSite,
  address: Address,
): readonly ValueId[] {
  const written = operandsWritten(site, address);
  if (written.length > 0) return written;
  const given = givenOperands(pointsTo, models, site, address) ?? [];
  return given.flatMap(([node, value]) => (node === site.caller ? [value] : []));
}
