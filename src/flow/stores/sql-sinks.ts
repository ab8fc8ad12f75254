/** SQL calls: which of the values that a statement is given are written to a table. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { StatementDoubt } from "../../contracts/flow.js";
import type { Role } from "../../contracts/model.js";
import { modelsOwnName } from "../../contracts/models-own.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import { sqlHole } from "../../models/sql/tokenize.js";
import { sealingFunctions } from "../../models/sql/sealing-functions.js";
import { readSql } from "../../models/sql/read-statement.js";
import type { SqlSource, SqlStatement, SqlValuePart, SqlWrite } from "../../models/sql/statement.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { meet } from "../models/address-facts.js";
import { valuesAt } from "../models/address-values.js";
import { foldIn, foldValues } from "../constants/constants.js";
import type { Fact } from "../tabulation/fact.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import type { FunctionNode } from "../program/program.js";
import { makerOf, splicedText } from "./statement-fragments.js";
import { isPartOfStatements } from "./statement-parts.js";
import { plainName } from "./table-names.js";

type SqlRole = Extract<Role, { kind: "sql" }>;

export interface StatementTarget {
  readonly table: string;
  /** The column that is written, or null where the statement does not name it. */
  readonly column: string | null;
  /** Why it is not certain: the statement, or its columns, could not be read. */
  readonly doubt: StatementDoubt | null;
  /** Functions of the database that it goes through. */
  readonly within: SqlValuePart["within"];
}

/** As the models of packages call what was put behind a statement. */
const appended = modelsOwnName("appended_");
/** Holes of what was put behind are counted from here: which of them a value stands in is not told apart. */
const holesBehind = 1000;
const writing = /^(?:insert|update|merge|copy)$/u;
const parsed = new Map<string, readonly SqlStatement[] | null>();

function statementsOf(text: string): readonly SqlStatement[] | null {
  let found = parsed.get(text);
  if (found === undefined) {
    found = readSql(text);
    parsed.set(text, found);
  }
  return found;
}

/** The statement's texts, holes of a tagged template marked; one that another call made (`sql`…``) by that call. */
export function statementTexts(
  pointsTo: PointsTo,
  site: CallSite,
  role: SqlRole,
  names: readonly string[],
  read?: ReadValues,
): readonly string[] {
  const own = templateText(pointsTo, site);
  if (own !== null) return [own];
  const values = valuesAt(pointsTo, site, role.text, names, read);
  const made = values.flatMap((value) => madeText(pointsTo, value) ?? []);
  if (made.length > 0) return made;
  return read === undefined ? foldValues(pointsTo, values) : foldIn(pointsTo, values, read);
}

/** The text of a tagged template and of those that were put behind it: `insert.append(sql` VALUES (${name})`)`. */
function madeText(pointsTo: PointsTo, value: AbstractValue, deep = 0): string | null {
  const maker = value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
  const text = maker === undefined ? null : templateText(pointsTo, maker, deep === 0 ? 0 : holesBehind);
  if (text === null || deep > 2) return text;
  const behind = [...pointsTo.fieldNode(value, appended).values].map(
    (each) => madeText(pointsTo, each, deep + 1) ?? (each.kind === "constant" ? String(each.value) : "*"),
  );
  return [text, ...behind].join(" ");
}

/** The calls that the holes of the statement belong to: a tagged template itself, or those that made what is run. */
export function templatesAt(
  pointsTo: PointsTo,
  site: CallSite,
  role: SqlRole,
  names: readonly string[],
): readonly CallSite[] {
  if (isTemplate(site)) return [site];
  const made = valuesAt(pointsTo, site, role.text, names);
  const makers = made.map((value) =>
    value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined,
  );
  return makers.flatMap((maker) => (maker !== undefined && isTemplate(maker) ? [maker] : []));
}

/** A tagged template. */
export function isTemplate({ instruction }: CallSite): boolean {
  return instruction.kind === "call" && instruction.template !== undefined;
}

