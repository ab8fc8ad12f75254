/** Roles of calls that look at values. */
import { address, addresses, conditions } from "./address-readers.js";
import { flag, oneOrMore, optional, required, word } from "./reader.js";
import { type RoleForm, form, marker } from "./role-form.js";

export const checkingRoles: Readonly<Record<string, RoleForm>> = {
  asserts: form(
    { truthy: optional(address, null), falsy: optional(address, null), equal: optional(addresses, []) },
    "truthy",
    (values) => ({ kind: "asserts", ...values }),
  ),
  mayFail: marker("may-fail"),
  examines: form(
    {
      data: required(addresses),
      fits: optional(address, null),
      lacks: optional(address, null),
      promised: optional(flag, false),
      by: optional(address, null),
    },
    "data",
    (values) => ({ kind: "examines", ...values }),
  ),
  demands: form(
    {
      least: optional(address, null),
      above: optional(address, null),
      most: optional(address, null),
      below: optional(address, null),
      holds: optional(address, null),
      heeds: optional(address, null),
      spares: optional(address, null),
      wants: optional(address, null),
      adds: optional(flag, false),
      unmet: optional(flag, false),
      also: optional(address, null),
    },
    undefined,
    (values) => ({ kind: "demands", ...values }),
  ),
  admits: form(
    {
      by: required(address),
      given: optional(addresses, []),
      unless: optional(oneOrMore(conditions), []),
    },
    "by",
    (values) => ({ kind: "admits", ...values }),
  ),
  validates: form(
    { what: required(word(["classes"])), unless: optional(oneOrMore(conditions), []) },
    "what",
    (values) => ({ kind: "validates", ...values }),
  ),
};
