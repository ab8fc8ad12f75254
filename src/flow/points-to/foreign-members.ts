/** The members of package, global and library values: which one a name is, and what type models give it. */
import type { PathModel } from "../../contracts/model.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import { typeNamed } from "./type-names.js";

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

/** What an own class inherits under a name from a package's: a member of that class, and of what models say it makes. */
export function membersInherited(
  { catalogue, values }: PointsTo,
  { module, path, site }: Foreign,
  name: string,
  isStatic: boolean,
): readonly AbstractValue[] {
  const found = [values.foreign(module, [...path, name], site)];
  const made = isStatic ? [] : catalogue.match(module, path, "call").flatMap(({ model }) => model.roles);
  for (const role of made)
    if (role.kind === "type" && typeof role.type === "string" && role.output.root.kind === "return") {
      const [of, type] = typeNamed(role.type, module);
      found.push(values.foreign(of, [...type, name], site));
    }
  return [...new Set(found.filter((member) => member !== null))];
}

/** A global or member that models give a type: `localStorage` is a `Storage`. `of`: whose member it is. */
export function addReadType(
  pointsTo: PointsTo,
  value: Foreign,
  out: PointerNode,
  of: Foreign | null = null,
): void {
  for (const { model } of pointsTo.catalogue.match(value.module, value.path, "read")) {
    const lists: AbstractValue[] = [];
    for (const role of model.roles) {
      if (role.kind !== "type") continue;
      if (typeof role.type !== "string") {
        // The object itself by another name: `schema.shape`.
        if (of !== null && role.type.root.kind === "this" && role.type.steps.length === 0)
          pointsTo.graph.add(out, of);
        continue;
      }
      const typed = pointsTo.values.foreign(...typeNamed(role.type, value.module), value.site);
      if (typed === null) continue;
      // `return[]`: of the elements of what is read
      if (role.output.steps.some(({ kind }) => kind === "element")) {
        for (const list of lists) pointsTo.graph.add(pointsTo.fieldNode(list, "[]"), typed);
        continue;
      }
      lists.push(typed);
      pointsTo.graph.add(out, typed);
      if (of !== null) handHeld(pointsTo, model, of, typed);
    }
  }
}

/** What a model lets a member hold of what its object holds. */
function handHeld(pointsTo: PointsTo, { roles }: PathModel, of: Foreign, member: AbstractValue): void {
  for (const role of roles) {
    if (role.kind !== "flow") continue;
    for (const from of role.from)
      for (const to of role.to) {
        const [given, ...more] = from.steps;
        const [taken, ...rest] = to.steps;
        if (given?.kind !== "held" || taken?.kind !== "held" || more.length + rest.length > 0) continue;
        pointsTo.graph.edge(
          pointsTo.fieldNode(of, `<held ${given.name}>`),
          pointsTo.fieldNode(member, `<held ${taken.name}>`),
        );
      }
  }
}