function templateText(pointsTo: PointsTo, { instruction, caller }: CallSite, firstHole = 0): string | null {
  if (instruction.kind !== "call" || instruction.template === undefined) return null;
  return instruction.template
    .map((text, index) => {
      const hole = instruction.arguments[index];
      if (hole === undefined) return text;
      const marked = sqlHole(firstHole + index);
      return (
        text +
        (nameInText(pointsTo, pointsTo.valuesOf(caller, hole.value)) ??
          fragmentText(pointsTo, caller, hole.value, marked) ??
          marked)
      );
    })
    .join("");
}

/** A part of a statement in a hole: what stands in its own holes stands in that one. */
function fragmentText(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  hole: string,
  deep = 0,
): string | null {
  const maker = deep > 2 ? null : makerOf(pointsTo, node, value);
  if (maker === null) return null;
  const { instruction, caller } = maker;
  if (instruction.kind !== "call" || instruction.template === undefined) return splicedText(pointsTo, maker);
  return instruction.template
    .map((text, index) => {
      const inner = instruction.arguments[index];
      if (inner === undefined) return text;
      const name = nameInText(pointsTo, pointsTo.valuesOf(caller, inner.value));
      return text + (name ?? fragmentText(pointsTo, caller, inner.value, hole, deep + 1) ?? hole);
    })
    .join("");
}

/** A hole that holds a table, or a column of one, is its name. */
function nameInText(pointsTo: PointsTo, values: ReadonlySet<AbstractValue>): string | null {
  const [value] = values;
  if (values.size !== 1 || value?.kind !== "foreign" || pointsTo.tablesOf === null) return null;
  const [table, ...others] = pointsTo.tablesOf(value);
  if (table === undefined || others.length > 0) return null;
  // What lies deeper is no column: a row of the type that the table makes (`typeof kids.$inferSelect`).
  const [, column, ...deeper] = value.path;
  return deeper.length > 0 ? null : (column ?? table);
}

/** All statements that a call may run; null stands for one that cannot be read. */
export function statementsAt(
  pointsTo: PointsTo,
  site: CallSite,
  role: SqlRole,
  names: readonly string[],
  read?: ReadValues,
): readonly (SqlStatement | null)[] {
  return statementTexts(pointsTo, site, role, names, read).flatMap(statementsIn);
}

/** In the order of the text. */
export function statementsIn(text: string): readonly (SqlStatement | null)[] {
  return text.replaceAll("*", "").trim() === "" ? [null] : (statementsOf(text) ?? [null]);
}

export interface StatementRead {
  readonly tables: readonly string[];
  /** Names in plain spelling that come back; null: all. */
  readonly columns: ReadonlySet<string> | null;
  /** What a column is called in the rows, where the statement names it otherwise. */
  readonly aliases: readonly { readonly column: string; readonly name: string }[];
  /** Names, in plain spelling, of what the database decrypts. */
  readonly opened: ReadonlySet<string>;
}

/** Which tables each statement of a call reads, and the columns that come back. */
export function columnsRead(
  pointsTo: PointsTo,
  site: CallSite,
  role: SqlRole,
  names: readonly string[],
): readonly StatementRead[] {
  return statementsAt(pointsTo, site, role, names).flatMap((statement): readonly StatementRead[] => {
    if (statement === null) return [{ tables: [], columns: null, aliases: [], opened: new Set() }];
    const { results } = statement;
    if (results !== null && results.length === 0) return [];
    const columns =
      results === null
        ? null
        : new Set(
            results
              .flatMap((each) => [each.name, ...(each.column === null ? [] : [each.column])])
              .map(plainName),
          );
    const aliases = (results ?? []).flatMap(({ name, column }) =>
      column === null || column === name ? [] : [{ column, name }],
    );
    const opened = new Set((results ?? []).flatMap((each) => (each.opened ? [plainName(each.name)] : [])));
    const tables = [...statement.read, ...statement.written, ...statement.deleted];
    return [{ tables, columns, aliases, opened }];
  });
}

