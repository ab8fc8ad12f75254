/**
 * Which rows a call means, as far as that is written out: by the text of a statement, by objects (`{ eraseAt: { lt: now } }`),
 * by the calls of a builder (`.where("erase_at", "<", now)`). What cannot be read is `unknown`, and never left out.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import {
  conditionsIn,
  conditionsOf,
  type SqlCondition,
  type SqlTest,
} from "../../models/sql/read-conditions.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { operandsWritten, writtenInto } from "../heap/written-literals.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ModelAt } from "../program/model-at.js";
import type { FunctionNode } from "../program/program.js";
import { nameOf } from "../retention/age-conditions.js";
import type { TimeValues } from "../retention/time-values.js";
import { statementTexts } from "../stores/sql-sinks.js";
import { chainOf } from "./erases-one.js";
import { givenFor } from "./fixed-values.js";

export type Scalar = string | number | boolean;

export type RowTest =
  /** `handed`: it is what is handed over, such as a key. `due`: it lies before the present. */
  | { readonly kind: "set" | "truthy" | "unset" | "differs" | "unknown" | "handed" | "due" }
  | { readonly kind: "equals"; readonly values: readonly Scalar[] }
  | {
      readonly kind: "chosen";
      readonly tables: readonly string[];
      readonly conditions: readonly RowCondition[];
    };

export interface RowCondition {
  readonly column: string | null;
  readonly test: RowTest;
}

interface Asked {
  readonly pointsTo: PointsTo;
  readonly times: TimeValues;
}

const unknown: RowTest = { kind: "unknown" };
const unread: RowCondition = { column: null, test: unknown };

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
  const object = own.find((value) => definitionOf(caller, value)?.kind === "object");
  if (object !== undefined) found.push(...ofObject(asked, caller, object));
  return [...found, ...ofChain(asked, caller, instruction)];
}

function ofStatements(
  asked: Asked,
  site: CallSite,
  role: Extract<Role, { kind: "sql" }>,
  names: readonly string[],
): readonly RowCondition[] {
  const [text, ...others] = statementTexts(asked.pointsTo, site, role, names);
  if (text === undefined || others.length > 0) return [unread];
  const given = (placeholder: SqlPlaceholder): readonly ValueId[] => givenFor(site, role.values, placeholder);
  return conditionsIn(text).map((condition) => resolved(asked, site.caller, condition, given));
}

