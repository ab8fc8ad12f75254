/** Roles that speak of schemas: of which keys one is made, and what is put through one. */
import type { Address } from "../contracts/model.js";
import { address, addresses } from "./address-readers.js";
import { flag, optional, required, text, word } from "./reader.js";
import { type RoleForm, form } from "./role-form.js";

const returned: readonly Address[] = [{ root: { kind: "return" }, steps: [], text: "return" }];

export const schemaRoles: Readonly<Record<string, RoleForm>> = {
  schema: form(
    {
      fields: required(addresses),
      wraps: optional(word(["same", "array"]), "same"),
      definition: optional(text, null),
      open: optional(flag, false),
      closed: optional(word(["no", "keys", "deep"]), "no"),
      through: optional(address, null),
    },
    "fields",
    (values) => ({ kind: "schema", ...values }),
  ),
  shaped: form(
    {
      schema: required(address),
      output: optional(addresses, returned),
      each: optional(address, null),
    },
    "schema",
    (values) => ({ kind: "shaped", ...values }),
  ),
};
