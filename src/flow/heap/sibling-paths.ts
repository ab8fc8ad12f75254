/**
 * Paths below an object to a variable that several closures share: its member has captured it, or has captured a closure
 * that has.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { slotOf } from "../paths/slots.js";
import { sharedVariable } from "./shared-variables.js";

/** Closures captured by closures that are looked at for a variable that they share. */
const deepestCaptured = 2;
/**
 * By how many captured closures are on the way. Where more paths lead to a variable, one list holds the closures of half
 * the program (each step of a chain of calls that no model describes): those through one closure more are left out then.
 */
const mostPaths = [2000, 256, 128] as const;
const none: readonly never[] = [];

/** A closure that shares a variable, and the path to the variable below the object whose member the closure is. */
export interface Sibling {
  readonly closure: FunctionNode;
  readonly path: readonly string[];
}

/** Paths below an object to the same variable in the closures that share it: `["get", "^0"]` beside `["set", "^1"]`. */
export function siblingPaths(
  pointsTo: PointsTo,
  object: Iterable<AbstractValue>,
  shared: string,
): readonly Sibling[] {
  const leading = sharingIn(pointsTo).leadingTo(shared);
  if (leading.size === 0) return none;
  const objects = [...object];
  for (let deepest = deepestCaptured; ; deepest--) {
    const most = mostPaths[deepest] ?? 0;
    const paths: Sibling[] = [];
    findPaths({ pointsTo, shared, leading, deepest, most, paths }, objects);
    if (paths.length < most || deepest === 0) return paths;
  }
}

function findPaths(sought: Sought, objects: readonly AbstractValue[]): void {
  for (const value of objects) {
    if (value.kind !== "object" && value.kind !== "function") continue;
    const fields = sought.pointsTo.fieldsOf(value);
    // A function that was given others as its properties (`Object.assign(read, { all })`).
    if (value.kind === "function" && fields.size > 0) addSharing(sought, value.function, []);
    for (const [name, field] of fields)
      if (name !== "*")
        for (const member of field.values)
          if (member.kind === "function") addSharing(sought, member.function, [name]);
  }
}

interface Sought {
  readonly pointsTo: PointsTo;
  readonly shared: string;
  readonly leading: Distances;
  readonly deepest: number;
  readonly most: number;
  readonly paths: Sibling[];
}

const sharing = new WeakMap<PointsTo, SharingClosures>();

function sharingIn(pointsTo: PointsTo): SharingClosures {
  let known = sharing.get(pointsTo);
  if (known === undefined) sharing.set(pointsTo, (known = new SharingClosures(pointsTo)));
  return known;
}

/** A closure also runs those that it has captured: `load` calls `dispatch`, which reads the list. */
function addSharing(sought: Sought, closure: FunctionNode, way: readonly string[], depth = 0): void {
  const { pointsTo, shared, leading, deepest, most, paths } = sought;
  if (depth + (leading.get(closure) ?? Infinity) > deepest) return;
  closure.graph.captures.forEach((_, slot) => {
    if (paths.length >= most) return;
    const path = [...way, slotOf(closure, slot)];
    if (sharedVariable(pointsTo, closure, slot) === shared) paths.push({ closure, path });
    else if (depth < deepest)
      for (const captured of pointsTo.slotNode(closure, slot).values)
        if (captured.kind === "function") addSharing(sought, captured.function, path, depth + 1);
  });
}

/** Of each closure that leads to the variable, through how many closures at least. */
type Distances = ReadonlyMap<FunctionNode, number>;

/**
 * Asked before the walk through what closures have captured, which would else meet every function of the program where
 * one list holds them all.
 */
class SharingClosures {
  private direct: ReadonlyMap<string, readonly FunctionNode[]> | null = null;
  private holders: ReadonlyMap<FunctionNode, ReadonlySet<FunctionNode>> | null = null;
  private readonly distances = new Map<string, Distances>();

  constructor(private readonly pointsTo: PointsTo) {}

  leadingTo(shared: string): Distances {
    let found = this.distances.get(shared);
    if (found === undefined) this.distances.set(shared, (found = this.find(shared)));
    return found;
  }

  private find(shared: string): Distances {
    this.direct ??= closuresByVariable(this.pointsTo);
    const found = new Map<FunctionNode, number>();
    let level: readonly FunctionNode[] = this.direct.get(shared) ?? none;
    for (let distance = 0; level.length > 0; distance++) {
      const fresh = [...new Set(level)].filter((closure) => !found.has(closure));
      for (const closure of fresh) found.set(closure, distance);
      if (distance === deepestCaptured) break;
      const holders = (this.holders ??= holdersOf(this.pointsTo));
      level = fresh.flatMap((closure) => [...(holders.get(closure) ?? none)]);
    }
    return found;
  }
}

function closuresByVariable(pointsTo: PointsTo): ReadonlyMap<string, readonly FunctionNode[]> {
  const found = new Map<string, FunctionNode[]>();
  for (const closure of pointsTo.program.functions)
    closure.graph.captures.forEach((_, slot) => {
      const shared = sharedVariable(pointsTo, closure, slot);
      if (shared === null) return;
      const known = found.get(shared);
      if (known === undefined) found.set(shared, [closure]);
      else known.push(closure);
    });
  return found;
}

/** The closures that have captured each function. */
function holdersOf(pointsTo: PointsTo): ReadonlyMap<FunctionNode, ReadonlySet<FunctionNode>> {
  const found = new Map<FunctionNode, Set<FunctionNode>>();
  for (const closure of pointsTo.program.functions)
    closure.graph.captures.forEach((_, slot) => {
      for (const captured of pointsTo.slotNode(closure, slot).values) {
        if (captured.kind !== "function") continue;
        const known = found.get(captured.function);
        if (known === undefined) found.set(captured.function, new Set([closure]));
        else known.add(closure);
      }
    });
  return found;
}
