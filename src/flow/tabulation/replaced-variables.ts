/**
 * Variables that a closure puts something else into whenever it runs, which those beside it then read: after
 * `title.set("none")` there is nothing left in `title` of what was set before.
 */
import { definitionOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isWrittenAnew, sharedVariable } from "../heap/shared-variables.js";
import { siblingPaths } from "../heap/sibling-paths.js";
import { objectOfCallee } from "./caller-operands.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";

const none: readonly never[] = [];
const variables = new WeakMap<FunctionNode, readonly number[]>();
/** Ways below the object that a call is made on to what the call replaces. */
const ways = new WeakMap<CallSite, readonly (readonly string[])[]>();

/** The fact is about what the closures beside the called one have in a variable that this one has just replaced. */
export function isReplacedBeside(
  { aliases, pointsTo }: Pick<Tabulation, "aliases" | "pointsTo">,
  site: CallSite,
  { base, path }: Fact,
): boolean {
  let replaced = ways.get(site);
  if (replaced === undefined) ways.set(site, (replaced = findWays(pointsTo, site)));
  const object = replaced.length === 0 ? null : objectOfCallee(site.caller, site);
  if (object === null) return false;
  return aliases.placesOf(site.caller, object).some((place) => {
    const before = place.path.components;
    if (!place.certain || place.base !== base || !isPrefix(before, path.components)) return false;
    const below = path.components.slice(before.length);
    return replaced.some((way) => isPrefix(way, below));
  });
}

function isPrefix(way: readonly string[], components: readonly string[]): boolean {
  return way.length <= components.length && way.every((each, index) => each === components[index]);
}

function findWays(pointsTo: PointsTo, site: CallSite): readonly (readonly string[])[] {
  const [edge, ...others] = site.edges.values();
  if (edge?.shape !== "call" || others.length > 0) return none;
  const { callee } = edge;
  const slots = replacedIn(callee);
  const object = slots.length === 0 ? null : objectOfCallee(site.caller, site);
  if (object === null) return none;
  const [made, ...besides] = pointsTo.valuesOf(site.caller, object);
  if (made?.kind !== "object" || made.array || besides.length > 0) return none;
  return slots.flatMap((slot): readonly (readonly string[])[] => {
    const shared = sharedVariable(pointsTo, callee, slot);
    if (shared === null || !isWrittenAnew(shared)) return none;
    return siblingPaths(pointsTo, [made], shared).map((sibling) => [...sibling.path, "<box>"]);
  });
}

/** Slots that a function writes first of all, and of which it does not ask what was in them. */
function replacedIn(node: FunctionNode): readonly number[] {
  let found = variables.get(node);
  if (found === undefined) variables.set(node, (found = findReplaced(node)));
  return found;
}

function findReplaced(node: FunctionNode): readonly number[] {
  const { graph, code } = node;
  if (graph.async || graph.generator) return none;
  const slotAt = (box: number): number | null => {
    const definition = definitionOf(node, box);
    return definition?.kind === "capture" ? definition.slot : null;
  };
  const written = (graph.blocks[0]?.instructions ?? []).flatMap((each) =>
    each.kind === "box-write" ? [slotAt(each.box)] : [],
  );
  const asked = new Set(
    code.flatMap((each) => {
      if (each.kind === "box-read") return [slotAt(each.box)];
      return each.kind === "function" ? each.captures.map(slotAt) : [];
    }),
  );
  return [...new Set(written)].flatMap((slot) => (slot === null || asked.has(slot) ? [] : [slot]));
}
