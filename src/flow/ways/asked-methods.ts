/** What a method of a text, a list or a pattern says that is asked about one constant, or about none. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { areAllKnown } from "../constants/complete-values.js";
import { askText, changeText, commonConstant } from "../constants/constant-operations.js";
import type { Constant } from "../constants/constant-operations.js";
import { askPattern, patternsIn } from "../constants/pattern-tests.js";
import type { Context } from "../contexts/context.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { askedList } from "./list-tests.js";

/** `key.startsWith("_")`, `hidden.has(key)`, `/secret/.test(key)`, `key.search(secret)`, `key.toLowerCase()`. */
export function askedMethod(
  pointsTo: PointsTo,
  node: FunctionNode,
  { receiver, name, arguments: [given, ...others] }: InstructionOf<"call">,
  constantOf: (value: ValueId) => Constant | null,
  context: Context,
): Constant | null {
  if (receiver === null || others.length > 0 || given?.spread === true) return null;
  const method = name.slice(name.lastIndexOf(".") + 1);
  const self = constantOf(receiver);
  if (given === undefined) return typeof self?.value === "string" ? changeText(self.value, method) : null;
  const askAll = (pattern: ValueId, text: string): Constant | null => {
    const patterns = patternsIn(pointsTo, node, pattern, context);
    if (patterns === null || !areAllKnown(pointsTo, context, node, pattern)) return null;
    return commonConstant(patterns.map((each) => askPattern(each, method, text)));
  };
  const wanted = constantOf(given.value);
  if (typeof self?.value === "string" && (method === "match" || method === "search"))
    return askAll(given.value, self.value);
  if (wanted === null) return null;
  if (typeof wanted.value === "string") {
    if (typeof self?.value === "string") return askText(self.value, method, wanted.value);
    if (method === "test" || method === "exec") return askAll(receiver, wanted.value);
  }
  return askedList(pointsTo, node, receiver, method, wanted, context);
}
