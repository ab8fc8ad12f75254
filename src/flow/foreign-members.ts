/** The members of package, global and library values: which one a name is, and what type models give it. */
import type { AbstractValue } from "./abstract-value.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

const globalObjects = new Set(["window", "globalThis", "self", "global"]);

/** What stands in a class's `prototype` is a member of what the class makes. */
export function memberOfForeign(
  { values }: PointsTo,
  { module, path, site }: Foreign,
  name: string,
): AbstractValue | null {
  if (module !== "global")
    return values.foreign(module, [...(path.at(-1) === "prototype" ? path.slice(0, -1) : path), name], site);
  const [first = "", second] = path;
  if (path.length === 2 && second === "prototype") return values.foreign("lib", [first, name], site);
  return values.foreign(
    module,
    path.length === 1 && globalObjects.has(first) ? [name] : [...path, name],
    site,
  );
}

/** A global or member that models give a type: `localStorage` is a `Storage`. */
export function addReadType(pointsTo: PointsTo, value: Foreign, out: PointerNode): void {
  for (const { model } of pointsTo.catalogue.match(value.module, value.path, "read")) {
    for (const role of model.roles) {
      if (role.kind !== "type" || typeof role.type !== "string") continue;
      const hash = role.type.indexOf("#");
      const typed = pointsTo.values.foreign(
        hash === -1 ? value.module : role.type.slice(0, hash),
        role.type.slice(hash + 1).split("."),
        value.site,
      );
      if (typed !== null) pointsTo.graph.add(out, typed);
    }
  }
}
