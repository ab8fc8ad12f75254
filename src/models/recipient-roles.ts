/** Roles that tell who gets data: a company, a host, the public, an SDK that takes it by itself. */
import type { Node } from "yaml";
import type { Address, Role } from "../contracts/model.js";
import { purposes, recipientRoles as roles, type Purpose } from "../contracts/vocabulary.js";
import { addresses, conditions, target } from "./address-readers.js";
import {
  type Failed,
  type Reader,
  type Reading,
  oneOrMore,
  optional,
  required,
  text,
  word,
} from "./reader.js";
import { form, type RoleForm } from "./role-form.js";

const captureKinds = ["screen", "usage", "errors"] as const;

export const purpose: Reader<Purpose> = {
  schema: { type: "string", examples: purposes },
  expects: "a purpose",
  read: (node, reading) => word([...purposes, ...reading.purposes]).read(node, reading),
};

export const everything: readonly Address[] = [
  { root: { kind: "arguments", from: 0 }, steps: [], text: "args" },
];

function withCompany<R extends Role>(
  recipient: string | null,
  reading: Reading,
  node: Node | null,
  build: (recipient: string) => R,
): R | Failed {
  const name = recipient ?? reading.company;
  return name === null
    ? reading.fail(node, "missing-key", {
        word: "recipient",
        expected: ["the company's name, here or as `company:` of the package"],
      })
    : build(name);
}

export const recipientRoles: Readonly<Record<string, RoleForm>> = {
  disclose: form(
    {
      recipient: optional(text, null),
      purpose: optional(purpose, null),
      data: optional(addresses, everything),
      as: optional(word(roles), null),
      by: optional(addresses, []),
      keeps: optional(target, null),
      erasedBy: optional(text, null),
    },
    undefined,
    (values, reading, node) =>
      values.by.length > 0 && values.recipient === null && reading.company === null
        ? { kind: "disclose", ...values, recipient: "" }
        : withCompany(values.recipient, reading, node, (recipient) => ({
            kind: "disclose",
            ...values,
            recipient,
          })),
  ),
  http: form(
    {
      url: required(addresses),
      base: optional(addresses, []),
      host: optional(addresses, []),
      method: optional(addresses, []),
      own: optional(addresses, []),
      data: optional(addresses, everything),
    },
    undefined,
    (values) => ({ kind: "http", ...values }),
  ),
  public: form({ data: required(addresses) }, "data", (values) => ({ kind: "public", ...values })),
  captures: form(
    {
      recipient: optional(text, null),
      what: optional(word(captureKinds), "usage"),
      unless: optional(oneOrMore(conditions), []),
    },
    undefined,
    (values, reading, node) =>
      withCompany(values.recipient, reading, node, (recipient) => ({
        kind: "captures",
        ...values,
        recipient,
      })),
  ),
};
