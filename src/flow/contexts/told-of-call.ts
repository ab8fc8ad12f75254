/** What a function that stands before a call is told of it: `params.model`, `({ operation }) => …`. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Constant } from "../constants/constant-operations.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";

/** What a property of its first parameter is in this run, if nothing in the function sets it anew. */
export function toldOfCall(
  node: FunctionNode,
  { object, property }: Pick<InstructionOf<"load">, "object" | "property">,
  { told }: Context,
): Constant | null {
  const text = property.kind === "name" ? told?.get(property.name) : undefined;
  if (text === undefined || property.kind !== "name") return null;
  const { name } = property;
  const definition = definitionOf(node, originOf(node, object));
  if (definition?.kind !== "parameter" || definition.index !== 0) return null;
  const isSet = node.code.some(
    (each) => each.kind === "store" && each.property.kind === "name" && each.property.name === name,
  );
  return isSet ? null : { value: text };
}

/** The run of such a function for one call. */
export function contextOfCall(told: ReadonlyMap<string, string>): Context {
  if (told.size === 0) return noContext;
  return { ...noContext, key: `told ${[...told].map(([name, text]) => `${name}=${text}`).join(",")}`, told };
}
