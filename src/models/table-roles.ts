/** Roles that speak of tables: what stands for one, what its columns are, and what its rows come out as. */
import type { Address } from "../contracts/model.js";
import { address, addresses, conditions, target } from "./address-readers.js";
import { flag, oneOrMore, optional, required, text, word } from "./reader.js";
import { type RoleForm, form } from "./role-form.js";
import { along, pipeline, seals } from "./store-grammar.js";

const spellings = ["same", "snake", "plural", "lower plural"] as const;
const whole: Address = { root: { kind: "return" }, steps: [], text: "return" };

export const tableRoles: Readonly<Record<string, RoleForm>> = {
  rows: form(
    {
      entity: required(target),
      output: optional(address, whole),
      options: optional(address, null),
      only: optional(addresses, []),
      meant: optional(address, null),
      named: optional(addresses, []),
      also: optional(addresses, []),
      left: optional(addresses, []),
      picked: optional(addresses, []),
      related: optional(addresses, []),
      along: optional(along, null),
      under: optional(address, null),
      pipeline: optional(pipeline, null),
      typed: optional(word(["row", "tables"]), "row"),
      seals: optional(seals, []),
    },
    "entity",
    (values) => ({ kind: "rows", ...values }),
  ),
  entity: form(
    {
      of: optional(address, whole),
      name: optional(address, null),
      table: optional(addresses, []),
      spelled: optional(word(spellings), "same"),
      fields: optional(addresses, []),
      column: optional(addresses, []),
      through: optional(addresses, []),
      paths: optional(address, null),
      read: optional(addresses, []),
      hides: optional(addresses, []),
      among: optional(addresses, []),
    },
    "name",
    (values) => ({ kind: "entity", ...values }),
  ),
  tableName: form(
    {
      of: optional(addresses, []),
      each: optional(address, null),
      name: optional(address, null),
      table: optional(addresses, []),
      spelled: optional(word(spellings), null),
    },
    undefined,
    (values) => ({ kind: "table-name", ...values }),
  ),
  relations: form(
    {
      of: required(address),
      fields: optional(addresses, []),
      name: optional(addresses, []),
      to: optional(addresses, []),
      lists: optional(oneOrMore(text), []),
      many: optional(flag, false),
      listed: optional(conditions, []),
      saved: optional(conditions, []),
      keyed: optional(flag, false),
    },
    undefined,
    (values) => ({ kind: "relations", ...values }),
  ),
  cascade: form(
    {
      child: optional(addresses, []),
      parent: optional(addresses, []),
      columns: optional(addresses, []),
      name: optional(addresses, []),
      action: optional(addresses, []),
      each: optional(address, null),
      where: optional(conditions, []),
      rows: optional(flag, false),
      orphans: optional(flag, false),
      along: optional(addresses, []),
    },
    "parent",
    (values) => ({ kind: "cascade", ...values }),
  ),
  hook: form(
    {
      of: optional(address, null),
      event: optional(addresses, []),
      as: optional(text, null),
      function: required(address),
      row: optional(address, null),
      by: optional(text, null),
      each: optional(address, null),
      plain: optional(flag, false),
    },
    undefined,
    (values) => ({ kind: "hook", ...values }),
  ),
  listeners: form({ among: required(addresses), options: optional(address, null) }, "among", (values) => ({
    kind: "listeners",
    ...values,
  })),
  uncascade: form(
    { of: required(address), columns: optional(addresses, []), name: optional(addresses, []) },
    "of",
    (values) => ({ kind: "uncascade", ...values }),
  ),
  about: form(
    {
      entity: optional(addresses, []),
      path: optional(word(["collection", "document", "node", "group", "around"]), null),
      within: optional(address, null),
      root: optional(oneOrMore(text), []),
    },
    "entity",
    (values) => ({ kind: "about", ...values }),
  ),
  columns: form(
    { data: required(addresses), entity: optional(target, null), column: optional(address, null) },
    undefined,
    (values) => ({ kind: "columns", ...values }),
  ),
  column: form(
    {
      name: optional(addresses, []),
      through: optional(addresses, []),
      read: optional(addresses, []),
      parts: optional(addresses, []),
      saved: optional(flag, false),
      within: optional(flag, false),
      seals: optional(seals, []),
    },
    "name",
    (values) => ({ kind: "column", ...values }),
  ),
  instance: form({ of: required(address), output: optional(address, whole) }, "of", (values) => ({
    kind: "instance",
    ...values,
  })),
};
