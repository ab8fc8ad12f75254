/** What a job asks of each row that it has read, before it deletes: `if (kid.eraseAt && kid.eraseAt < now) await erase(kid.id)`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { sidesTaken } from "../guards/ages/dominators.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite } from "../points-to/points-to.js";
import type { PointsTo } from "../points-to/points-to.js";
import { chainOf, methodOf } from "../program/class-chain.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { nameOf } from "../retention/age-conditions.js";
import { type AskedOfRows, type RowCondition, unread } from "./row-tests.js";

/** Tests that control has passed on all of the ways; those that cannot be read are left out. */
export function testsPassed(
  asked: AskedOfRows,
  { caller, point }: CallSite,
  jobs: readonly EntryWay[],
): readonly RowCondition[] {
  const places = new Map<FunctionNode, number>([[caller, point]]);
  for (const { way } of jobs) for (const passage of way.passages) places.set(passage.node, passage.point);
  return [...places].flatMap(([node, at]) => [
    ...sidesTaken(node, node.blockOf[at] ?? 0).flatMap(({ value, side }) => tested(asked, node, value, side)),
    ...namedBy(asked, node, at, places),
  ]);
}

/** `handlers[task.type](task)`: the row says which function is run, and these are the names of those on the way. */
function namedBy(
  { pointsTo }: AskedOfRows,
  node: FunctionNode,
  at: number,
  places: ReadonlyMap<FunctionNode, number>,
): readonly RowCondition[] {
  const call = node.code[at];
  const callee = call?.kind === "call" ? definitionOf(node, call.callee) : null;
  if (callee?.kind !== "load" || callee.property.kind !== "computed") return [];
  const column = nameOf(node, callee.property.value);
  if (column === null) return [];
  const names = [...pointsTo.valuesOf(node, callee.object)].flatMap((object) => [
    ...[...pointsTo.fieldsOf(object)].flatMap(([name, { values }]) =>
      name !== "*" && [...values].some((each) => each.kind === "function" && places.has(each.function))
        ? [name]
        : [],
    ),
    // `this[task.type](task)`
    ...(object.kind === "instance" ? methodNames(pointsTo, object.class) : []).filter((name) => {
      const method = object.kind === "instance" ? methodOf(pointsTo, object.class, name) : undefined;
      return method !== undefined && isAmong(places, method);
    }),
  ]);
  return [{ column, test: names.length === 0 ? { kind: "unknown" } : { kind: "equals", values: names } }];
}

/** Or one of its copies is. */
function isAmong(places: ReadonlyMap<FunctionNode, number>, method: FunctionNode): boolean {
  return places.has(method) || [...places.keys()].some((each) => each.graph === method.graph);
}

function methodNames(pointsTo: PointsTo, start: ClassNode): readonly string[] {
  return chainOf(pointsTo, start).flatMap((each) =>
    each.kind === "class"
      ? each.class.graph.members.flatMap(({ name }) => (name.kind === "name" ? [name.name] : []))
      : [],
  );
}

/** What holds of the rows for which a function that chooses among them says yes; what cannot be read is unknown. */
export function testsChosenBy(asked: AskedOfRows, node: FunctionNode): readonly RowCondition[] {
  const [only, ...others] = node.graph.blocks.flatMap(({ end }, at) =>
    end.kind === "return" && end.value !== null ? [{ value: end.value, at }] : [],
  );
  if (only === undefined || others.length > 0) return [unread];
  return heldWhere(asked, node, only.value, only.at, 0);
}

function heldWhere(
  asked: AskedOfRows,
  node: FunctionNode,
  value: ValueId,
  block: number,
  depth: number,
): readonly RowCondition[] {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "phi" || depth > 4) {
    const own = tested(asked, node, value, "then");
    const passed = sidesTaken(node, block).flatMap((each) => tested(asked, node, each.value, each.side));
    return [...passed, ...(own.length === 0 ? [unread] : own)];
  }
  // `a && b`: where `a` is what comes out, it says no.
  const inputs = definition.phi.inputs.flatMap((input) => {
    const at = node.blockById.get(input.block) ?? 0;
    const end = node.graph.blocks[at]?.end;
    const isNo =
      end?.kind === "branch" &&
      originOf(node, end.value) === originOf(node, input.value) &&
      node.blockById.get(end.else) === definition.block;
    return isNo ? [] : [{ value: input.value, at }];
  });
  const [only, ...others] = inputs;
  return only === undefined || others.length > 0
    ? [unread]
    : heldWhere(asked, node, only.value, only.at, depth + 1);
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
  { pointsTo, times }: AskedOfRows,
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
