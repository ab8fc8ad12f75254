/**
 * Which rows a call means, as far as that is written out: by the text of a statement, by objects (`{ eraseAt: { lt: now } }`),
 * by the calls of a builder (`.where("erase_at", "<", now)`). What cannot be read is `unknown`, and never left out.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { conditionsIn } from "../../models/sql/read-conditions.js";
import { isOwnKey } from "../../models/sql/read-joins.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { operandsWritten, writtenInto } from "../heap/written-literals.js";
import { definitionOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import type { ModelAt } from "../program/model-at.js";
import type { FunctionNode } from "../program/program.js";
import { statementTexts } from "../stores/sql-sinks.js";
import { inOrder, ofChain } from "./builder-conditions.js";
import { givenFor } from "./fixed-values.js";
import { ofObject } from "./object-conditions.js";
import {
  type AskedOfRows,
  entriesOf,
  handedOver,
  lastOf,
  resolved,
  type RowCondition,
  unknown,
  unread,
} from "./row-tests.js";

/** Stages that take no rows away for good. */
const everyRow = /^\$(?:project|sort|limit|skip|set|unset|addFields|lookup|count|sample)$/u;

interface Asked extends AskedOfRows {
  readonly writers: Writers;
}

/** What a call of a package asks of the rows, with the calls of the builder that it belongs to. */
export function conditionsAt(
  asked: Asked,
  site: CallSite,
  matches: readonly ModelAt[],
): readonly RowCondition[] {
  const { caller, instruction } = site;
  if (instruction.kind !== "call") return [unread];
  const found: RowCondition[] = [];
  let which: ValueId[] | null = null;
  for (const { model, names } of matches)
    for (const role of model.roles) {
      if (role.kind === "sql") found.push(...ofStatements(asked, site, role, names));
      else if (role.kind === "delete" && (role.which ?? []).length > 0)
        which = [
          ...(which ?? []),
          ...(role.which ?? []).flatMap((address) => operandsWritten(site, address)),
        ];
    }
  const isStatement = matches.some(({ model }) => model.roles.some(({ kind }) => kind === "sql"));
  const own = which ?? (isStatement ? [] : instruction.arguments.map(({ value }) => value));
  for (const value of own) {
    const written = writtenFor(asked, caller, value);
    if (written === null) continue;
    found.push(...written);
    break;
  }
  return [...found, ...ofChain(asked, caller, instruction)];
}

function ofStatements(
  asked: Asked,
  site: CallSite,
  role: Extract<Role, { kind: "sql" }>,
  names: readonly string[],
): readonly RowCondition[] {
  const given = (placeholder: SqlPlaceholder): readonly ValueId[] => givenFor(site, role.values, placeholder);
  return inCommon(
    statementTexts(asked.pointsTo, site, role, names).map((text) =>
      conditionsIn(text).map((condition) => resolved(asked, site.caller, condition, given)),
    ),
  );
}

/** One of several is meant: what all of them ask, and what one of them asks where it means all other rows. */
function inCommon(each: readonly (readonly RowCondition[])[]): readonly RowCondition[] {
  const [first, ...others] = each;
  if (first === undefined) return [unread];
  const isSame = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
  return isSame ? first : [unread, ...each.flat().filter(({ test }) => test.kind === "others")];
}

/** Of an object, or of a list of stages, wherever it is written; null: it is neither, such as a key. */
function writtenFor(asked: Asked, from: FunctionNode, given: ValueId): readonly RowCondition[] | null {
  const [node, value] = handedOver(asked, from, given);
  const definition = definitionOf(node, value);
  if (definition?.kind === "object") return ofObject(asked, node, value);
  if (definition?.kind === "array") return ofStages(asked, node, value);
  const objects = [...asked.pointsTo.valuesOf(node, value)].filter(
    (each) => each.kind === "object" && !each.array,
  );
  return objects.length === 0 ? null : inCommon(objects.map((each) => ofWritten(asked, node, each)));
}

function ofWritten(asked: Asked, node: FunctionNode, object: AbstractValue): readonly RowCondition[] {
  const [first, ...rest] = asked.writers.ofObject(object);
  if (first === undefined || rest.some((each) => each.node !== first.node)) return [unread];
  // What another function is handed is nothing that the caller hands over.
  return ofObject(asked, first.node, first.object).map((each) =>
    each.test.kind === "handed" && first.node !== node ? { ...each, test: unknown } : each,
  );
}

/** `[{ $match: { status: "due" } }, { $limit: 100 }]` */
function ofStages(asked: Asked, node: FunctionNode, list: ValueId): readonly RowCondition[] | null {
  const stages = writtenInto(node, list, "array").map(([, each]) =>
    definitionOf(node, each)?.kind === "object" ? entriesOf(node, each) : null,
  );
  const isPipeline = stages.some((stage) => stage?.some(([name]) => name.startsWith("$")));
  if (!isPipeline) return null;
  const looked = new Map<string, RowCondition>();
  return stages.flatMap((stage) => {
    const [only, ...others] = stage ?? [];
    if (only === undefined || others.length > 0) return [unread];
    const [name, value] = only;
    if (name === "$lookup") {
      const { from, foreignField, localField, as } = textsIn(asked, node, value);
      const byKey = isOwnKey(foreignField ?? "") && !isOwnKey(localField ?? "");
      if (as !== undefined && from !== undefined && foreignField !== undefined)
        looked.set(`$${as}`, { column: null, test: { kind: "joined", table: from, byKey } });
    }
    // Of what was looked up, one has to be there.
    const unwound = name === "$unwind" ? foldedConstant(asked.pointsTo, node, value)?.value : undefined;
    if (unwound !== undefined) return [looked.get(String(unwound)) ?? unread];
    if (name === "$match")
      return definitionOf(node, value)?.kind === "object" ? ofObject(asked, node, value) : [unread];
    return everyRow.test(name) ? [] : [unread];
  });
}

function textsIn({ pointsTo }: Asked, node: FunctionNode, object: ValueId): Partial<Record<string, string>> {
  return Object.fromEntries(
    (entriesOf(node, object) ?? []).flatMap(([name, value]) => {
      const text = foldedConstant(pointsTo, node, value)?.value;
      return typeof text === "string" ? [[name, text] as const] : [];
    }),
  );
}

/** `find({ withDeleted: true })`, `findAll({ paranoid: false })`, `.withDeleted()`, and every statement. */
export function asksForHidden({ pointsTo }: Asked, site: CallSite, matches: readonly ModelAt[]): boolean {
  const { caller, instruction } = site;
  if (instruction.kind !== "call") return false;
  if (matches.some(({ model }) => model.roles.some(({ kind }) => kind === "sql"))) return true;
  return inOrder(caller, instruction).some(
    (call) =>
      lastOf(call.name) === "withDeleted" ||
      call.arguments.some(({ value }) =>
        (entriesOf(caller, value) ?? []).some(([name, each]) => {
          const known = foldedConstant(pointsTo, caller, each)?.value;
          return (name === "withDeleted" && known !== false) || (name === "paranoid" && known === false);
        }),
      ),
  );
}
