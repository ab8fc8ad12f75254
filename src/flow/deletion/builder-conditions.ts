/** What the calls of a builder ask of the rows: `.where("erase_at", "<", now)`, `.eq("id", id)`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { conditionsOf } from "../../models/sql/read-conditions.js";
import { isOwnKey } from "../../models/sql/read-joins.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { writtenInto } from "../heap/written-literals.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { nameOf } from "../retention/age-conditions.js";
import { chainOf } from "./erases-one.js";
import { ofObject, ofWhere } from "./object-conditions.js";
import {
  type AskedOfRows,
  compared,
  lastOf,
  resolved,
  type RowCondition,
  unknown,
  unread,
} from "./row-tests.js";

/** The calls of a builder, each of which asks for something more. */
export function ofChain(
  asked: AskedOfRows,
  node: FunctionNode,
  call: InstructionOf<"call">,
): readonly RowCondition[] {
  const joins: RowCondition[] = [];
  let found: RowCondition[] = [];
  const sides = [found];
  let named: string | null = null;
  for (const each of inOrder(node, call)) {
    const word = lastOf(each.name);
    const [first, second, third] = each.arguments.map(({ value }) => value);
    const column = first === undefined ? null : textOf(asked, node, first);
    if (/^having|^(?:and|or)having/iu.test(word)) found.push(unread);
    else if (/^(?:inner)?join/iu.test(word)) joins.push(ofJoin(asked, node, each, column));
    else if (/^(?:and|or)?where\w*$/iu.test(word)) {
      if (/^or/u.test(word) && found.length > 0) sides.push((found = []));
      if (
        first !== undefined &&
        second === undefined &&
        column !== null &&
        /^\w+$/u.test(column) &&
        word === "where"
      )
        named = column;
      else found.push(...asksFor(asked, node, word, each, column));
    } else if (/^(?:lte?|eq|neq?|is|not|n?in|equals|exists|gte?|contains|match|filter|n?or)$/u.test(word)) {
      if (named !== null) found.push({ column: named, test: compared(asked, node, word, first) });
      else if (word === "match" && first !== undefined) found.push(...ofObject(asked, node, first));
      else if (word === "nor") found.push({ column: null, test: { kind: "others" } });
      else if (word === "or" && column === null && first !== undefined)
        found.push(...ofWhere(asked, node, first));
      else if (column === null || second === undefined) found.push(unread);
      // `.not("erase_at", "is", null)`
      else if (third !== undefined)
        found.push({ column, test: word === "not" ? compared(asked, node, "not", third) : unknown });
      else found.push({ column, test: compared(asked, node, word, second) });
      named = null;
    }
  }
  const [, other] = sides;
  return other === undefined
    ? [...joins, ...found]
    : [...joins, { column: null, test: { kind: "either", sides } }];
}

/** `.join("kids", "kids.id", "requests.kid")`, `.innerJoin(kids, eq(kids.id, requests.kid))` */
function ofJoin(
  asked: AskedOfRows,
  node: FunctionNode,
  { arguments: list }: InstructionOf<"call">,
  text: string | null,
): RowCondition {
  const [first, ...others] = list.map(({ value }) => value);
  if (first === undefined) return { column: null, test: { kind: "joined", table: null, byKey: false } };
  const [only] = others;
  const expression = only === undefined ? null : definitionOf(node, only);
  const isPlain = others.every((each) => {
    const definition = definitionOf(node, each);
    return (
      definition?.kind !== "function" && !(definition?.kind === "call" && lastOf(definition.name) === "and")
    );
  });
  const [named, alias] = text?.split(/\s+(?:as\s+)?/iu) ?? [
    nameOf(node, first) ?? tableOf(asked, node, first),
  ];
  const sides =
    expression?.kind === "call" && lastOf(expression.name) === "eq"
      ? expression.arguments.map(({ value }) => sideOf(asked, node, value, first))
      : others.map((each) => sideNamed(textOf(asked, node, each) ?? "", [named ?? "", alias ?? ""]));
  const known = sides.filter((side) => side !== null);
  const own = known.find(({ isOwn }) => isOwn);
  const other = known.find(({ isOwn }) => !isOwn);
  const byKey = own !== undefined && other !== undefined && isOwnKey(own.column) && !isOwnKey(other.column);
  return { column: null, test: { kind: "joined", table: isPlain ? (named ?? null) : null, byKey } };
}

interface Side {
  readonly column: string;
  readonly isOwn: boolean;
}

