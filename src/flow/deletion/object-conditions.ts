/** What an object asks of rows: `{ where: { eraseAt: { lte: now }, OR: [{ held: false }, { held: null }] } }`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { writtenInto } from "../heap/written-literals.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import {
  type AskedOfRows,
  compared,
  entriesOf,
  handedOver,
  ofValue,
  type RowCondition,
  unread,
} from "./row-tests.js";

/** Options of a read, beside a condition or without any. */
const ofAllRows =
  /^(?:select|orderBy|take|skip|limit|order|attributes|relations|cursor|distinct|withDeleted|paranoid|raw|transaction|session|projection|sort|omit|with|columns|lock|populate|lean|batchSize|offset|logging|include|QueueUrl|WaitTimeSeconds|MaxNumberOfMessages|VisibilityTimeout|(?:Message(?:System)?)?AttributeNames)$/u;
/** What clients call comparisons: an object without any of them is none. */
const words =
  /^(?:\$|(?:lte?|gte?|eq|ne|equals|not|in|notIn|is|isNot|some|every|none|has|hasSome|hasEvery|isEmpty|contains|startsWith|endsWith|mode|search|like|notLike|iLike|between|notBetween|or|and|any|all|regexp|exists|overlap|substring)$)/u;

/** `{ eraseAt: { lte: new Date() }, held: false }` */
export function ofObject(asked: AskedOfRows, node: FunctionNode, object: ValueId): readonly RowCondition[] {
  const written = entriesOf(node, object);
  if (written === null) return [unread];
  const inner = written.find(([name]) => name === "where" || name === "filter");
  const joins = written.flatMap(([name, value]) =>
    name === "include" && requiresRelated(asked, node, value) ? [unread] : [],
  );
  if (inner !== undefined) return [...ofWhere(asked, node, inner[1]), ...joins];
  if (written.every(([name]) => ofAllRows.test(name))) return joins;
  return written.flatMap(([name, value]) => ofEntry(asked, node, name, value));
}

/** An object, or several of which one is enough. */
export function ofWhere(asked: AskedOfRows, node: FunctionNode, value: ValueId): readonly RowCondition[] {
  const [from, given] = handedOver(asked, node, value);
  const definition = definitionOf(from, given);
  if (definition?.kind === "object") return ofObject(asked, from, given);
  if (definition?.kind !== "array") return [unread];
  const sides = writtenInto(from, given, "array").map(([, each]) => ofWhere(asked, from, each));
  return sides.length === 0 ? [unread] : [{ column: null, test: { kind: "either", sides } }];
}

function ofEntry(
  asked: AskedOfRows,
  node: FunctionNode,
  name: string,
  value: ValueId,
): readonly RowCondition[] {
  if (/^\$?and$/iu.test(name)) {
    const definition = definitionOf(node, value);
    if (definition?.kind !== "array") return ofWhere(asked, node, value);
    return writtenInto(node, value, "array").flatMap(([, each]) => ofWhere(asked, node, each));
  }
  if (/^\$?or$/iu.test(name)) return ofWhere(asked, node, value);
  if (/^\$?(?:not|nor)$/iu.test(name)) return [{ column: null, test: { kind: "others" } }];
  if (name.startsWith("$")) return [unread];
  const [from, given] = handedOver(asked, node, value);
  const written = definitionOf(from, given)?.kind === "object" ? entriesOf(from, given) : null;
  if (written !== null && written.length > 0 && !written.some(([word]) => words.test(word)))
    return ofParts(asked, from, name, written);
  if (written === null || written.length < 2) return [{ column: name, test: ofValue(asked, node, value) }];
  return written.map(([word, each]) => ({ column: name, test: compared(asked, from, word, each) }));
}

/** `kidId_clubId: { kidId, clubId: "main" }` is one key; `kid: { id }` asks for a related row. */
function ofParts(
  asked: AskedOfRows,
  node: FunctionNode,
  name: string,
  written: readonly (readonly [string, ValueId])[],
): readonly RowCondition[] {
  const parts = name.split("_");
  if (parts.length > 1 && written.every(([each]) => parts.includes(each)))
    return [{ column: name, test: { kind: "handed" } }];
  return written
    .flatMap(([each, value]) => ofEntry(asked, node, each, value))
    .map((each) => ({ ...each, column: null }));
}

/** `include: [{ model: Approval, where: { granted: true } }]` brings no row without one. */
function requiresRelated(asked: AskedOfRows, node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "array")
    return writtenInto(node, value, "array").some(([, each]) => requiresRelated(asked, node, each));
  if (definition?.kind !== "object") return false;
  const written = entriesOf(node, value) ?? [];
  return (
    written.some(([name]) => name === "model" || name === "association") &&
    written.some(
      ([name, each]) =>
        (name === "where" &&
          !written.some(([other, is]) => other === "required" && isFalse(asked, node, is))) ||
        (name === "required" && !isFalse(asked, node, each)) ||
        (name === "include" && requiresRelated(asked, node, each)),
    )
  );
}

function isFalse({ pointsTo }: AskedOfRows, node: FunctionNode, value: ValueId): boolean {
  return foldedConstant(pointsTo, node, value)?.value === false;
}
