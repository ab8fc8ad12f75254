/** Roles that speak of entries: what comes in there, what decorators say, when an app starts, what streams bring. */
import type { Address } from "../contracts/model.js";
import { address, addresses } from "./address-readers.js";
import { count } from "./handler-grammar.js";
import { flag, optional, required, text, word } from "./reader.js";
import { type RoleForm, form, marker } from "./role-form.js";

const receiver: Address = { root: { kind: "this" }, steps: [], text: "this" };
const whole: Address = { root: { kind: "return" }, steps: [], text: "return" };

const box = { of: required(address), to: optional(address, whole), under: optional(text, "value") };

export const entryRoles: Readonly<Record<string, RoleForm>> = {
  input: form(
    {
      output: required(addresses),
      typed: optional(text, null),
      nth: optional(count, null),
      event: optional(address, null),
      of: optional(address, null),
      device: optional(flag, false),
    },
    "output",
    (values) => ({ kind: "input", ...values }),
  ),
  sends: form({ unless: required(address) }, "unless", (values) => ({ kind: "sends", ...values })),
  starts: form({ chain: required(address) }, "chain", (values) => ({ kind: "starts", ...values })),
  escapes: form({ what: required(word(["rejections"])) }, "what", (values) => ({
    kind: "escapes",
    ...values,
  })),
  assembles: form({ of: required(address) }, "of", (values) => ({ kind: "assembles", ...values })),
  provides: form(
    {
      each: optional(addresses, []),
      token: required(addresses),
      made: optional(addresses, []),
      same: optional(addresses, []),
      given: optional(addresses, []),
    },
    undefined,
    (values) => ({ kind: "provides", ...values }),
  ),
  derives: form({ from: required(address), chain: optional(address, whole) }, "from", (values) => ({
    kind: "derives",
    ...values,
  })),
  tags: form({ key: optional(address, null), value: required(address) }, undefined, (values) => ({
    kind: "tags",
    ...values,
  })),
  tagged: form({ key: required(address), of: required(address) }, undefined, (values) => ({
    kind: "tagged",
    ...values,
  })),
  means: form({ what: required(word(["entry", "class", "path"])) }, "what", (values) => ({
    kind: "means",
    ...values,
  })),
  covers: form({ paths: required(address) }, "paths", (values) => ({ kind: "covers", ...values })),
  routed: form(
    {
      below: required(text),
      named: optional(flag, false),
      dotted: optional(flag, false),
      method: optional(text, null),
    },
    "below",
    (values) => ({ kind: "routed", ...values }),
  ),
  loads: form(
    {
      folder: required(address),
      register: required(text),
      options: optional(address, null),
      prefix: optional(text, null),
      folders: optional(address, null),
      own: optional(text, null),
      whole: optional(text, null),
      index: optional(text, null),
      hooks: optional(text, null),
      hookNames: optional(address, null),
      hooked: optional(address, null),
      cascades: optional(address, null),
      scoped: optional(address, null),
      ignored: optional(addresses, []),
    },
    undefined,
    (values) => ({ kind: "loads", ...values }),
  ),
  jobName: form({ of: required(addresses) }, "of", (values) => ({ kind: "job-name", ...values })),
  handsOn: form({ exchange: required(address), how: required(address) }, undefined, (values) => ({
    kind: "hands-on",
    ...values,
  })),
  binds: form(
    {
      exchange: required(address),
      key: required(address),
      queue: optional(address, null),
      into: optional(address, null),
    },
    undefined,
    (values) => ({ kind: "binds", ...values }),
  ),
  settles: form({ by: required(address) }, "by", (values) => ({ kind: "settles", ...values })),
  pipes: form(
    {
      steps: required(address),
      given: optional(addresses, [receiver]),
      gives: optional(addresses, [whole]),
      backwards: optional(flag, false),
    },
    "steps",
    (values) => ({ kind: "pipes", ...values }),
  ),
  shared: marker("shared"),
  composed: form(
    {
      to: optional(address, whole),
      of: optional(addresses, []),
      getters: optional(addresses, []),
      setters: optional(addresses, []),
      under: optional(text, null),
    },
    "of",
    (values) => ({ kind: "composed", ...values }),
  ),
  boxed: form({ ...box, key: optional(address, null) }, "of", (values) => ({ kind: "boxed", ...values })),
  unboxed: form(box, "of", (values) => ({ kind: "unboxed", key: null, ...values })),
  getter: form({ run: required(addresses) }, "run", (values) => ({ kind: "getter", ...values })),
  step: form({ gives: required(word(["result", "same"])) }, "gives", (values) => ({
    kind: "step",
    ...values,
  })),
};
