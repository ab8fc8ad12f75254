/** Tables that do not stay: those that end with the connection, and those that go once they were copied from or into. */
import type { Role } from "../../contracts/model.js";
import type { SqlStatement } from "../../models/sql/statement.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { plainName } from "./table-names.js";

/** Of several statements of one text, `order` tells which comes first; of several texts of one call nothing does. */
export interface Moment {
  readonly site: CallSite;
  readonly text: string | null;
  readonly order: number;
}

interface Ending extends Moment {
  /** In plain spelling. */
  readonly tables: readonly string[];
  readonly by: "drop" | "truncate" | "connection";
}

/** With where in the function that is asked of. */
interface Ended extends Ending {
  readonly at: Moment;
}

/** Helpers that call helpers in turn. */
const deepest = 4;

export class PassingTables {
  private readonly endings = new Map<FunctionNode, Ending[]>();
  private readonly calls = new Map<FunctionNode, CallSite[]>();

  constructor(private readonly pointsTo: PointsTo) {
    for (const site of pointsTo.sites.values())
      if (site.edges.size > 0) this.calls.set(site.caller, [...(this.calls.get(site.caller) ?? []), site]);
  }

  noteStatement(moment: Moment, { verb, deleted, temporary }: SqlStatement): void {
    if (verb === "drop" || verb === "truncate") this.note({ ...moment, tables: deleted, by: verb });
    if (temporary !== undefined) this.note({ ...moment, tables: [temporary], by: "connection" });
  }

  /** `knex.schema.dropTable("divers")` */
  noteDrop(site: CallSite, role: Extract<Role, { kind: "uncascade" }>, names: readonly string[]): void {
    if (role.columns.length > 0 || role.name.length > 0) return;
    const tables = foldValues(this.pointsTo, valuesAt(this.pointsTo, site, role.of, names));
    this.note({ site, text: null, order: 0, tables, by: "drop" });
  }

  private note(ending: Ending): void {
    const { caller } = ending.site;
    const tables = ending.tables.map(plainName);
    this.endings.set(caller, [...(this.endings.get(caller) ?? []), { ...ending, tables }]);
  }

  /** A table that is made anew: its rows are put aside, and one of the two goes. One that is emptied first still stays. */
  isPassing({ site, text, order }: Moment, from: string, to: string): boolean {
    const [source, target] = [plainName(from), plainName(to)];
    return this.endingsIn(site.caller, 0, new Set()).some(({ tables, by, at }) => {
      if (by === "connection") return tables.includes(target);
      const isDropOfSource = by === "drop" && tables.includes(source);
      // Steps in a list that a loop runs: the source goes after it was copied.
      if (at.site === site && at.text !== text) return isDropOfSource;
      const isLater = at.site === site ? at.order > order : at.site.point > site.point;
      return isLater && (isDropOfSource || tables.includes(target));
    });
  }

  /** With where in the function each comes: at its own call, or at that of the helper which does it. */
  private endingsIn(node: FunctionNode, depth: number, seen: Set<FunctionNode>): readonly Ended[] {
    if (depth > deepest || seen.has(node)) return [];
    seen.add(node);
    const own: Ended[] = (this.endings.get(node) ?? []).map((ending) => ({ ...ending, at: ending }));
    const others = (this.calls.get(node) ?? []).flatMap((site) =>
      [...site.edges.values()].flatMap(({ callee }) =>
        this.endingsIn(callee, depth + 1, new Set(seen)).map((ending) => ({
          ...ending,
          at: { site, text: null, order: 0 },
        })),
      ),
    );
    return [...own, ...others];
  }
}
