/** What a function itself writes into an object that it makes: `{ email: null }`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";

export function writtenInto(
  node: FunctionNode,
  object: ValueId,
  kind: "object" | "array" = "object",
): (readonly [string, ValueId])[] {
  const origin = originOf(node, object);
  if (definitionOf(node, origin)?.kind !== kind) return [];
  return node.code.flatMap((each) =>
    each.kind === "store" && each.property.kind === "name" && originOf(node, each.object) === origin
      ? [[each.property.name, each.value] as const]
      : [],
  );
}

/** What is written out at an address of the call: `update({ data: patch })`. */
export function operandsWritten(site: CallSite, address: Address): readonly ValueId[] {
  let found = [...operandsAt(site, address)];
  for (const step of address.steps) {
    if (step.kind === "element") {
      found = found.flatMap((list) => writtenInto(site.caller, list, "array").map(([, value]) => value));
      continue;
    }
    if (step.kind !== "property") return [];
    const kind = /^\d+$/u.test(step.name) ? "array" : "object";
    found = found.flatMap((object) =>
      writtenInto(site.caller, object, kind).flatMap(([name, value]) => (name === step.name ? [value] : [])),
    );
  }
  return found;
}
