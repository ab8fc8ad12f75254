/** What a job asks of each row that it has read, before it deletes: `if (kid.eraseAt && kid.eraseAt < now) await erase(kid.id)`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { sidesTaken } from "../guards/ages/dominators.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { TimeValues } from "../retention/time-values.js";
import { nameOf } from "../retention/age-conditions.js";
import type { RowCondition } from "./row-conditions.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly times: TimeValues;
}

/** Tests that control has passed on all of the ways; those that cannot be read are left out. */
export function testsPassed(
  asked: Asked,
  { caller, point }: CallSite,
  jobs: readonly EntryWay[],
): readonly RowCondition[] {
  const places = new Map<FunctionNode, number>([[caller, point]]);
  for (const { way } of jobs) for (const passage of way.passages) places.set(passage.node, passage.point);
  return [...places].flatMap(([node, at]) =>
    sidesTaken(node, node.blockOf[at] ?? 0).flatMap(({ value, side }) => tested(asked, node, value, side)),
  );
}

const opposite: Readonly<Record<string, string>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "===": "!==",
  "==": "!=",
  "!==": "===",
  "!=": "==",
};

function tested(
  { pointsTo, times }: Asked,
  node: FunctionNode,
  value: ValueId,
  side: "then" | "else",
): readonly RowCondition[] {
  const definition = definitionOf(node, value);
  if (definition?.kind === "load")
    return side === "then" ? [{ column: nameOf(node, value), test: { kind: "truthy" } }] : [];
  if (definition?.kind !== "binary") return [];
  const { left, right } = definition;
  const operator = side === "then" ? definition.operator : (opposite[definition.operator] ?? "");
  const isBefore = (moment: ValueId): boolean => (times.offsetOf(node, moment) ?? 1) <= 0;
  if (/^<=?$/u.test(operator) && isBefore(right))
    return [{ column: nameOf(node, left), test: { kind: "due" } }];
  if (/^>=?$/u.test(operator) && isBefore(left))
    return [{ column: nameOf(node, right), test: { kind: "due" } }];
  const column = nameOf(node, left);
  const constant = foldedConstant(pointsTo, node, right);
  if (column === null || constant === null) return [];
  const { value: known } = constant;
  const isNone = known === null || known === undefined;
  if (/^===?$/u.test(operator))
    return [{ column, test: isNone ? { kind: "unset" } : { kind: "equals", values: [known] } }];
  return /^!==?$/u.test(operator) && isNone ? [{ column, test: { kind: "set" } }] : [];
}
