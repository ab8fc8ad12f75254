/** Whether a write changes what is there: `update`, `upsert`, `save`, `PUT`; `create` and `INSERT` leave it as it is. */
import type { Role } from "../../contracts/model.js";
import type { CallSite, PointsTo } from "../points-to.js";
import { plainName } from "../table-names.js";
import { statementTexts, statementsAt } from "../sql-sinks.js";

const creating = /^(?:create|insert|add|append|bulkCreate|batchInsert|push|values|build|findOrCreate)/iu;
const overwriting = /conflict|duplicate|merge|orUpdate|upsert|doUpdate/iu;
const overwritingSql =
  /\bon\s+conflict\b[\s\S]*\bdo\s+update\b|\bon\s+duplicate\s+key\b|\breplace\s+into\b|\bor\s+replace\b|^\s*replace\b/iu;

export function changesRows(
  pointsTo: PointsTo,
  site: CallSite,
  role: Extract<Role, { kind: "store" | "sql" }>,
  names: readonly string[],
): boolean {
  if (role.kind === "sql")
    return (
      statementsAt(pointsTo, site, role, names).some(
        (statement) => statement === null || statement.verb === "update" || statement.verb === "merge",
      ) || statementTexts(pointsTo, site, role, names).some((text) => overwritingSql.test(text))
    );
  const { instruction } = site;
  if (instruction.kind !== "call") return true;
  const method = instruction.name.slice(instruction.name.lastIndexOf(".") + 1);
  return !creating.test(method) || isContinued(site) || updatesByOption(pointsTo, site);
}

/** The columns that an insert changes where the row is there already, in plain spelling; null: it does not say, or is none. */
export function columnsOnConflict(
  pointsTo: PointsTo,
  site: CallSite,
  role: Extract<Role, { kind: "store" | "sql" }>,
  names: readonly string[],
): ReadonlySet<string> | null {
  if (role.kind !== "sql") return null;
  const found = new Set<string>();
  for (const text of statementTexts(pointsTo, site, role, names)) {
    const set =
      /\bdo\s+update\s+set\b(?<set>[\s\S]*)|\bon\s+duplicate\s+key\s+update\b(?<other>[\s\S]*)/iu.exec(text);
    if (set === null) return null;
    for (const [, name = ""] of (set.groups?.["set"] ?? set.groups?.["other"] ?? "").matchAll(
      /["`[]?(\w+)["`\]]?\s*=/gu,
    ))
      found.add(plainName(name));
  }
  return found.size === 0 ? null : found;
}

/** `insert(row).onConflict("id").merge()` */
function isContinued({ caller, instruction }: CallSite): boolean {
  let out = "out" in instruction ? instruction.out : null;
  for (let calls = 0; out !== null && calls < 8; calls++) {
    const made: number = out;
    const next = (caller.uses[made] ?? [])
      .map((point) => caller.code[point])
      .find((use) => use?.kind === "call" && use.receiver === made);
    if (next?.kind !== "call") return false;
    const method = next.name.slice(next.name.lastIndexOf(".") + 1);
    if (overwriting.test(method) && !/ignore|nothing/iu.test(method)) return true;
    out = next.out;
  }
  return false;
}

/** `bulkCreate(rows, { updateOnDuplicate: ["email"] })` */
function updatesByOption(pointsTo: PointsTo, { caller, instruction }: CallSite): boolean {
  if (instruction.kind !== "call") return false;
  return instruction.arguments
    .slice(1)
    .some(({ value }) =>
      [...pointsTo.valuesOf(caller, value)].some(
        (options) =>
          options.kind === "object" &&
          [...pointsTo.fieldsOf(options).keys()].some((name) => /updateOnDuplicate|upsert/iu.test(name)),
      ),
    );
}
