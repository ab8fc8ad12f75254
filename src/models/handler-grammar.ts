/** The words of handlers that run in order: how they hand on, and which requests they are for. */
import { isScalar } from "yaml";
import type { Address, Continuation } from "../contracts/model.js";
import { address } from "./address-readers.js";
import { type Reader, wrongKind } from "./reader.js";

export const handlerScopes = ["own", "later", "inside", "all"] as const;
export const pathMatches = ["exact", "starred", "prefix"] as const;

/** The address of a method's name, or `name`: the name that is called. */
export const methodOfRequest: Reader<Address | "name"> = {
  schema: address.schema,
  expects: "an address, or name",
  read: (node, reading) => (isScalar(node) && node.value === "name" ? "name" : address.read(node, reading)),
};

/** `param2`, `param2(..3)`, `returns`, `true`: how a handler hands on, and for how many parameters that holds. */
export const continuation: Reader<Continuation> = {
  schema: { type: "string", pattern: String.raw`^(param\d+|returns|true)(\(\d*(\.\.)?\d*\))?$` },
  expects: "param2, returns or true, with the number of parameters in brackets",
  read(node, reading) {
    const written = isScalar(node) ? String(node.value) : "";
    const found = /^(?:param(\d+)|(returns|true))(?:\((\d*)(\.\.)?(\d*)\))?$/u.exec(written);
    if (found === null) return wrongKind(reading, node, "param2", "returns", "true");
    const [, parameter, word, from = "", dots, to = ""] = found;
    const isCounted = written.endsWith(")");
    const min = from === "" ? 0 : Number(from);
    const of = isCounted ? { min, max: to !== "" ? Number(to) : dots === undefined ? min : Infinity } : null;
    if (parameter !== undefined) return { kind: "next", parameter: Number(parameter), of };
    return { kind: word === "true" ? "true" : "returns", of };
  },
};