export interface ColumnWritten {
  readonly table: string;
  readonly column: string;
  readonly placeholder: SqlPlaceholder;
}

/** Which placeholder goes into which named column. */
export function columnsWritten(
  pointsTo: PointsTo,
  site: CallSite,
  role: SqlRole,
  names: readonly string[],
): readonly ColumnWritten[] {
  return statementsAt(pointsTo, site, role, names).flatMap((statement) =>
    (statement?.writes ?? []).flatMap(({ table, column, source }) =>
      column === null
        ? []
        : partsOf(source)
            .filter(({ within }) => !within.some(isKeyOf))
            .map(({ placeholder }) => ({ table, column, placeholder })),
    ),
  );
}

/** Which placeholder stands for the columns and values of a whole row, or of rows: `SET ?`, `VALUES ?`, `${sql(row)}`. */
export function rowsExpanded(
  pointsTo: PointsTo,
  site: CallSite,
  role: SqlRole,
  names: readonly string[],
): readonly { readonly table: string; readonly placeholder: SqlPlaceholder }[] {
  return statementsAt(pointsTo, site, role, names).flatMap((statement) =>
    (statement?.writes ?? []).flatMap(({ table, source, expand }) =>
      expand === null ? [] : placeholdersOf(source).map((placeholder) => ({ table, placeholder })),
    ),
  );
}

/** Where a fact that reaches a SQL call is written; empty where it only selects or compares. */
export function meetStatement(
  pointsTo: PointsTo,
  site: CallSite,
  role: SqlRole,
  names: readonly string[],
  fact: Fact,
  texts: readonly string[] = statementTexts(pointsTo, site, role, names),
): readonly StatementTarget[] {
  const { instruction } = site;
  const isHole = instruction.kind === "call" && instruction.template !== undefined;
  const hole = isHole ? instruction.arguments.findIndex((argument) => argument.value === fact.base) : -1;
  const inValues =
    hole === -1 && role.values !== null
      ? meet(pointsTo, site, role.values, fact.base, fact.path, names)
      : null;
  const inText =
    hole === -1 &&
    !isHole &&
    !fact.path.components.includes(appended) &&
    meet(pointsTo, site, role.text, fact.base, fact.path, names) !== null;
  if (hole === -1 && inValues === null && !inText) return [];
  const components = inValues === null ? [] : [...positionOf(site, role, fact), ...inValues.components];
  // Where what carries the text carries the values, too (`arg0`, `arg0.values`), a text that is data is not a value.
  const isOnlyText = inText && inValues === null;
  const mayBeText = inText && (inValues === null || fact.path.components.length === 0);
  const targets = new Map<string, StatementTarget>();
  const isTextKnown = texts.every((text) => !text.includes("*"));
  for (const statement of texts.flatMap(statementsIn)) {
    if (statement === null) {
      if (role.lazy === true && isPartOfStatements(site)) continue;
      targets.set("*", { table: "*", column: null, doubt: isTextKnown ? "unread" : "unknown", within: [] });
      continue;
    }
    const found = isOnlyText
      ? []
      : writesOf(
          statement,
          (placeholder, write) =>
            isMeantBehind(statement, placeholder, components) && holds(placeholder, write, hole, components),
        );
    for (const target of found.length === 0 && mayBeText ? textTarget(statement) : found) {
      const functions = target.within.map(({ name, argument }) => `${name}/${String(argument)}`).join(" ");
      targets.set(`${target.table}.${target.column ?? ""} ${functions}`, target);
    }
  }
  return [...targets.values()];
}

/** Values that are arguments of their own (`arg1..`) are counted from the first of them. */
function positionOf(site: CallSite, role: SqlRole, fact: Fact): readonly string[] {
  if (
    role.values?.root.kind !== "arguments" ||
    role.values.steps.length > 0 ||
    site.instruction.kind !== "call"
  )
    return [];
  const index = site.instruction.arguments.findIndex((argument) => argument.value === fact.base);
  return index === -1 || site.instruction.arguments.some((argument) => argument.spread)
    ? []
    : [String(index - role.values.root.from)];
}

