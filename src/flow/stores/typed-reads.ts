/**
 * Tables that no schema declares, by what calls that read them say of their rows (`query<Kid>("SELECT * FROM kids")`):
 * a statement elsewhere that writes or reads a column of that name means the same field.
 */
import type { FieldId } from "../../contracts/annotation.js";
import { selectModels } from "../models/select-models.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { lastPart } from "./path-names.js";
import { columnsRead, type StatementRead } from "./sql-sinks.js";
import type { Table } from "./table.js";
import { plainName } from "./table-names.js";

export class TypedReads {
  private tables: ReadonlyMap<string, Table> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    /** What the type that is written at a call says of its rows. */
    private readonly rowsOf: (site: CallSite) => Table | null,
  ) {}

  /** The table of a name, with the marked columns on which all typed reads of it agree. */
  of(name: string): Table | null {
    return (this.tables ??= this.find()).get(keyOf(name)) ?? null;
  }

  private find(): ReadonlyMap<string, Table> {
    const found = new Map<string, Table>();
    const fields = new Map<string, Map<string, FieldId | null>>();
    for (const site of this.pointsTo.sites.values())
      for (const read of this.readsAt(site)) {
        const [name, ...others] = new Set(read.tables);
        const rows = name === undefined || others.length > 0 ? null : this.rowsOf(site);
        if (name === undefined || rows === null) continue;
        const known = fields.get(keyOf(name)) ?? new Map<string, FieldId | null>();
        for (const [column, field] of rows.fields)
          if (comesAs(read, column)) known.set(column, (known.get(column) ?? field) === field ? field : null);
        fields.set(keyOf(name), known);
        if (!found.has(keyOf(name))) found.set(keyOf(name), { ...rows, names: [name] });
      }
    for (const [key, table] of found) {
      const agreed = [...(fields.get(key) ?? [])].flatMap(([column, field]): [string, FieldId][] =>
        field === null ? [] : [[column, field]],
      );
      found.set(key, { ...table, fields: new Map(agreed), parts: [], relations: [] });
    }
    return found;
  }

  private readsAt(site: CallSite): readonly StatementRead[] {
    const { instruction } = site;
    if (instruction.kind !== "call" || instruction.typeArguments.length === 0) return [];
    return [...site.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, site, callee).flatMap(({ model, names }) =>
        model.roles.flatMap((role) =>
          role.kind === "sql" ? columnsRead(this.pointsTo, site, role, names) : [],
        ),
      ),
    );
  }
}

/** The column comes back, and under its own name. */
function comesAs({ columns, aliases }: StatementRead, column: string): boolean {
  const plain = plainName(column);
  return (columns?.has(plain) ?? true) && !aliases.some(({ name }) => plainName(name) === plain);
}

function keyOf(name: string): string {
  return plainName(lastPart(name));
}
