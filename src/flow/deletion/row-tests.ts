/** What is asked of one column, by what it is compared with: `{ lte: new Date() }`, `LessThan(now)`, `IS NOT NULL`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { SqlCondition, SqlTest } from "../../models/sql/conditions.js";
import { conditionsOf } from "../../models/sql/read-conditions.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { writtenInto } from "../heap/written-literals.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { Passage } from "../guards/open-way.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { nameOf } from "../retention/age-conditions.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { Tables } from "../stores/tables.js";
import { callersAlong, type TimeValues } from "../retention/time-values.js";

export type Scalar = string | number | boolean;

export type RowTest =
  /**
   * `handed`: it is what is handed over, such as a key. `due`: it lies before the present. `others`: rows are meant that
   * have another value, or only some of those that have it. `linked`: it is what another row has.
   */
  | { readonly kind: "set" | "truthy" | "unset" | "unknown" | "handed" | "due" | "others" | "linked" }
  /** It is a smaller number. */
  | { readonly kind: "few"; readonly below: number }
  | { readonly kind: "equals" | "differs"; readonly values: readonly Scalar[] }
  /** It has one in that table, which is found by its own key. */
  | { readonly kind: "joined"; readonly table: string | null; readonly byKey: boolean }
  | {
      readonly kind: "chosen";
      readonly tables: readonly string[];
      readonly conditions: readonly RowCondition[];
    }
  /** There is no row of those tables for it; null: nobody can tell of which. */
  | { readonly kind: "lacking"; readonly tables: readonly string[] | null }
  /** All conditions of one side hold. */
  | { readonly kind: "either"; readonly sides: readonly (readonly RowCondition[])[] };

export interface RowCondition {
  readonly column: string | null;
  readonly test: RowTest;
}

export interface AskedOfRows {
  readonly pointsTo: PointsTo;
  readonly times: TimeValues;
  readonly tables: Tables;
  /** By which calls a function was come to, and all that lie on the ways: what these hand over is what is asked for. */
  readonly calls?: ReadonlyMap<FunctionNode, CallEdge>;
  readonly passages?: ReadonlySet<Passage>;
}

const mostWays = 24;
export const unknown: RowTest = { kind: "unknown" };
export const unread: RowCondition = { column: null, test: unknown };

export function resolved(
  asked: AskedOfRows,
  node: FunctionNode,
  { column, test }: SqlCondition,
  given: (placeholder: SqlPlaceholder) => readonly ValueId[],
): RowCondition {
  return { column, test: told(test) };

  function told(each: SqlTest): RowTest {
    switch (each.kind) {
      case "due":
        return each.placeholder === null ? { kind: "due" } : before(asked, node, given(each.placeholder)[0]);
      case "handed": {
        const [value] = given(each.placeholder);
        return value === undefined ? { kind: "handed" } : ofValue(asked, node, value);
      }
      case "either":
        return {
          kind: "either",
          sides: each.sides.map((side) => side.map((inner) => resolved(asked, node, inner, given))),
        };
      case "chosen":
        return {
          ...each,
          conditions: each.conditions.map((inner) => resolved(asked, node, inner, given)),
        };
      default:
        return each;
    }
  }
}

/** What a statement asks to which nothing is handed over. */
export function byItself({ column, test }: SqlCondition): RowCondition {
  return { column, test: alone(test) };
}

function alone(test: SqlTest): RowTest {
  switch (test.kind) {
    case "due":
      return test.placeholder === null ? { kind: "due" } : unknown;
    case "handed":
      return unknown;
    case "either":
      return { kind: "either", sides: test.sides.map((side) => side.map(byItself)) };
    case "chosen":
      return { ...test, conditions: test.conditions.map(byItself) };
    default:
      return test;
  }
}

/**
 * What stands for itself in a statement: ``sql`now()` ``, `knex.raw("now() - interval '7 days'")`. `mayBeHanded`: also
 * what values are handed over to.
 */
export function rawText(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  mayBeHanded = false,
): string | null {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "call" || !/(?:^|\.)(?:raw|sql|literal)$/u.test(definition.name)) return null;
  const [first, ...others] = definition.arguments;
  if (definition.template !== undefined) return first === undefined ? definition.template.join("") : null;
  const text = first === undefined ? null : foldedConstant(pointsTo, node, first.value)?.value;
  return typeof text === "string" && (mayBeHanded || others.length === 0) ? text : null;
}

/** Before the present, or before some time ago. */
function before(asked: AskedOfRows, node: FunctionNode, value: ValueId | undefined): RowTest {
  const definition = value === undefined ? null : definitionOf(node, value);
  // A client's own points in time: `Timestamp.now()`, `Timestamp.fromDate(new Date())`.
  if (definition?.kind === "call" && /(?:^|\.)(?:Timestamp|fn)\.now$/u.test(definition.name))
    return { kind: "due" };
  if (definition?.kind === "call" && /(?:^|\.)Timestamp\.from(?:Date|Millis)$/u.test(definition.name))
    return before(asked, node, definition.arguments[0]?.value);
  // `knex.raw("now() - ?::interval", ["30 days"])`
  const text = value === undefined ? null : rawText(asked.pointsTo, node, value, true);
  if (text !== null && conditionsOf(`due < ${text}`).every(({ test }) => test.kind === "due"))
    return { kind: "due" };
  const offset = value === undefined ? null : asked.times.offsetOf(node, value);
  return offset !== null && offset <= 0 ? { kind: "due" } : unknown;
}

