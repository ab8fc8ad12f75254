/** Methods of which a decorator of the program may put another in the place. */
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "./program.js";

/** What stands in the place of a method; nothing where no decorator gives anything. */
export function replacements(pointsTo: PointsTo, method: FunctionNode): PointerNode {
  return pointsTo.graph.node(`decorated:${String(method.index)}`);
}

/** Hands a method of a class to who reads it, or what was put in its place. */
export function loadMethod(pointsTo: PointsTo, method: FunctionNode, out: PointerNode): void {
  const { graph, values } = pointsTo;
  if (!isDecorated(pointsTo, method)) {
    graph.add(out, values.function(method));
    return;
  }
  const others = replacements(pointsTo, method);
  graph.edge(others, out);
  // Whoever replaces it calls it: if nobody is seen to do so, it may still be called as it was.
  graph.onQuiet(() => {
    // Several decorators hand one to the other first.
    if (graph.isBusy) return false;
    if (others.isEmpty || pointsTo.callersOf(method).length === 0) graph.add(out, values.function(method));
    return true;
  });
}

const decoratedNames = new WeakMap<ClassNode, ReadonlySet<string>>();

/** A decorator stands at the method. */
export function isDecorated(pointsTo: PointsTo, method: FunctionNode): boolean {
  const home = pointsTo.program.homeClass(method);
  if (home === undefined) return false;
  let names = decoratedNames.get(home);
  if (names === undefined) {
    names = namesIn(home);
    decoratedNames.set(home, names);
  }
  if (names.size === 0) return false;
  const known = names;
  return home.graph.members.some(
    ({ function: id, name }) => id === method.graph.id && name.kind === "name" && known.has(name.name),
  );
}

/** The decorators of a class are called where it stands. */
function namesIn({ owner, graph }: ClassNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const each of owner.code)
    if (each.kind === "call" && each.decorates?.class === graph.id && each.decorates.kind === "method")
      names.add(each.decorates.member ?? "");
  return names;
}
