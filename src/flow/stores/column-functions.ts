/** Functions that what is put into a column goes through on its way into the table: a transformer, or a list of them. */
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { Column } from "./entity.js";

type ValuesAt = (address: Address) => readonly AbstractValue[];

export function columnFunctions(
  pointsTo: PointsTo,
  addresses: readonly Address[],
  at: ValuesAt,
): Pick<Column, "through" | "inTurn"> {
  const chains = addresses.flatMap((address) => chainAt(pointsTo, address, at) ?? []);
  const [chain] = chains;
  if (chain !== undefined && chains.length === 1) return { through: chain, inTurn: true };
  return { through: addresses.flatMap((address) => functionsAt(pointsTo, address, at)), inTurn: false };
}

/** `transformer: [trimmed, sealed]`: of the one list that stands there, in its order; null: it is not known as a list. */
function chainAt(
  pointsTo: PointsTo,
  address: Address,
  at: ValuesAt,
): readonly (readonly AbstractValue[])[] | null {
  const [element, last, ...others] = address.steps.slice(-2);
  if (element?.kind !== "element" || last?.kind !== "property" || others.length > 0) return null;
  const [list, ...lists] = at({ ...address, steps: address.steps.slice(0, -2) });
  if (list?.kind !== "object" || !list.array || lists.length > 0) return null;
  const places = [...pointsTo.fieldsOf(list)].filter(([, { values }]) => values.size > 0);
  if (places.some(([key]) => !/^\d+$/u.test(key) && key !== "*")) return null;
  const functions = places
    .filter(([key]) => key !== "*")
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, { values }]) => functionsOf(pointsTo, [...values], last.name));
  if (functions.length < 2 || functions.some(({ length }) => length !== 1)) return null;
  return [functions.flat()];
}

function functionsAt(pointsTo: PointsTo, address: Address, at: ValuesAt): readonly AbstractValue[] {
  const last = address.steps.at(-1);
  if (last?.kind !== "property") return at(address);
  return functionsOf(pointsTo, at({ ...address, steps: address.steps.slice(0, -1) }), last.name);
}

/** Functions under a name, also those that are methods of an own class's object (`transformer: new Sealed()`). */
function functionsOf(
  pointsTo: PointsTo,
  holders: readonly AbstractValue[],
  name: string,
): readonly AbstractValue[] {
  return holders.flatMap((holder): readonly AbstractValue[] => {
    if (holder.kind !== "instance" && holder.kind !== "class")
      return [...pointsTo.fieldNode(holder, name).values];
    return holder.class.graph.members.flatMap(({ kind, name: own, function: id }) => {
      const isMeant = kind === "method" && own.kind === "name" && own.name === name;
      const method = isMeant && id !== null ? pointsTo.program.memberOf(holder.class, id) : undefined;
      return method === undefined ? [] : [pointsTo.values.function(method)];
    });
  });
}