/** `users.id` */
function sideNamed(text: string, names: readonly string[]): Side | null {
  const [, table, column] = /^(\w+)\.(\w+)$/u.exec(text) ?? [];
  return table === undefined || column === undefined ? null : { column, isOwn: names.includes(table) };
}

function sideOf({ pointsTo }: AskedOfRows, node: FunctionNode, value: ValueId, table: ValueId): Side | null {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "load" || definition.property.kind !== "name") return null;
  const own = pointsTo.valuesOf(node, table);
  const isOwn = [...pointsTo.valuesOf(node, definition.object)].some((each) => [...own].includes(each));
  return { column: definition.property.name, isOwn };
}

/** The table that a value stands for: `const kids = pgTable("club_kids", …)`. */
function tableOf({ pointsTo, tables }: AskedOfRows, node: FunctionNode, value: ValueId): string | null {
  const found = [...pointsTo.valuesOf(node, value)].flatMap((each) => tables.entities.standsFor(each) ?? []);
  return found[0]?.table ?? null;
}

/**
 * The calls of the chain that the call is part of, from the first to the last, with those that stand by themselves and
 * change the builder: `query.withDeleted();`.
 */
export function inOrder(node: FunctionNode, call: InstructionOf<"call">): readonly InstructionOf<"call">[] {
  const chain = chainOf(node, call);
  const made = new Set(chain.map(({ out }) => out));
  return node.code.filter(
    (each): each is InstructionOf<"call"> =>
      each.kind === "call" &&
      (chain.includes(each) ||
        (each.receiver !== null &&
          made.has(originOf(node, each.receiver)) &&
          (node.uses[each.out] ?? []).length === 0)),
  );
}

/** `where("erase_at", "<", now)`, `whereNotNull("erase_at")`, `where(lt(kids.eraseAt, now))`, `where("k.eraseAt < :now", { now })` */
function asksFor(
  asked: AskedOfRows,
  node: FunctionNode,
  word: string,
  { arguments: list }: InstructionOf<"call">,
  text: string | null,
): readonly RowCondition[] {
  const [first, second, third] = list.map(({ value }) => value);
  const plain = word.replace(/^(?:and|or)/u, "").toLowerCase();
  if (first === undefined) return [unread];
  const isWritten = text !== null && !/^[\w.]+$/u.test(text);
  if (text !== null && (isWritten || /raw$/iu.test(word)))
    return conditionsOf(text).map((each) =>
      resolved(asked, node, each, (placeholder) => behind(node, second, placeholder)),
    );
  const column = text?.replace(/^.*\./u, "") ?? null;
  if (plain.endsWith("notnull")) return [{ column, test: { kind: "set" } }];
  if (plain.endsWith("null")) return [{ column, test: { kind: "unset" } }];
  if (plain.endsWith("in"))
    return [{ column, test: compared(asked, node, plain.includes("not") ? "notin" : "in", second) }];
  if (plain === "wherenot" && column !== null && second !== undefined && third === undefined)
    return [{ column, test: compared(asked, node, "not", second) }];
  if (plain.includes("not") || plain.endsWith("between")) return [{ column, test: { kind: "others" } }];
  if (plain !== "where") return [unread];
  if (column !== null) {
    if (second === undefined) return [unread];
    const sign = third === undefined ? "=" : (textOf(asked, node, second) ?? "?");
    return [{ column, test: compared(asked, node, sign, third ?? second) }];
  }
  const definition = definitionOf(node, first);
  if (definition?.kind === "object" || definition?.kind === "array") return ofWhere(asked, node, first);
  return definition?.kind === "call" ? ofExpression(asked, node, definition, 0) : [unread];
}

/** `and(lt(kids.eraseAt, new Date()), eq(kids.held, false))` */
function ofExpression(
  asked: AskedOfRows,
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
  if (word === "not" || word === "notExists") return [{ column: null, test: { kind: "others" } }];
  if (word === "and" || word === "or") {
    const sides = list.map(({ value }) => {
      const inner = definitionOf(node, value);
      return inner?.kind === "call" ? ofExpression(asked, node, inner, depth + 1) : [unread];
    });
    return word === "and" ? sides.flat() : [{ column: null, test: { kind: "either", sides } }];
  }
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

function textOf({ pointsTo }: AskedOfRows, node: FunctionNode, value: ValueId): string | null {
  const constant = foldedConstant(pointsTo, node, value);
  return typeof constant?.value === "string" ? constant.value : null;
}
