/** Roles that speak of time: points in it, and how far they lie apart. */
import { isScalar } from "yaml";
import type { Address } from "../contracts/model.js";
import { address, addresses } from "./address-readers.js";
import { type Reader, optional, required, word } from "./reader.js";
import { type RoleForm, form } from "./role-form.js";

const whole: Address = { root: { kind: "return" }, steps: [], text: "return" };
const receiver: Address = { root: { kind: "this" }, steps: [], text: "this" };
const firstArgument: Address = { root: { kind: "argument", index: 0 }, steps: [], text: "arg0" };

export const timeUnits = ["year", "month", "week", "day", "hour", "minute", "second", "millisecond"] as const;

/** A word of the grammar, or an address. */
function wordOrAddress<const W extends string>(words: readonly W[]): Reader<W | Address> {
  return {
    schema: { anyOf: [{ enum: words }, address.schema] },
    expects: `${words.join(", ")} or an address`,
    read(node, reading) {
      const found = words.find((each) => isScalar(node) && node.value === each);
      return found ?? address.read(node, reading);
    },
  };
}

const present = wordOrAddress(["now"]);
const unit = wordOrAddress(timeUnits);

export const timeRoles: Readonly<Record<string, RoleForm>> = {
  moment: form(
    {
      of: optional(present, null),
      year: optional(address, null),
      day: optional(address, null),
      plus: optional(address, null),
      minus: optional(address, null),
      unit: optional(unit, "year"),
      output: optional(addresses, [whole]),
    },
    "of",
    (values) => ({ kind: "moment", ...values }),
  ),
  elapsed: form(
    {
      of: optional(address, null),
      in: optional(address, null),
      from: optional(present, null),
      to: optional(present, null),
      unit: required(unit),
      counted: optional(word(["whole", "exact", "calendar", "sign"]), "whole"),
      output: optional(address, whole),
    },
    undefined,
    (values) => ({ kind: "elapsed", ...values }),
  ),
  calendar: form(
    {
      of: required(address),
      unit: optional(word(["year", "month", "day"]), "year"),
      output: optional(address, whole),
    },
    "of",
    (values) => ({ kind: "calendar", ...values }),
  ),
  compares: form(
    {
      operator: required(word(["<", "<=", ">", ">="])),
      left: optional(address, receiver),
      right: optional(present, firstArgument),
    },
    "operator",
    (values) => ({ kind: "compares", ...values }),
  ),
};
