/** What stands where a model says that handlers stand: functions, methods of objects and of classes. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Address, AddressStep, Role } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { operandsAt, valuesAt } from "../../models/address-values.js";
import { chainOf, methodOf } from "../../program/class-chain.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { MadeHandler } from "./kept-methods.js";
import { type Receiver, receiverOf } from "../evidence/same-receiver.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";

type HandlesRole = Extract<Role, { kind: "handles" }>;

export interface PlacedHandler {
  readonly function: FunctionNode;
  /** The object whose method it is: what it inherits calls methods of the object's own class. */
  readonly self: Receiver | null;
}

/** One of the values that may stand in a place. */
interface HandlerChoice {
  readonly handlers: HandlerPlace["handlers"];
  /** What packages give; of a class or its object, those that it is made on. */
  readonly foreign: readonly AbstractValue[];
  /** The class, and the method of it that is meant. */
  readonly made: MadeHandler | null;
}

/** A place with whatever may stand in it. */
export interface HandlerPlace {
  /** Null stands for what cannot be seen. */
  readonly handlers: readonly (PlacedHandler | null)[];
  /** Each value that may stand there. */
  readonly choices: readonly HandlerChoice[];
  /** The call of an own function that made what stands there: `Consent("asked")`. */
  readonly madeBy: CallSite | null;
}

export function handlerPlaces(pointsTo: PointsTo, site: CallSite, role: HandlesRole): HandlerPlace[] {
  return role.handlers.flatMap((address) => placesAt(pointsTo, site, address, role));
}

function placesAt(pointsTo: PointsTo, site: CallSite, address: Address, role: HandlesRole): HandlerPlace[] {
  const { steps, root } = address;
  const chained = steps.findIndex((step) => step.kind === "chain");
  if (root.kind !== "argument" && root.kind !== "arguments" && chained === -1) return [];
  const last = steps.at(-1);
  const method = last?.kind === "property" ? last.name : null;
  const inner = steps.slice(chained + 1, method === null ? undefined : -1);
  const starts: { readonly values: Iterable<AbstractValue>; readonly madeBy: CallSite | null }[] =
    chained === -1
      ? operandsAt(site, address).map((value) => ({
          values: pointsTo.valuesOf(site.caller, value),
          madeBy: madeBy(pointsTo, site.caller, value),
        }))
      : [
          {
            values: valuesAt(pointsTo, site, { ...address, steps: steps.slice(0, chained + 1) }),
            madeBy: null,
          },
        ];
  return starts.flatMap(({ values, madeBy: maker }) =>
    alternatives(pointsTo, [...values], inner, role).map((each) => {
      const choices = each.map((value) => choiceOf(pointsTo, value, method));
      return { handlers: choices.flatMap(({ handlers }) => handlers), choices, madeBy: maker };
    }),
  );
}

/** Lists are places one after the other; what else a value may be stands in one place. */
function alternatives(
  pointsTo: PointsTo,
  values: readonly AbstractValue[],
  steps: readonly AddressStep[],
  role: HandlesRole,
): (readonly AbstractValue[])[] {
  const [step, ...rest] = steps;
  const lists = values.filter((each) => each.kind === "object" && each.array);
  const inLists = lists.map((list) =>
    [...pointsTo.fieldsOf(list)].flatMap(([name, node]) =>
      /^(?:\d+|\[\])$/u.test(name) && node.values.size > 0 ? [[...node.values]] : [],
    ),
  );
  const elements = inLists.flat();
  if (step === undefined) {
    const single = values.filter((each) => !lists.includes(each));
    return [...oneOf(inLists), ...(single.length > 0 ? [single] : [])];
  }
  if (step.kind === "element")
    return elements.flatMap((element) => {
      const meant = element.filter((each) => isMeant(pointsTo, each, role));
      return meant.length === 0 ? [] : alternatives(pointsTo, meant, rest, role);
    });
  const next = new Set<AbstractValue>();
  for (const value of values)
    if (step.kind === "property")
      for (const each of pointsTo.fieldNode(value, step.name).values) next.add(each);
    else if (step.kind === "result" && value.kind === "function")
      for (const each of pointsTo.returnNode(value.function).values) next.add(each);
  return next.size === 0 ? [] : alternatives(pointsTo, [...next], rest, role);
}

/** Of several lists one is taken: a place of the one stands together with each of the others. */
function oneOf(lists: readonly (readonly (readonly AbstractValue[])[])[]): (readonly AbstractValue[])[] {
  const [first = [], ...others] = lists;
  return others.reduce<(readonly AbstractValue[])[]>(
    (found, list) => found.flatMap((one) => list.map((other) => [...one, ...other])),
    [...first],
  );
}

/** `{ provide: APP_GUARD, … }`: the element has the package's value under the name. */
function isMeant(pointsTo: PointsTo, element: AbstractValue, { where }: HandlesRole): boolean {
  return where.every(({ name, key }) =>
    [...pointsTo.fieldNode(element, name).values].some(
      (value) => value.kind === "foreign" && `${value.module}#${value.path.join(".")}` === key,
    ),
  );
}

function choiceOf(pointsTo: PointsTo, value: AbstractValue, method: string | null): HandlerChoice {
  const isMade = value.kind === "class" || value.kind === "instance";
  return {
    handlers: handlersOf(pointsTo, value, method),
    foreign: foreignBehind(pointsTo, value),
    made: isMade && method !== null ? { self: value, method } : null,
  };
}

function handlersOf(
  pointsTo: PointsTo,
  value: AbstractValue,
  method: string | null,
): (PlacedHandler | null)[] {
  switch (value.kind) {
    case "function":
      return [{ function: value.function, self: null }];
    case "bound": {
      const target = pointsTo.values.get(value.target);
      return target?.kind === "function" ? [{ function: target.function, self: null }] : [];
    }
    case "class":
    case "instance": {
      if (method === null) return [];
      const found = methodOf(pointsTo, value.class, method);
      if (found === undefined) return [null];
      const object = value.kind === "instance" ? value : pointsTo.values.instance(value.class, null);
      return [{ function: pointsTo.instanceCopies.find(object, found), self: selfOf(pointsTo, value) }];
    }
    case "object": {
      const functions = method === null ? [] : [...pointsTo.fieldNode(value, method).values];
      return functions.flatMap((each) =>
        each.kind === "function" ? [{ function: each.function, self: null }] : [],
      );
    }
    case "foreign":
      return [null];
    default:
      return [];
  }
}

function selfOf(pointsTo: PointsTo, value: Extract<AbstractValue, { kind: "class" | "instance" }>): Receiver {
  return receiverOf(pointsTo, value.class, value.kind === "instance" ? [value] : undefined);
}

function foreignBehind(pointsTo: PointsTo, value: AbstractValue): readonly AbstractValue[] {
  if (value.kind === "foreign") return [value];
  if (value.kind !== "class" && value.kind !== "instance") return [];
  return chainOf(pointsTo, value.class).filter(({ kind }) => kind === "foreign");
}

function madeBy(pointsTo: PointsTo, node: FunctionNode, value: ValueId): CallSite | null {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return null;
  const site = pointsTo.findSite(node, definition.point);
  return site === undefined || definition.instruction.new || site.edges.size === 0 ? null : site;
}
