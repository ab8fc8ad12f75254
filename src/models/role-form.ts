/** How a role is read: from its keys, or a list of such mappings, which is several roles. */
import { type Node, isMap, isSeq } from "yaml";
import type { Role } from "../contracts/model.js";
import {
  type Failed,
  type Fields,
  type JsonSchema,
  type Reader,
  type Reading,
  type Values,
  affirmed,
  failed,
  mapping,
  oneOrMore,
} from "./reader.js";

/** One role: its schema, and its reading into one or several roles (a list of mappings is several). */
export interface RoleForm {
  readonly schema: JsonSchema;
  read(node: Node | null, reading: Reading): readonly Role[] | Failed;
}

export function form<F extends Fields>(
  fields: F,
  main: (keyof F & string) | undefined,
  build: (values: Values<F>, reading: Reading, node: Node | null) => Role | Failed,
): RoleForm {
  const reader = mapping(fields, main);
  const one: Reader<Role> = {
    schema: reader.schema,
    expects: reader.expects,
    read(node, reading) {
      const values = reader.read(node, reading);
      return values === failed ? failed : build(values, reading, node);
    },
  };
  return {
    schema: { anyOf: [one.schema, { type: "array", items: one.schema, minItems: 1 }] },
    read(node, reading) {
      if (isSeq(node) && isMap(reading.follow(node.items[0] as Node)))
        return oneOrMore(one).read(node, reading);
      const role = one.read(node, reading);
      return role === failed ? failed : [role];
    },
  };
}

/** A role without keys. */
export function marker(
  kind: "none" | "record" | "refuses" | "withheld" | "shown" | "may-fail" | "shared" | "repeats" | "joined",
): RoleForm {
  return {
    schema: affirmed.schema,
    read: (node, reading) => (affirmed.read(node, reading) === failed ? failed : [{ kind }]),
  };
}
