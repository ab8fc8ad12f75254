/** Roles of calls that delete rows, or take something out of them. */
import { media } from "../contracts/vocabulary.js";
import { address, addresses, target } from "./address-readers.js";
import { flag, oneOrMore, optional, required, text, word } from "./reader.js";
import { type RoleForm, form } from "./role-form.js";
import { extension, renaming, softening } from "./store-grammar.js";

export const deleteStrengths = ["hard", "soft", "archive", "ttl", "cryptoshred", "versions"] as const;

export const erasingRoles: Readonly<Record<string, RoleForm>> = {
  delete: form(
    {
      target: optional(target, null),
      having: optional(text, null),
      setting: optional(text, null),
      medium: optional(word(media), null),
      strength: optional(word(deleteStrengths), "hard"),
      version: optional(address, null),
      rows: optional(flag, false),
      nested: optional(flag, false),
      related: optional(address, null),
      hiding: optional(flag, false),
      extended: optional(extension, null),
      renames: optional(renaming, null),
      softened: optional(softening, null),
      fires: optional(oneOrMore(text), []),
      lazy: optional(flag, false),
      sentBy: optional(oneOrMore(text), []),
      which: optional(addresses, []),
      leaving: optional(address, null),
    },
    undefined,
    (values) => ({ kind: "delete", ...values }),
  ),
  erase: form(
    {
      medium: optional(word(media), "database"),
      target: optional(target, null),
      data: optional(addresses, []),
      updates: optional(address, null),
      meant: optional(address, null),
      values: optional(address, null),
      lazy: optional(flag, false),
      sentBy: optional(oneOrMore(text), []),
    },
    undefined,
    (values) => ({ kind: "erase", ...values }),
  ),
  copies: form(
    { medium: required(word(media)), from: required(target), to: required(target) },
    undefined,
    (values) => ({ kind: "copies", ...values }),
  ),
  blank: form({ text: optional(address, null) }, undefined, (values) => ({ kind: "blank", ...values })),
};
