/**
 * A call that is made once for each element of a list that is written out, as routes in a table are registered:
 * `for (const route of routes) app[route.method](route.path, ...(route.open ? [] : [guard]), route.run)`.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { walkFrom } from "../../program/control-walk.js";
import { isPropertyName } from "../../paths/path-components.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { listLoopsOf } from "../list-loops.js";
import type { RoundElement } from "./element-round.js";
import { ElementRound } from "./element-round.js";

/** Longer lists are not gone through one by one. */
const longest = 64;
const visiting = /\.(?:forEach|map|flatMap)$/u;
const partsOf = /^Object\.(entries|values|keys)$/u;

/** What is gone through, where its element stands, and where a round begins. */
interface Visit {
  readonly node: FunctionNode;
  readonly element: ValueId;
  readonly start: number;
  readonly elements: readonly RoundElement[];
}

export interface RoundOfCall {
  readonly round: ElementRound;
  /** In this round the call is made, as far as the element decides. */
  readonly isReached: boolean;
}

/** None where the call is not made in rounds, or where what is gone through is not known element by element. */
export function roundsOf(pointsTo: PointsTo, site: CallSite): readonly RoundOfCall[] {
  const { caller, point } = site;
  const visit = loopAround(pointsTo, site) ?? visitedBy(pointsTo, caller);
  if (visit === null || visit.elements.length > longest) return [];
  return visit.elements.map((element) => {
    const round = new ElementRound(pointsTo, [{ node: visit.node, value: visit.element, element }]);
    const walk = walkFrom(caller, visit.start, (condition) => round.truthOf(caller, condition));
    return { round, isReached: walk.blocks.has(caller.blockOf[point] ?? 0) };
  });
}

/** The call that says what is gone through, or that goes through it. */
export function visitSite(pointsTo: PointsTo, site: CallSite): CallSite | null {
  const { caller } = site;
  if (loopAround(pointsTo, site) === null)
    return visitedBy(pointsTo, caller) === null ? null : (pointsTo.callbacksOf(caller)[0]?.site ?? null);
  for (const { body, list } of listLoopsOf(caller).values()) {
    const made = caller.definitions[originOf(caller, list)];
    if (body.has(caller.blockOf[site.point] ?? 0) && made?.kind === "instruction")
      return pointsTo.findSite(caller, made.point) ?? null;
  }
  return null;
}

function loopAround(pointsTo: PointsTo, { caller, point }: CallSite): Visit | null {
  const block = caller.blockOf[point] ?? 0;
  for (const [head, { body, list }] of listLoopsOf(caller)) {
    const end = caller.graph.blocks[head]?.end;
    const start = end?.kind === "loop" ? caller.blockById.get(end.body) : undefined;
    if (start === undefined || !body.has(block)) continue;
    const element = caller.graph.blocks[start]?.instructions.find(({ kind }) => kind === "iterate");
    const elements = elementsOf(pointsTo, caller, list);
    if (element?.kind === "iterate" && elements !== null)
      return { node: caller, element: element.out, start, elements };
  }
  return null;
}

/** `routes.forEach((route) => …)` */
function visitedBy(pointsTo: PointsTo, node: FunctionNode): Visit | null {
  const [edge, ...others] = pointsTo.callbacksOf(node);
  if (edge === undefined || others.length + pointsTo.callersOf(node).length > 0) return null;
  const { instruction, caller } = edge.site;
  if (instruction.kind !== "call" || instruction.receiver === null || !visiting.test(instruction.name))
    return null;
  const elements = elementsOf(pointsTo, caller, instruction.receiver);
  const element = node.code.find((each) => each.kind === "parameter" && each.index === 0);
  return elements === null || element?.kind !== "parameter"
    ? null
    : { node, element: element.out, start: 0, elements };
}

function elementsOf(pointsTo: PointsTo, node: FunctionNode, list: ValueId): readonly RoundElement[] | null {
  const parts = partsAt(pointsTo, node, list);
  if (parts === null) {
    const fields = fieldsOf(pointsTo, [...pointsTo.valuesOf(node, list)], true);
    return fields?.map(({ values }) => ({ kind: "one", values })) ?? null;
  }
  const fields = fieldsOf(pointsTo, [...pointsTo.valuesOf(node, parts.of)], false);
  if (fields === null) return null;
  return fields.map(({ name, values }): RoundElement => {
    const key = [pointsTo.values.constant(name)];
    if (parts.kind === "entries") return { kind: "pair", key, values };
    return parts.kind === "keys" ? { kind: "one", values: key, under: values } : { kind: "one", values };
  });
}

/** `Object.entries(routes)` */
function partsAt(
  pointsTo: PointsTo,
  node: FunctionNode,
  list: ValueId,
): { readonly kind: string; readonly of: ValueId } | null {
  const definition = node.definitions[originOf(node, list)];
  const call = definitionOf(node, list);
  if (definition?.kind !== "instruction" || call?.kind !== "call") return null;
  const [given, ...others] = call.arguments;
  const [callee, ...callees] = pointsTo.findSite(node, definition.point)?.foreign ?? [];
  const kind = callee === undefined ? undefined : partsOf.exec(callee.path.join("."))?.[1];
  return given === undefined || kind === undefined || others.length + callees.length > 0
    ? null
    : { kind, of: given.value };
}

/** Of the one list or object that is meant, if each of its elements is written out by itself. */
function fieldsOf(
  pointsTo: PointsTo,
  [only, ...others]: readonly AbstractValue[],
  isList: boolean,
): readonly { readonly name: string; readonly values: readonly AbstractValue[] }[] | null {
  if (only?.kind !== "object" || only.array !== isList || others.length > 0) return null;
  const fields = [...pointsTo.fieldsOf(only)]
    .filter(([name, { isEmpty }]) => !isEmpty && (isList ? isElement(name) : isNamed(name)))
    .map(([name, { values }]) => ({ name, values: [...values] }));
  const isEachOne = !isList || fields.every(({ name, values }) => name !== "[]" && values.length === 1);
  return isEachOne && fields.length > 0 ? fields : null;
}

function isElement(name: string): boolean {
  return name === "[]" || /^\d+$/u.test(name);
}

function isNamed(name: string): boolean {
  return name !== "*" && isPropertyName(name);
}
