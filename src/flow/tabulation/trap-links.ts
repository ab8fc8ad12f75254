/** What is handed to the function of a proxy that is told of whatever is written. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import { trapped, writer } from "../../contracts/models-own.js";
import { closure, incoming } from "./fact.js";
import type { Base } from "./fact.js";

/** What lies below a value of the caller lies in a place of the function. */
interface Handed {
  readonly from: Base;
  readonly prefix: readonly string[];
  readonly to: Base;
  readonly add: readonly string[];
}

/** A proxy's function is told of the object, of the key and of what is written. */
export function trapLinks({ object, property, value }: InstructionOf<"store">): Handed[] {
  const link = (from: Base, index: number): Handed => ({ from, prefix: [], to: incoming(index), add: [] });
  return [
    link(object, trapped.target),
    ...(property.kind === "computed" ? [link(property.value, trapped.key)] : []),
    link(value, trapped.value),
    link(object, trapped.proxy),
    { from: object, prefix: [writer], to: closure, add: [] },
  ];
}
