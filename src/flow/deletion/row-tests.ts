/** What is asked of one column, by what it is compared with: `{ lte: new Date() }`, `LessThan(now)`, `IS NOT NULL`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { SqlCondition, SqlTest } from "../../models/sql/read-conditions.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { writtenInto } from "../heap/written-literals.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { nameOf } from "../retention/age-conditions.js";
import type { TimeValues } from "../retention/time-values.js";

export type Scalar = string | number | boolean;

export type RowTest =
  /** `handed`: it is what is handed over, such as a key. `due`: it lies before the present. */
  | { readonly kind: "set" | "truthy" | "unset" | "differs" | "unknown" | "handed" | "due" }
  | { readonly kind: "equals"; readonly values: readonly Scalar[] }
  /** It has one in that table. */
  | { readonly kind: "joined"; readonly table: string | null }
  | {
      readonly kind: "chosen";
      readonly tables: readonly string[];
      readonly conditions: readonly RowCondition[];
    };

export interface RowCondition {
  readonly column: string | null;
  readonly test: RowTest;
}

export interface AskedOfRows {
  readonly pointsTo: PointsTo;
  readonly times: TimeValues;
}

/** Options of a read, beside a condition or without any. */
const ofAllRows =
  /^(?:select|orderBy|take|skip|limit|order|attributes|relations|cursor|distinct|withDeleted|paranoid|raw|transaction|session|projection|sort)$/u;
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

/** Before the present, or before some time ago. */
function before({ times }: AskedOfRows, node: FunctionNode, value: ValueId | undefined): RowTest {
  const offset = value === undefined ? null : times.offsetOf(node, value);
  return offset !== null && offset <= 0 ? { kind: "due" } : unknown;
}

/** `{ eraseAt: { lte: new Date() }, held: false }` */
export function ofObject(asked: AskedOfRows, node: FunctionNode, object: ValueId): readonly RowCondition[] {
  const written = entriesOf(node, object);
  if (written === null) return [unread];
  const inner = written.find(([name]) => name === "where" || name === "filter");
  if (inner !== undefined)
    return definitionOf(node, inner[1])?.kind === "object" ? ofObject(asked, node, inner[1]) : [unread];
  if (written.every(([name]) => ofAllRows.test(name))) return [];
  return written.flatMap(([name, value]): readonly RowCondition[] => {
    if (/^(?:\$and|and)$/iu.test(name))
      return writtenInto(node, value, "array").flatMap(([, each]) => ofObject(asked, node, each));
    if (/^(?:\$|or$|not$)/iu.test(name)) return [unread];
    return testsOf(asked, node, value).map((test) => ({ column: name, test }));
  });
}

/** `{ $ne: null, $lte: now }` says several things of one column. */
function testsOf(asked: AskedOfRows, node: FunctionNode, value: ValueId): readonly RowTest[] {
  const written = definitionOf(node, value)?.kind === "object" ? entriesOf(node, value) : null;
  if (written === null || written.length < 2) return [ofValue(asked, node, value)];
  return written.map(([word, each]) => compared(asked, node, word, each));
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
function ofValue(asked: AskedOfRows, node: FunctionNode, value: ValueId): RowTest {
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
    case "lessthanorequal":
      return before(asked, node, value);
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
      return definitionOf(node, value)?.kind === "array" ? ofList(asked, node, value) : { kind: "handed" };
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
          ? { kind: "differs" }
          : unknown;
    }
    default:
      return unknown;
  }
}

function ofList(asked: AskedOfRows, node: FunctionNode, list: ValueId): RowTest {
  const values = writtenInto(node, list, "array").map(
    ([, value]) => foldedConstant(asked.pointsTo, node, value)?.value,
  );
  const known = values.filter((value) => value !== undefined && value !== null);
  return known.length > 0 && known.length === values.length
    ? { kind: "equals", values: known }
    : { kind: "handed" };
}

export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
