/**
 * Field initialisers that run behind a constructor: those of the classes below, once it is done (`class Guest extends
 * Person { readonly badge = this.name }`), and those of its own class, for what parameter properties hold.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { chainOf } from "../program/class-chain.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

interface Behind {
  readonly edges: readonly CallEdge[];
  /** They run in any case. */
  readonly isCertain: boolean;
}

const none: Behind = { edges: [], isCertain: false };
const known = new WeakMap<CallSite, Map<string, Behind>>();

/** Behind what leaves a callee in a property of the object that is made. */
export function initialisersBehind(
  pointsTo: PointsTo,
  site: CallSite,
  callee: FunctionNode,
  property: string | undefined,
): Behind {
  const { kind } = callee.graph;
  if ((kind !== "constructor" && kind !== "field-initializer") || property === undefined) return none;
  let row = known.get(site);
  if (row === undefined) known.set(site, (row = new Map<string, Behind>()));
  const key = `${String(callee.index)}.${property}`;
  let behind = row.get(key);
  if (behind === undefined) row.set(key, (behind = findBehind(pointsTo, site, callee, property)));
  return behind;
}

function findBehind(pointsTo: PointsTo, site: CallSite, callee: FunctionNode, property: string): Behind {
  const home = pointsTo.program.homeClass(callee);
  const all = initialisersAt(pointsTo, site).filter(({ edge }) => touches(pointsTo, edge.callee, property));
  if (home === undefined || all.length === 0) return none;
  const below = all.filter(({ owner }) => owner !== home && extendsClass(pointsTo, owner, home));
  const nearest = below.filter(
    ({ owner }) =>
      !below.some((other) => other.owner !== owner && extendsClass(pointsTo, owner, other.owner)),
  );
  // What a parameter property holds was there before the class's own fields, or after them: as the compiler is told.
  const own = isParameterProperty(callee, property) ? all.filter(({ owner }) => owner === home) : [];
  return {
    edges: [...own, ...nearest].map(({ edge }) => edge),
    isCertain: own.length === 0 && nearest.length === 1 && startsOnce(pointsTo, site),
  };
}

/** It reads or writes the property itself, or hands the object on: functions that it makes read it when they run. */
function touches(pointsTo: PointsTo, node: FunctionNode, property: string): boolean {
  const { code, uses } = node;
  const isNamed = (name: string): boolean => name === property || property === "*";
  const self = new Set<ValueId>();
  for (const each of code) {
    if (each.kind === "this") self.add(each.out);
    if ((each.kind === "declare" || each.kind === "cast") && self.has(each.value)) self.add(each.out);
  }
  return [...self].some((value) =>
    (uses[value] ?? []).some((point) => {
      const use = code[point];
      switch (use?.kind) {
        case "declare":
        case "cast":
        case "function":
          return false;
        case "load":
        case "delete":
        case "store":
          if (use.object !== value || use.property.kind !== "name" || isNamed(use.property.name)) return true;
          // An accessor runs on the object.
          return (pointsTo.findSite(node, point)?.edges.size ?? 0) > 0;
        default:
          return true;
      }
    }),
  );
}

function initialisersAt(
  { program }: PointsTo,
  { edges }: CallSite,
): readonly { readonly edge: CallEdge; readonly owner: ClassNode }[] {
  return [...edges.values()].flatMap((edge) => {
    if (edge.callee.graph.kind !== "field-initializer") return [];
    const owner = program.homeClass(edge.callee);
    return owner === undefined ? [] : [{ edge, owner }];
  });
}

function extendsClass(pointsTo: PointsTo, heir: ClassNode, home: ClassNode): boolean {
  return chainOf(pointsTo, heir).some((each) => each.kind === "class" && each.class === home);
}

/** It is known of which class an object is made, or which one is above. */
function startsOnce(pointsTo: PointsTo, { caller, instruction }: CallSite): boolean {
  if (instruction.kind === "call") return isOne(pointsTo.valuesOf(caller, instruction.callee));
  const home = pointsTo.program.homeClass(caller);
  const made = home?.owner.code[home.point];
  return made?.kind === "class" && made.heritage !== null && home !== undefined
    ? isOne(pointsTo.valuesOf(home.owner, made.heritage))
    : false;
}

function isOne(values: ReadonlySet<unknown>): boolean {
  return values.size === 1;
}

function isParameterProperty({ graph }: FunctionNode, property: string): boolean {
  return (
    graph.kind === "constructor" &&
    graph.parameters.some((parameter) => parameter.property && parameter.name === property)
  );
}
