/**
 * Closures of one maker that are not used where others of it are: `const front = makeRegister(); const back =
 * makeRegister();` of which only `front.enter(guest)` is called. Nobody runs `back.enter`, unless code outside the
 * program gets hold of `back`.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import { moduleExportsCell } from "../program/module-links.js";
import { hasCallers, isNeverRun } from "../contexts/never-run.js";
import { isCalledByPackage } from "../points-to/classes-of-packages.js";
import { isDecorated } from "../program/decorated-methods.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

interface Answers {
  /** Functions of which this one or a copy of it has a caller. */
  readonly used: ReadonlySet<number>;
  reachable: ReadonlySet<AbstractValue> | null;
}

const answers = new WeakMap<PointsTo, Answers>();

/** Once all calls are known: it is never run, though the same function made by another call is. */
export function isUnusedClosure(pointsTo: PointsTo, node: FunctionNode): boolean {
  if (hasCallers(pointsTo, node)) return false;
  if (isNeverRun(pointsTo, node)) return true;
  const known = answersOf(pointsTo);
  if (!known.used.has(node.slotKey)) return false;
  const home = pointsTo.program.homeClass(node);
  if (home !== undefined && isCalledByPackage(pointsTo, home, node) && !pointsTo.receiverNode(node).isEmpty)
    return false;
  // What others on top of the same class call nobody needs to call on this one, but for whoever a decorator tells.
  if (pointsTo.instanceCopies.isOfContainer(node)) return !isDecorated(pointsTo, node);
  known.reachable ??= reachableFromOutside(pointsTo);
  return !known.reachable.has(pointsTo.values.function(node));
}

/** Once all calls are known: nobody in the program calls it, and code outside of it may. */
export function isRunFromOutside(pointsTo: PointsTo, node: FunctionNode): boolean {
  return !hasCallers(pointsTo, node) && !isNeverRun(pointsTo, node) && isKnownOutside(pointsTo, node);
}

/** Code outside of the program may call it, besides its callers. */
export function isKnownOutside(pointsTo: PointsTo, node: FunctionNode): boolean {
  const known = answersOf(pointsTo);
  known.reachable ??= reachableFromOutside(pointsTo);
  return known.reachable.has(pointsTo.values.function(node));
}

function answersOf(pointsTo: PointsTo): Answers {
  let known = answers.get(pointsTo);
  if (known === undefined) {
    const used = pointsTo.program.functions.filter((node) => hasCallers(pointsTo, node));
    known = { used: new Set(used.map((node) => node.slotKey)), reachable: null };
    answers.set(pointsTo, known);
  }
  return known;
}

/** What is exported or handed to somebody else's code, and what that leads to: properties, results, bound functions. */
function reachableFromOutside(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  const list: AbstractValue[] = [];
  const reach = (values: Iterable<AbstractValue>): void => {
    for (const value of values)
      if (!found.has(value)) {
        found.add(value);
        list.push(value);
      }
  };
  reach(exported(pointsTo));
  reach(handedOver(pointsTo));
  for (let value = list.pop(); value !== undefined; value = list.pop()) {
    if (value.kind === "function") reach(pointsTo.returnNode(value.function).list);
    if (value.kind === "bound")
      reach([pointsTo.values.get(value.target)].filter((each) => each !== undefined));
    for (const field of pointsTo.fieldsOf(value).values()) reach(field.list);
  }
  return found;
}

function* exported(pointsTo: PointsTo): Generator<AbstractValue> {
  for (const { file, exports } of pointsTo.program.files) {
    for (const each of exports) if (each.kind === "cell") yield* pointsTo.cellNode(file, each.cell).list;
    yield* pointsTo.cellNode(file, moduleExportsCell).list;
  }
  // What nobody in the program calls somebody else does.
  for (const node of pointsTo.program.functions)
    if (!hasCallers(pointsTo, node) && node.copy === null) yield* pointsTo.returnNode(node).list;
}

function* handedOver(pointsTo: PointsTo): Generator<AbstractValue> {
  for (const node of pointsTo.program.functions)
    for (const [point, each] of node.code.entries()) {
      if (each.kind === "call" || each.kind === "jsx") {
        const site = pointsTo.findSite(node, point);
        if (site !== undefined && site.edges.size > 0 && site.foreign.size === 0) continue;
        const given = each.kind === "jsx" ? [each.props] : each.arguments.map(({ value }) => value);
        for (const value of given) yield* pointsTo.valueNode(node, value).list;
      } else if (each.kind === "store") {
        const isElsewhere = [...pointsTo.valuesOf(node, each.object)].some(({ kind }) => kind === "foreign");
        if (isElsewhere) yield* pointsTo.valuesOf(node, each.value);
      }
    }
}
