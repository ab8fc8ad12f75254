/** Readers of addresses, targets and conditions: the small languages inside a model's YAML. */
import { type Node, type Pair, isMap, isScalar, isSeq } from "yaml";
import { nearestWord } from "../base/nearest-word.js";
import type { Address, Condition, Target } from "../contracts/model.js";
import { addressRoots, looksLikeAddress, parseAddress } from "./address.js";
import {
  type Failed,
  type Reader,
  type Reading,
  allOf,
  constant,
  describeNode,
  failed,
  oneOrMore,
  wrongKind,
} from "./reader.js";

export const address: Reader<Address> = {
  schema: { $ref: "#/$defs/address" },
  expects: "an address such as arg0.data",
  read(node, reading) {
    if (!isScalar(node) || node.value === null) return wrongKind(reading, node, ...addressRoots);
    const found = parseAddress(describeNode(node));
    return found.ok ? found.value : reading.fail(node, "malformed-address", found.problem);
  },
};

export const addresses = oneOrMore(address);

/** An address, or a list of texts and addresses to be joined. */
export const target: Reader<Target> = {
  schema: { anyOf: [address.schema, { type: "array", minItems: 1, items: { type: ["string", "number"] } }] },
  expects: "an address, or a list of texts and addresses",
  read(node, reading) {
    if (!isSeq(node)) {
      const single = address.read(node, reading);
      return single === failed ? failed : { parts: [single] };
    }
    const parts = node.items.map((item) => readPart(item as Node, reading));
    const all = allOf(parts);
    return all === failed ? failed : { parts: all };
  },
};

/** A part that looks like an address must be one; anything else, and what is quoted and no address, is text. */
function readPart(node: Node, reading: Reading): string | Address | Failed {
  const value = isScalar(node) ? describeNode(node) : null;
  if (value === null) return wrongKind(reading, node, "text", "address");
  const isQuoted = isScalar(node) && node.type !== "PLAIN";
  if (!looksLikeAddress(value) || (isQuoted && !parseAddress(value).ok)) return value;
  const found = address.read(node, reading);
  return found !== failed && found.root.kind === "literal" && found.steps.length === 0
    ? String(found.root.value)
    : found;
}

export interface Protection {
  readonly address: Address;
  readonly values: readonly string[] | null;
}

/** `arg0.ServerSideEncryption`, or `arg0.ServerSideEncryption: [AES256, "aws:kms"]`; one or several. */
export const protections: Reader<readonly Protection[]> = {
  schema: {
    anyOf: [
      { type: "string" },
      { type: "array", items: { type: "string" } },
      {
        type: "object",
        additionalProperties: {
          anyOf: [{ const: true }, { type: "string" }, { type: "array", items: { type: "string" } }],
        },
      },
    ],
  },
  expects: "addresses, or a mapping from address to values",
  read(node, reading) {
    if (!isMap(node)) {
      const plain = addresses.read(node, reading);
      return plain === failed ? failed : plain.map((each) => ({ address: each, values: null }));
    }
    const found = (node.items as Pair<Node, Node | null>[]).map((pair) => readProtection(pair, reading));
    return allOf(found);
  },
};

function readProtection(pair: Pair<Node, Node | null>, reading: Reading): Protection | Failed {
  const subject = address.read(pair.key, reading);
  if (subject === failed) return failed;
  if (isScalar(pair.value) && pair.value.value === true) return { address: subject, values: null };
  const values = oneOrMore(constant).read(pair.value, reading);
  return values === failed ? failed : { address: subject, values: values.map(String) };
}

const valueTypes = ["string", "number", "boolean", "object", "array", "function"] as const;
const tests = ["equals", "matches", "present", "absent", "type", "is"] as const;

/** A mapping from addresses (and `arity`) to what must hold of them. */
export const conditions: Reader<readonly Condition[]> = {
  schema: { $ref: "#/$defs/conditions" },
  expects: "a mapping from addresses to conditions",
  read(node, reading) {
    if (!isMap(node) || node.items.length === 0)
      return wrongKind(reading, node, "a mapping from addresses to conditions");
    const found = (node.items as Pair<Node, Node | null>[]).map((pair) => readCondition(pair, reading));
    const all = allOf(found);
    return all === failed ? failed : all.flat();
  },
};

