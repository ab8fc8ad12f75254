/** Finds addresses that mean nothing where they stand: `value` in a call, `name1` in a path with one `*`. */
import type { Node } from "yaml";
import type { Address, AddressRoot, PathModel, Role } from "../contracts/model.js";
import type { Reading } from "./reader.js";

/** Every address of a role, with those in targets, conditions and keys. */
export function addressesOf(value: unknown): Address[] {
  if (Array.isArray(value)) return value.flatMap(addressesOf);
  if (typeof value !== "object" || value === null) return [];
  const own = isAddress(value) ? [value] : [];
  return [...own, ...Object.values(value as Record<string, unknown>).flatMap(addressesOf)];
}

function isAddress(value: object): value is Address {
  return "root" in value && "steps" in value && "text" in value;
}

/** Whether every address of the model means something; what does not is reported at the model's line. */
export function checkAddresses(model: PathModel, node: Node, reading: Reading): boolean {
  const wildcards = model.path.filter((segment) => segment.kind === "any").length;
  const roles: readonly (Partial<Role> | PathModel["when"])[] = [
    ...model.roles.map(withoutDefinitions),
    model.when,
  ];
  const wrong = roles
    .flatMap(addressesOf)
    .find((address) => isSenseless(address.root, model.form, wildcards));
  if (wrong === undefined) return true;
  reading.fail(node, "senseless-address", { word: wrong.text, expected: senseOf(wrong.root, wildcards) });
  return false;
}

/** Of an entity's columns, `value` is the definition under the key; of cascades and hooks that are many, each of them. */
function withoutDefinitions(role: Role): Partial<Role> {
  const isMany = role.kind === "cascade" || role.kind === "hook" || role.kind === "table-name";
  if (isMany && role.each !== null) return { each: role.each };
  // `value` is each element of the list.
  if (role.kind === "provides" && role.each.length > 0) return { each: role.each };
  if (role.kind === "relations") return { of: role.of, fields: role.fields, name: role.name };
  if (role.kind !== "entity") return role;
  const { of, name, table, fields, among } = role;
  return { of, name, table, fields, among };
}

function isSenseless(root: AddressRoot, form: PathModel["form"], wildcards: number): boolean {
  if (root.kind === "name") return root.index >= wildcards;
  if (root.kind === "exports") return form !== "convention";
  if (root.kind === "value") return form === "call" || form === "read" || form === "jsx";
  if (root.kind === "type") return form !== "call" && form !== "type";
  if (root.kind === "argument" || root.kind === "arguments" || root.kind === "template")
    return form === "assign" || form === "read";
  return root.kind === "return" && form === "assign";
}

function senseOf(root: AddressRoot, wildcards: number): readonly string[] {
  if (root.kind === "name")
    return wildcards === 0 ? ["a path with *"] : [`name0 to name${String(wildcards - 1)}`];
  if (root.kind === "exports") return ["form: convention"];
  return root.kind === "value" ? ["form: assign"] : ["form: call"];
}