/** What the calls on the way hand over for it, if it is a parameter and one thing only. */
export function handedOver(asked: AskedOfRows, node: FunctionNode, value: ValueId): [FunctionNode, ValueId] {
  let found: [FunctionNode, ValueId] = [node, value];
  for (let hops = 0; hops < 6; hops++) {
    const [callee, handed] = found;
    const definition = definitionOf(callee, handed);
    if (definition?.kind !== "parameter") return found;
    const edge = asked.calls?.get(callee);
    const edges =
      edge === undefined ? callersAlong(asked.pointsTo, asked.passages ?? new Set(), callee) : [edge];
    const [only, ...others] = edges.flatMap((each) =>
      argumentsFor(each, definition.index).map((argument) => [each.site.caller, argument.value] as const),
    );
    if (only === undefined || others.length > 0) return found;
    found = [...only];
  }
  return found;
}

/** Names with what is written under them; null: there may be more. `[Op.lt]` is `lt`. */
export function entriesOf(node: FunctionNode, object: ValueId): (readonly [string, ValueId])[] | null {
  const origin = originOf(node, object);
  const found: (readonly [string, ValueId])[] = [];
  for (const each of node.code) {
    if (each.kind === "copy-properties" && originOf(node, each.target) === origin) return null;
    if (each.kind !== "store" || originOf(node, each.object) !== origin) continue;
    const { property } = each;
    const name =
      property.kind === "name"
        ? property.name
        : property.kind === "computed"
          ? nameOf(node, property.value)
          : null;
    if (name === null) return null;
    found.push([name, each.value]);
  }
  return found;
}

/** What a column is compared with. */
export function ofValue(asked: AskedOfRows, from: FunctionNode, given: ValueId): RowTest {
  const [node, value] = handedOver(asked, from, given);
  const constant = foldedConstant(asked.pointsTo, node, value);
  if (constant !== null)
    return constant.value === null || constant.value === undefined
      ? { kind: "unset" }
      : { kind: "equals", values: [constant.value] };
  const definition = definitionOf(node, value);
  if (definition?.kind === "object") {
    const [only, ...others] = entriesOf(node, value) ?? [];
    return only === undefined || others.length > 0 ? unknown : compared(asked, node, only[0], only[1]);
  }
  if (definition?.kind === "array") return ofList(asked, node, value);
  if (definition?.kind === "call" && operators.test(lastOf(definition.name)))
    return compared(asked, node, lastOf(definition.name), definition.arguments[0]?.value);
  return asked.times.offsetOf(node, value) === null ? { kind: "handed" } : unknown;
}

const operators =
  /^(?:LessThan|LessThanOrEqual|Not|IsNull|Equal|In|Any|MoreThan|MoreThanOrEqual|Between|Raw|Or|And|Like)$/u;

/** By a word of a client: `lte`, `$ne`, `LessThan`, `is`. */
export function compared(
  asked: AskedOfRows,
  node: FunctionNode,
  word: string,
  value: ValueId | undefined,
): RowTest {
  const plain = word.replace(/^\$/u, "").toLowerCase();
  if (plain === "isnull") return { kind: "unset" };
  if (plain === "isnotnull") return { kind: "set" };
  if (value === undefined) return unknown;
  const test = (): RowTest => ofValue(asked, node, value);
  switch (plain) {
    case "lt":
    case "lte":
    case "<":
    case "<=":
    case "lessthan":
    case "lessthanorequal": {
      const number = foldedConstant(asked.pointsTo, ...handedOver(asked, node, value))?.value;
      return typeof number === "number" && number > 0
        ? { kind: "few", below: number }
        : before(asked, ...handedOver(asked, node, value));
    }
    case "gt":
    case "gte":
    case ">":
    case ">=":
    case "morethan":
    case "morethanorequal":
    case "between":
    case "none":
    case "isnot":
      return { kind: "others" };
    case "eq":
    case "equals":
    case "equal":
    case "is":
    case "=":
    case "==":
    case "===":
      return test();
    case "in":
    case "any":
    case "inarray":
      return listed(asked, node, value);
    case "nin":
    case "notin":
    case "not in":
    case "notinarray": {
      const inner = listed(asked, node, value);
      return inner.kind === "equals" ? { ...inner, kind: "differs" } : { kind: "others" };
    }
    case "exists": {
      const inner = test();
      return inner.kind !== "equals" ? unknown : { kind: inner.values[0] === true ? "set" : "unset" };
    }
    case "not":
    case "ne":
    case "neq":
    case "is not":
    case "<>":
    case "!=": {
      const inner = test();
      return inner.kind === "unset"
        ? { kind: "set" }
        : inner.kind === "equals"
          ? { ...inner, kind: "differs" }
          : { kind: "others" };
    }
    default:
      return unknown;
  }
}

function listed(asked: AskedOfRows, from: FunctionNode, given: ValueId): RowTest {
  const [node, value] = handedOver(asked, from, given);
  return definitionOf(node, value)?.kind === "array" ? ofList(asked, node, value) : { kind: "handed" };
}

function ofList(asked: AskedOfRows, node: FunctionNode, list: ValueId): RowTest {
  const values = writtenInto(node, list, "array").map(
    ([, value]) => foldedConstant(asked.pointsTo, ...handedOver(asked, node, value))?.value,
  );
  const known = values.filter((value) => value !== undefined && value !== null);
  return known.length > 0 && known.length === values.length
    ? { kind: "equals", values: known }
    : { kind: "handed" };
}

export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Each way in which the conditions may hold, without any choice; what has too many is not read. */
export function waysToHold(conditions: readonly RowCondition[]): readonly (readonly RowCondition[])[] {
  let ways: readonly (readonly RowCondition[])[] = [[]];
  for (const each of conditions) {
    const { test } = each;
    const sides = test.kind === "either" ? test.sides.flatMap(waysToHold) : [[each]];
    ways = ways.flatMap((way) => sides.map((side) => [...way, ...side]));
    if (ways.length > mostWays) return [[unread]];
  }
  return ways;
}