function readCondition(pair: Pair<Node, Node | null>, reading: Reading): readonly Condition[] | Failed {
  const value = reading.follow(pair.value);
  if (describeNode(pair.key) === "arity") return readArity(value, reading);
  const subject = address.read(pair.key, reading);
  if (subject === failed) return failed;
  if (!isMap(value)) {
    const values = oneOrMore(constant).read(value, reading);
    return values === failed ? failed : [{ kind: "equals", address: subject, values }];
  }
  const found = (value.items as Pair<Node, Node | null>[]).map((test) => readTest(test, subject, reading));
  return allOf(found);
}

function readTest(pair: Pair<Node, Node | null>, subject: Address, reading: Reading): Condition | Failed {
  const key = describeNode(pair.key);
  const value = reading.follow(pair.value);
  switch (key) {
    case "equals": {
      const values = oneOrMore(constant).read(value, reading);
      return values === failed ? failed : { kind: "equals", address: subject, values };
    }
    case "matches":
      return readPattern(value, subject, reading);
    case "present":
    case "absent":
      return isScalar(value) && value.value === true
        ? { kind: key, address: subject }
        : wrongKind(reading, value, "true");
    case "type":
      return readValueType(value, subject, reading);
    case "is": {
      const keys = oneOrMore(constant).read(value, reading);
      return keys === failed ? failed : { kind: "is", address: subject, keys: keys.map(String) };
    }
    default:
      return reading.fail(pair.key, "unknown-key", {
        word: key,
        nearest: nearestWord(key, tests),
        expected: tests,
      });
  }
}

/** The expression of a `matches`: it disregards case, unless it begins with `(?-i)`. Throws a `SyntaxError`. */
export function conditionPattern(text: string): RegExp {
  const exact = "(?-i)";
  return text.startsWith(exact) ? new RegExp(text.slice(exact.length), "u") : new RegExp(text, "iu");
}

function readPattern(node: Node | null, subject: Address, reading: Reading): Condition | Failed {
  const pattern = isScalar(node) ? describeNode(node) : null;
  if (pattern === null) return wrongKind(reading, node, "a regular expression");
  try {
    conditionPattern(pattern);
  } catch {
    return reading.fail(node, "malformed-pattern", { word: pattern });
  }
  return { kind: "matches", address: subject, pattern };
}

function readValueType(node: Node | null, subject: Address, reading: Reading): Condition | Failed {
  const word = describeNode(node);
  const type = valueTypes.find((each) => each === word);
  if (type === undefined)
    return reading.fail(node, "unknown-word", {
      word,
      nearest: nearestWord(word, valueTypes),
      expected: valueTypes,
    });
  return { kind: "type", address: subject, type };
}

/** `2`, `1..2`, `2..`, `..1`. */
function readArity(node: Node | null, reading: Reading): readonly Condition[] | Failed {
  const word = describeNode(node);
  const match = /^(\d*)(\.\.)?(\d*)$/.exec(word);
  if (match === null || word === "" || word === "..")
    return reading.fail(node, "malformed-arity", { word, expected: ["2", "1..2", "2.."] });
  const min = Number(match[1] ?? 0);
  const max = match[2] === undefined ? min : match[3] === "" ? Infinity : Number(match[3]);
  return [{ kind: "arity", min, max }];
}

/** Schemas that others refer to by name, so that the published one stays readable. */
export const sharedSchemas = {
  address: {
    type: "string",
    pattern:
      "^(arg\\d+(\\.\\.)?|args|this|return|template(\\d+|\\*)|name\\d+|value|true|false|-?\\d+(\\.\\d+)?|'[^']*'|\"[^\"]*\")([.\\[<!].*)?$",
  },
  conditions: {
    type: "object",
    minProperties: 1,
    additionalProperties: {
      anyOf: [
        { type: ["string", "number", "boolean"] },
        { type: "array", items: { type: ["string", "number", "boolean"] }, minItems: 1 },
        {
          type: "object",
          minProperties: 1,
          properties: {
            equals: { anyOf: [constant.schema, { type: "array", items: constant.schema }] },
            matches: { type: "string" },
            present: { const: true },
            absent: { const: true },
            type: { enum: valueTypes },
            is: oneOrMore(constant).schema,
          },
          additionalProperties: false,
        },
      ],
    },
  },
} as const;
