/**
 * Objects that packages make of parts that the program hands over, in the pointer graph: their state, their functions
 * and their getters; and properties that stand in boxes (`{ value }`) elsewhere, where both are one.
 */
import type { Address } from "../../contracts/address.js";
import type { ComposedRole, BoxedRole } from "../../contracts/object-roles.js";
import { isModelsOwn } from "../../contracts/models-own.js";
import { isHidden } from "../paths/path-components.js";
import { forAddress } from "../models/address-nodes.js";
import { operandsAt } from "../models/address-values.js";
import { forKeyAt } from "../models/entry-keys.js";
import { onFunction } from "../models/function-addresses.js";
import type { AbstractValue } from "./abstract-value.js";
import { isScalar } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import type { LinkedFields } from "./object-fields.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";

const accessors = ["get ", "set "];
const boxMark = ":box ";

/** `defineStore({ state, getters, actions })`: what is made has what stands in the parts. */
export function addComposed(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  { to, of, getters, setters, under }: ComposedRole,
): void {
  const { graph } = pointsTo;
  const forObjects = (address: ComposedRole["to"], found: (value: AbstractValue) => void): void => {
    forAddress(pointsTo, site, operands, address, (node) => {
      graph.onValue(node, (value) => {
        if (!isScalar(value)) found(value);
      });
    });
  };
  forObjects(to, (named) => {
    // What stands in a class is what its objects have.
    const whole = named.kind === "class" ? pointsTo.values.instance(named.class, null) : named;
    pointsTo.markShared(whole, true);
    for (const part of of)
      forObjects(part, (value) => {
        pointsTo.copyFields(value, whole);
      });
    for (const [kind, list] of [["get ", getters] as const, ["set ", setters] as const])
      for (const part of list)
        forObjects(part, (value) => {
          pointsTo.onField(value, (name, node) => {
            if (!isOrdinary(name)) return;
            const run = under === null ? node : partOf(pointsTo, node, under);
            graph.edge(run, pointsTo.fieldNode(whole, kind + name));
            if (kind === "get ") giveItself(pointsTo, run, whole);
          });
        });
  });
}

function partOf(pointsTo: PointsTo, node: PointerNode, name: string): PointerNode {
  const part = pointsTo.graph.create();
  pointsTo.graph.onValue(node, (value) => {
    if (!isScalar(value)) pointsTo.graph.edge(pointsTo.fieldNode(value, name), part);
  });
  return part;
}

/** A getter may take the object as its first parameter, too. */
function giveItself(pointsTo: PointsTo, getter: PointerNode, whole: AbstractValue): void {
  onFunction(pointsTo, getter, (callee) => {
    pointsTo.graph.add(pointsTo.parameterNode(callee, 0), whole);
  });
}

/** `toRefs(state)`: each property stands in a box of its own; or what shows under its name what stands in the box there. */
export function addBoxed(pointsTo: PointsTo, site: CallSite, operands: Operands, role: BoxedRole): void {
  const { kind, of, to, under } = role;
  if (role.key !== null) {
    addBoxOf(pointsTo, site, operands, role, role.key);
    return;
  }
  const { graph, values } = pointsTo;
  forAddress(pointsTo, site, operands, of, (from) => {
    graph.onValue(from, (whole) => {
      if (isScalar(whole)) return;
      forAddress(pointsTo, site, operands, to, (target) => {
        graph.onValue(target, (made) => {
          if (isScalar(made) || made === whole) return;
          pointsTo.onField(whole, (key, node) => {
            const name = key.replace(/^[gs]et /u, "");
            if (!isOrdinary(name)) return;
            if (kind === "boxed") {
              const box = values.object(`${site.id}:${String(whole.id)}${boxMark}${name}`, false);
              graph.add(pointsTo.fieldNode(made, name), box);
              link(pointsTo, { object: whole, name }, { object: box, name: under });
            } else {
              graph.edge(node, pointsTo.fieldNode(made, name));
              forBoxes(pointsTo, node, under, (box) => {
                link(pointsTo, { object: box, name: under }, { object: made, name });
              });
            }
          });
        });
      });
    });
  });
}

/** `toRef(state, "name")`: what is made is the box of one property; where its name is not known, of any. */
function addBoxOf(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  { of, to, under }: BoxedRole,
  key: Address,
): void {
  const { graph } = pointsTo;
  forAddress(pointsTo, site, operands, of, (from) => {
    graph.onValue(from, (whole) => {
      if (isScalar(whole)) return;
      forAddress(pointsTo, site, operands, to, (target) => {
        graph.onValue(target, (box) => {
          if (isScalar(box) || box === whole) return;
          const linkTo = (name: string): void => {
            link(pointsTo, { object: whole, name }, { object: box, name: under });
          };
          for (const operand of operandsAt(site, key))
            forKeyAt(pointsTo, site, operand, key, (name) => {
              if (name !== null) linkTo(name);
              else
                pointsTo.onField(whole, (field) => {
                  if (isOrdinary(field) && !/^[gs]et /u.test(field)) linkTo(field);
                });
            });
        });
      });
    });
  });
}

/** A box is what a package makes, or an object that was made as one. */
function forBoxes(
  pointsTo: PointsTo,
  node: PointerNode,
  under: string,
  found: (box: AbstractValue) => void,
): void {
  pointsTo.graph.onValue(node, (value) => {
    if (value.kind === "foreign" && value.module.startsWith("npm:")) found(value);
    if (value.kind !== "object") return;
    if (value.site.includes(boxMark)) found(value);
    else
      pointsTo.graph.onValue(pointsTo.fieldNode(value, `get ${under}`), () => {
        found(value);
      });
  });
}

function link(pointsTo: PointsTo, one: LinkedFields[0], other: LinkedFields[0]): void {
  if (!pointsTo.objectFields.link(one, other)) return;
  pointsTo.markShared(one.object, true);
  pointsTo.markShared(other.object, true);
  for (const kind of ["", ...accessors]) {
    const here = pointsTo.fieldNode(one.object, kind + one.name);
    const there = pointsTo.fieldNode(other.object, kind + other.name);
    pointsTo.graph.edge(here, there);
    pointsTo.graph.edge(there, here);
  }
}

function isOrdinary(name: string): boolean {
  return name !== "*" && name !== "[]" && !isHidden(name) && !isModelsOwn(name) && !name.startsWith("<");
}
