/** Whether a write changes what is there: `update`, `upsert`, `save`, `PUT`; `create` and `INSERT` leave it as it is. */
import type { Role } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { SiteModels } from "../models/site-models.js";
import { plainName } from "../stores/table-names.js";
import { statementTexts, statementsAt } from "../stores/sql-sinks.js";

const creating = /^(?:create|insert|add|append|bulkCreate|batchInsert|push|values|build|findOrCreate)/iu;
const overwriting = /conflict|duplicate|merge|orUpdate|upsert|doUpdate/iu;
const overwritingSql =
  /\bon\s+conflict\b[\s\S]*\bdo\s+update\b|\bon\s+duplicate\s+key\b|\breplace\s+into\b|\bor\s+replace\b|^\s*replace\b/iu;

export function changesRows(
  pointsTo: PointsTo,
  models: SiteModels,
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
  // Which columns change is all that it says: `bulkCreate(rows, { updateOnDuplicate: ["email"] })`.
  if (role.column != null && role.data.every(({ text }) => text === role.column?.text)) return true;
  const method = instruction.name.slice(instruction.name.lastIndexOf(".") + 1);
  return !creating.test(method) || isContinued(pointsTo, models, site);
}

/** The call does nothing but to put new rows there. */
export function makesRows(
  pointsTo: PointsTo,
  models: SiteModels,
  site: CallSite,
  names: readonly string[],
): boolean {
  const roles = models
    .at(site)
    .flatMap(({ model }) => model.roles)
    .filter((role) => role.kind === "store" || role.kind === "sql");
  return roles.length > 0 && !roles.some((role) => changesRows(pointsTo, models, site, role, names));
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

/**
 * `insert(row).onConflict("id").merge()`; where the call behind says itself what changes, as in
 * `values(row).onConflictDoUpdate({ set })`, that call is the one that changes it.
 */
function isContinued(pointsTo: PointsTo, models: SiteModels, { caller, instruction }: CallSite): boolean {
  let out = "out" in instruction ? instruction.out : null;
  let isOverwriting = false;
  for (let calls = 0; out !== null && calls < 8; calls++) {
    const made: number = out;
    const point = (caller.uses[made] ?? []).find((each) => {
      const use = caller.code[each];
      return use?.kind === "call" && use.receiver === made;
    });
    const next = point === undefined ? undefined : caller.code[point];
    if (point === undefined || next?.kind !== "call") break;
    const site = pointsTo.findSite(caller, point);
    if (site !== undefined && (writesByItself(models, site) || callbacksWrite(pointsTo, models, site)))
      return false;
    const method = next.name.slice(next.name.lastIndexOf(".") + 1);
    isOverwriting ||= overwriting.test(method) && !/ignore|nothing/iu.test(method);
    out = next.out;
  }
  return isOverwriting;
}

/** `onConflict((oc) => oc.column("id").doUpdateSet({ name }))` */
function callbacksWrite(pointsTo: PointsTo, models: SiteModels, { caller, instruction }: CallSite): boolean {
  if (instruction.kind !== "call") return false;
  return instruction.arguments.some(({ value }) =>
    [...pointsTo.valuesOf(caller, value)].some(
      (each) =>
        each.kind === "function" &&
        each.function.code.some((_, point) => {
          const site = pointsTo.findSite(each.function, point);
          return site !== undefined && writesByItself(models, site);
        }),
    ),
  );
}

function writesByItself(models: SiteModels, site: CallSite): boolean {
  return models
    .at(site)
    .some(({ model }) =>
      model.roles.some(
        (role) =>
          role.kind === "store" &&
          [...role.data, ...(role.column == null ? [] : [role.column])].some(
            (address) => operandsAt(site, address).length > 0,
          ),
      ),
    );
}
