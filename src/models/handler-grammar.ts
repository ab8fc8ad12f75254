/** The words of handlers that run in order: how they hand on, and which requests they are for. */
import { isMap, isScalar, isSeq } from "yaml";
import type { Address, Continuation, ToldPlace } from "../contracts/model.js";
import { address } from "./address-readers.js";
import { type Reader, wrongKind } from "./reader.js";

export const handlerScopes = ["own", "later", "inside", "all", "entries"] as const;
export const pathMatches = ["exact", "starred", "prefix"] as const;

const words = ["returns", "nothing", "true", "nothing-but-true", "truthy", "valid", "fulfils"] as const;

/** The address of a method's name, or `name`: the name that is called. */
export const methodOfRequest: Reader<Address | "name"> = {
  schema: address.schema,
  expects: "an address, or name",
  read: (node, reading) => (isScalar(node) && node.value === "name" ? "name" : address.read(node, reading)),
};

const handing = String.raw`param(\d+)(?:\.(\w+)|=(true|any))?`;
const ofSoMany = String.raw`(?:\((\d*)(\.\.)?(\d*)\))?`;
const wrapping = /^wraps param(\d+)\.(\w+)$/u;
const continuing = new RegExp(`^(?:${handing}|(${words.join("|")}))${ofSoMany}$`, "u");

/** `param2`, `param1.handle`, `param2(..3)`, `param1=true`, `param0=any`, `wraps param0.resolve`, `returns`, `nothing`, `true`, `nothing-but-true`, `truthy`, `valid`, `fulfils`: how a handler hands on, and for how many parameters that holds. */
export const continuation: Reader<Continuation> = {
  schema: {
    anyOf: [
      { type: "string", pattern: continuing.source },
      { type: "string", pattern: wrapping.source },
    ],
  },
  expects: `param2, param1.handle, param1=true, param0=any or one of ${words.join(", ")}, with the number of parameters in brackets; or wraps param0.resolve`,
  read(node, reading) {
    const written = isScalar(node) ? String(node.value) : "";
    const wrapped = wrapping.exec(written);
    if (wrapped !== null)
      return { kind: "wraps", parameter: Number(wrapped[1]), member: wrapped[2] ?? "", of: null };
    const found = continuing.exec(written);
    if (found === null) return wrongKind(reading, node, "param2", ...words, "wraps param0.resolve");
    const [, parameter, member = null, given, word, from = "", dots, to = ""] = found;
    const isCounted = written.endsWith(")");
    const min = from === "" ? 0 : Number(from);
    const of = isCounted ? { min, max: to !== "" ? Number(to) : dots === undefined ? min : Infinity } : null;
    if (parameter !== undefined)
      return {
        kind: "next",
        parameter: Number(parameter),
        member,
        with: given === "true" || given === "any" ? given : "no error",
        of,
      };
    return { kind: words.find((each) => each === word) ?? "returns", of };
  },
};

/** `{ provide: "npm:@nestjs/core#APP_GUARD" }`: names with the package's values that stand under them. */
export const members: Reader<readonly { readonly name: string; readonly key: string }[]> = {
  schema: { type: "object", additionalProperties: { type: "string" } },
  expects: "a mapping from names to symbol keys",
  read(node, reading) {
    if (!isMap(node)) return wrongKind(reading, node, "a mapping from names to symbol keys");
    const found = node.items.map((pair) => ({
      name: String(pair.key),
      key: isScalar(pair.value) ? String(pair.value.value) : "",
    }));
    const wrong = found.find(({ key }) => !key.includes("#"));
    return wrong === undefined ? found : wrongKind(reading, node, "a symbol key such as npm:pg#Client");
  },
};

/** `{ failAction: [log, ignore] }`: names with the texts that may stand under them. */
export const textsByName: Reader<readonly { readonly name: string; readonly values: readonly string[] }[]> = {
  schema: { type: "object", additionalProperties: { type: "array", items: { type: "string" }, minItems: 1 } },
  expects: "a mapping from names to lists of texts",
  read(node, reading) {
    if (!isMap(node)) return wrongKind(reading, node, "a mapping from names to lists of texts");
    const found = node.items.map(({ key, value }) => ({
      name: String(key),
      values: isSeq(value) ? value.items.flatMap((each) => (isScalar(each) ? [String(each.value)] : [])) : [],
    }));
    const wrong = found.some(({ values }) => values.length === 0);
    return wrong ? wrongKind(reading, node, "failAction: [log, ignore]") : found;
  },
};

/** How many. */
export const count: Reader<number> = {
  schema: { type: "integer", minimum: 1 },
  expects: "a number of names",
  read(node, reading) {
    const value = isScalar(node) ? node.value : null;
    return typeof value === "number" && Number.isInteger(value) && value > 0
      ? value
      : wrongKind(reading, node, "1");
  },
};

const facts = ["method", "path", "url", "config", "kind"] as const;

/** `{ config: param0.meta, kind: param0.type }`: where handlers are told of the request. */
export const toldPlaces: Reader<readonly ToldPlace[]> = {
  schema: {
    type: "object",
    propertyNames: { enum: facts },
    additionalProperties: { type: "string", pattern: String.raw`^param\d+(\.\w+)+$` },
  },
  expects: "a mapping from method, path, url, config or kind to a property of a parameter",
  read(node, reading) {
    if (!isMap(node)) return wrongKind(reading, node, "a mapping from facts to properties of parameters");
    const found: ToldPlace[] = [];
    for (const { key, value } of node.items) {
      const fact = facts.find((each) => each === String(key));
      const place = /^param(\d+)((?:\.\w+)+)$/u.exec(isScalar(value) ? String(value.value) : "");
      if (fact === undefined || place === null) return wrongKind(reading, node, "config: param0.meta");
      const [, parameter, path = ""] = place;
      found.push({ fact, parameter: Number(parameter), path: path.slice(1).split(".") });
    }
    return found;
  },
};
