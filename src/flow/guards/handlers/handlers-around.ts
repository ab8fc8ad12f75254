/**
 * Handlers that are laid around functions in a tree, under the dotted names of these: `{ "Mutation.enrol": [ask] }`,
 * and `Query.*`, `*.*`, `{Query,Mutation}.find`, `Mutation.!ping`. What else may be written takes in nothing.
 */
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { Handler } from "./handlers-given.js";
import { namedHandlers } from "./named-handlers.js";

interface Around {
  readonly chain: AbstractValue;
  /** The function itself behind those that stand before it. */
  readonly handlers: readonly Handler[];
}

export function handlersAround(
  pointsTo: PointsTo,
  site: CallSite,
  addresses: readonly Address[],
  functions: Address,
): readonly Around[] {
  const around = namedHandlers(pointsTo, site, addresses, 1);
  const depth = functions.steps.filter(({ kind }) => kind === "any").length;
  return namedHandlers(pointsTo, site, [functions], depth).flatMap(({ path, handlers: own }) => {
    const names = path.slice(1).split("/");
    const before = around.flatMap((each) => (takesInAll(each.path.slice(1), names) ? each.handlers : []));
    return own.flatMap((handler) =>
      handler.values.flatMap((value) =>
        "graph" in value ? [{ chain: pointsTo.values.function(value), handlers: [...before, handler] }] : [],
      ),
    );
  });
}

function takesInAll(written: string, names: readonly string[]): boolean {
  const parts = written.split(".");
  return parts.length === names.length && parts.every((part, place) => takesIn(part, names[place] ?? ""));
}

function takesIn(part: string, name: string): boolean {
  if (/^\*\*?$/u.test(part)) return true;
  const [, left] = /^!(\w+)$/u.exec(part) ?? [];
  if (left !== undefined) return left !== name;
  const [, listed] = /^\{([^{}]*)\}$/u.exec(part) ?? [];
  return (listed?.split(",") ?? [part]).some((each) => each.trim() === name);
}
