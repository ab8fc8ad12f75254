/** Setters that run where a library copies properties into an object: `Object.assign(profile, { title: name })`. */
import { isScalar } from "./abstract-value.js";
import type { AbstractValue } from "./abstract-value.js";
import { setterName } from "../program/setter-names.js";
import { connectAccessor } from "./member-constraints.js";
import { forSetter } from "./property-setters.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { ClassNode } from "../program/program.js";

const prefix = "set ";

/** Whatever the source has under the name of a setter is handed to it. */
export function connectAssigned(
  pointsTo: PointsTo,
  site: CallSite,
  source: PointerNode,
  target: PointerNode,
): void {
  const { graph } = pointsTo;
  const at = { node: site.caller, point: site.point };
  graph.onValue(target, (object) => {
    forSetterNames(pointsTo, object, new Set(), (name) => {
      forSetter(pointsTo, object, name, (setter) => {
        if (setterName(setter.graph.name) !== name) return;
        connectAccessor(pointsTo, at, setter, object, "assign");
        graph.onValue(source, (value) => {
          if (!isScalar(value))
            graph.edge(pointsTo.fieldNode(value, name), pointsTo.parameterNode(setter, 0));
        });
      });
    });
  });
}

function forSetterNames(
  pointsTo: PointsTo,
  object: AbstractValue,
  seen: Set<AbstractValue>,
  found: (name: string) => void,
): void {
  if (seen.has(object)) return;
  seen.add(object);
  if (object.kind === "instance") forNamesOfClass(pointsTo, object.class, new Set(), found);
  if (object.kind !== "object") return;
  pointsTo.onField(object, (name) => {
    if (name.startsWith(prefix)) found(name.slice(prefix.length));
  });
  pointsTo.graph.onValue(pointsTo.prototypeNode(object), (prototype) => {
    forSetterNames(pointsTo, prototype, seen, found);
  });
}

function forNamesOfClass(
  pointsTo: PointsTo,
  { graph, owner, point }: ClassNode,
  seen: Set<ClassNode["graph"]>,
  found: (name: string) => void,
): void {
  if (seen.has(graph)) return;
  seen.add(graph);
  for (const { kind, name, static: isStatic } of graph.members)
    if (kind === "setter" && !isStatic && name.kind === "name") found(name.name);
  const made = owner.code[point];
  if (made?.kind !== "class" || made.heritage === null) return;
  pointsTo.graph.onValue(pointsTo.valueNode(owner, made.heritage), (parent) => {
    if (parent.kind === "class") forNamesOfClass(pointsTo, parent.class, seen, found);
  });
}