/** A value joined into the text of a statement that writes is written somewhere in it. */
function textTarget(statement: SqlStatement): StatementTarget[] {
  const [table] = statement.written;
  return table === undefined || !writing.test(statement.verb)
    ? []
    : [{ table, column: null, doubt: null, within: [] }];
}

function writesOf(
  statement: SqlStatement,
  holdsPlaceholder: (placeholder: SqlPlaceholder, write: SqlWrite) => boolean,
): StatementTarget[] {
  const found = statement.writes.flatMap((write) =>
    partsOf(write.source)
      .filter(({ placeholder }) => holdsPlaceholder(placeholder, write))
      .map(({ within }) => ({ table: write.table, column: write.column, doubt: null, within })),
  );
  if (found.length > 0) return found;
  if (statement.verb === "call") return procedureTarget(statement, holdsPlaceholder);
  if (statement.complete || statement.writes.length > 0 || !writing.test(statement.verb)) return [];
  const [table = "*"] = statement.written;
  return [{ table, column: null, doubt: "unread", within: [] }];
}

/** Nobody knows what a procedure does with what it is given; a driver may hand it over without placeholders. */
function procedureTarget(
  { lookups }: SqlStatement,
  holdsPlaceholder: (placeholder: SqlPlaceholder, write: SqlWrite) => boolean,
): StatementTarget[] {
  const isGiven =
    lookups.length === 0 ||
    lookups.some((placeholder) =>
      holdsPlaceholder(placeholder, {
        table: "*",
        column: null,
        position: 0,
        source: { kind: "placeholder", placeholder },
        expand: null,
      }),
    );
  return isGiven ? [{ table: "*", column: null, doubt: "procedure", within: [] }] : [];
}

function partsOf(source: SqlSource): readonly SqlValuePart[] {
  if (source.kind === "literal") return [];
  return source.kind === "placeholder" ? [{ placeholder: source.placeholder, within: [] }] : source.parts;
}

/** It is what a function of the database seals with, and not what it seals. */
function isKeyOf({ name, argument }: SqlValuePart["within"][number]): boolean {
  const seal = sealingFunctions.get(name);
  return seal !== undefined && seal.data !== argument;
}

function placeholdersOf(source: SqlSource): readonly SqlPlaceholder[] {
  return partsOf(source).map(({ placeholder }) => placeholder);
}

/** Where something was put behind the statement, what may stand in any of the holes stands in one of those. */
function isMeantBehind(
  { writes, lookups }: SqlStatement,
  placeholder: SqlPlaceholder,
  [first]: readonly string[],
): boolean {
  if (first !== "[]" || isBehind(placeholder)) return true;
  return ![...writes.flatMap(({ source }) => placeholdersOf(source)), ...lookups].some(isBehind);
}

function isBehind(placeholder: SqlPlaceholder): boolean {
  return placeholder.kind === "hole" && placeholder.index >= holesBehind;
}

function holds(
  placeholder: SqlPlaceholder,
  write: SqlWrite,
  hole: number,
  components: readonly string[],
): boolean {
  if (placeholder.kind === "hole" && hole !== -1) return placeholder.index === hole;
  const [first, second] = components;
  if (hole !== -1) return false;
  const key =
    placeholder.kind === "hole"
      ? String(placeholder.index)
      : placeholder.kind === "position"
        ? String(placeholder.index)
        : placeholder.name;
  // A row that stands for itself: `query("INSERT INTO t SET ?", row)`.
  const isRow = write.expand === "object" && first !== undefined && !/^(?:\d+|\[\])$/u.test(first);
  if (isRow) return placeholder.kind === "position" && placeholder.index === 0;
  // `{ $name: … }` gives `$name` its value in some drivers, `{ name: … }` in others.
  const isNamed = placeholder.kind === "name" && first?.replace(/^[$:@]/u, "") === key;
  if (first === undefined || first === key || isNamed || first === "[]")
    return write.expand !== "object" || second !== undefined || first === undefined;
  return false;
}