function resolved(
  asked: Asked,
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
function before({ times }: Asked, node: FunctionNode, value: ValueId | undefined): RowTest {
  const offset = value === undefined ? null : times.offsetOf(node, value);
  return offset !== null && offset <= 0 ? { kind: "due" } : unknown;
}

/** `{ eraseAt: { lte: new Date() }, held: false }` */
function ofObject(asked: Asked, node: FunctionNode, object: ValueId): readonly RowCondition[] {
  const written = entriesOf(node, object);
  if (written === null) return [unread];
  const inner = written.find(([name]) => name === "where" || name === "filter");
  if (inner !== undefined)
    return definitionOf(node, inner[1])?.kind === "object" ? ofObject(asked, node, inner[1]) : [unread];
  return written.flatMap(([name, value]): readonly RowCondition[] => {
    if (/^(?:\$and|and)$/iu.test(name))
      return writtenInto(node, value, "array").flatMap(([, each]) => ofObject(asked, node, each));
    if (/^(?:\$|or$|not$)/iu.test(name)) return [unread];
    return testsOf(asked, node, value).map((test) => ({ column: name, test }));
  });
}

/** `{ $ne: null, $lte: now }` says several things of one column. */
function testsOf(asked: Asked, node: FunctionNode, value: ValueId): readonly RowTest[] {
  const written = definitionOf(node, value)?.kind === "object" ? entriesOf(node, value) : null;
  if (written === null || written.length < 2) return [ofValue(asked, node, value)];
  return written.map(([word, each]) => compared(asked, node, word, each));
}

/** Names with what is written under them; null: there may be more. `[Op.lt]` is `lt`. */
function entriesOf(node: FunctionNode, object: ValueId): (readonly [string, ValueId])[] | null {
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
function ofValue(asked: Asked, node: FunctionNode, value: ValueId): RowTest {
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
function compared(asked: Asked, node: FunctionNode, word: string, value: ValueId | undefined): RowTest {
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

function ofList(asked: Asked, node: FunctionNode, list: ValueId): RowTest {
  const values = writtenInto(node, list, "array").map(
    ([, value]) => foldedConstant(asked.pointsTo, node, value)?.value,
  );
  const known = values.filter((value) => value !== undefined && value !== null);
  return known.length > 0 && known.length === values.length
    ? { kind: "equals", values: known }
    : { kind: "handed" };
}

/** The calls of a builder, each of which asks for something more. */
function ofChain(asked: Asked, node: FunctionNode, call: InstructionOf<"call">): readonly RowCondition[] {
  const found: RowCondition[] = [];
  let named: string | null = null;
  for (const each of inOrder(node, call)) {
    const word = lastOf(each.name);
    const [first, second, third] = each.arguments.map(({ value }) => value);
    const column = first === undefined ? null : textOf(asked, node, first);
    if (/^(?:and|or)?where\w*$/iu.test(word)) {
      if (
        first !== undefined &&
        second === undefined &&
        column !== null &&
        /^\w+$/u.test(column) &&
        word === "where"
      )
        named = column;
      else found.push(...asksFor(asked, node, word, each, column));
    } else if (/^(?:lte?|eq|neq?|is|not|in|equals|exists|gte?|contains|match|filter|or)$/u.test(word)) {
      if (named !== null) found.push({ column: named, test: compared(asked, node, word, first) });
      else if (word === "match" && first !== undefined) found.push(...ofObject(asked, node, first));
      else if (column === null || second === undefined) found.push(unread);
      // `.not("erase_at", "is", null)`
      else if (third !== undefined)
        found.push({ column, test: word === "not" ? compared(asked, node, "not", third) : unknown });
      else found.push({ column, test: compared(asked, node, word, second) });
      named = null;
    }
  }
  return found;
}

/** The calls of the chain that the call is part of, from the first to the last. */
function inOrder(node: FunctionNode, call: InstructionOf<"call">): readonly InstructionOf<"call">[] {
  return [...chainOf(node, call)].sort((a, b) => node.code.indexOf(a) - node.code.indexOf(b));
}

/** `where("erase_at", "<", now)`, `whereNotNull("erase_at")`, `where(lt(kids.eraseAt, now))`, `where("k.eraseAt < :now", { now })` */
function asksFor(
  asked: Asked,
  node: FunctionNode,
  word: string,
  { arguments: list }: InstructionOf<"call">,
  text: string | null,
): readonly RowCondition[] {
  const [first, second, third] = list.map(({ value }) => value);
  if (/^or/u.test(word) || first === undefined) return [unread];
  const isWritten = text !== null && !/^[\w.]+$/u.test(text);
  if (text !== null && (isWritten || /raw$/iu.test(word)))
    return conditionsOf(text).map((each) =>
      resolved(asked, node, each, (placeholder) => behind(node, second, placeholder)),
    );
  const column = text?.replace(/^.*\./u, "") ?? null;
  if (/notnull$/iu.test(word)) return [{ column, test: { kind: "set" } }];
  if (/null$/iu.test(word)) return [{ column, test: { kind: "unset" } }];
  if (/in$/iu.test(word)) return [{ column, test: { kind: /not/iu.test(word) ? "unknown" : "handed" } }];
  if (/^(?:and)?wherenot$/iu.test(word))
    return [{ column, test: second === undefined ? unknown : compared(asked, node, "not", second) }];
  if (!/^(?:and)?where$/iu.test(word)) return [unread];
  if (column !== null) {
    if (second === undefined) return [unread];
    const sign = third === undefined ? "=" : (textOf(asked, node, second) ?? "?");
    return [{ column, test: compared(asked, node, sign, third ?? second) }];
  }
  const definition = definitionOf(node, first);
  if (definition?.kind === "object") return ofObject(asked, node, first);
  return definition?.kind === "call" ? ofExpression(asked, node, definition, 0) : [unread];
}

/** `and(lt(kids.eraseAt, new Date()), eq(kids.held, false))` */
function ofExpression(
  asked: Asked,
  node: FunctionNode,
  { name, arguments: list, template }: InstructionOf<"call">,
  depth: number,
): readonly RowCondition[] {
  const word = lastOf(name);
  if (depth > 4) return [unread];
  if (template !== undefined) {
    const holes = list.map(({ value }) => nameOf(node, value));
    const text = template
      .map((part, index) => part + (index < list.length ? (holes[index] ?? "?") : ""))
      .join("");
    return conditionsOf(text).map((each) => resolved(asked, node, each, () => []));
  }
  if (word === "and")
    return list.flatMap(({ value }) => {
      const inner = definitionOf(node, value);
      return inner?.kind === "call" ? ofExpression(asked, node, inner, depth + 1) : [unread];
    });
  const [first, second] = list.map(({ value }) => value);
  const column = first === undefined ? null : nameOf(node, first);
  return [{ column, test: column === null ? unknown : compared(asked, node, word, second) }];
}

/** What is handed over beside a written condition. */
function behind(
  node: FunctionNode,
  given: ValueId | undefined,
  placeholder: SqlPlaceholder,
): readonly ValueId[] {
  if (given === undefined) return [];
  const name =
    placeholder.kind === "name"
      ? placeholder.name
      : String(placeholder.kind === "position" ? placeholder.index : "");
  const kind = placeholder.kind === "name" ? "object" : "array";
  const inside = writtenInto(node, given, kind).flatMap(([key, value]) => (key === name ? [value] : []));
  return inside.length === 0 && placeholder.kind === "position" ? [given] : inside;
}

function textOf({ pointsTo }: Asked, node: FunctionNode, value: ValueId): string | null {
  const constant = foldedConstant(pointsTo, node, value);
  return typeof constant?.value === "string" ? constant.value : null;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
