/** What the functions of a database make of a value on its way into a column: `pgp_sym_encrypt($1, $2)`. */
import type { Protection } from "../../contracts/flow.js";
import type { Role } from "../../contracts/model.js";
import { sealingFunctions, type SqlSeal } from "../../models/sql/sealing-functions.js";
import type { SqlSource, SqlValuePart } from "../../models/sql/statement.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsOfSite, valuesAt } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { judgeKeyValues } from "./protection.js";

type SqlRole = Extract<Role, { kind: "sql" }>;
type Call = SqlValuePart["within"][number];

/** From the inside out. */
export function sealsOf(
  pointsTo: PointsTo,
  site: CallSite,
  role: SqlRole,
  names: readonly string[],
  within: readonly Call[],
): Protection[] {
  return [...within].reverse().flatMap((call) => {
    const seal = sealingFunctions.get(call.name);
    if (seal?.data !== call.argument) return [];
    const source = seal.key === null ? undefined : call.arguments?.[seal.key];
    const key = keyOf(source, (placeholder) => valuesOf(pointsTo, site, role, names, placeholder));
    return [judged(pointsTo, site, seal, call, key)];
  });
}

/** `known`: it stands in the statement; null: nobody can tell. */
type Key = "known" | readonly AbstractValue[] | null;

function keyOf(
  source: SqlSource | undefined,
  valuesOfPlaceholder: (placeholder: SqlPlaceholder) => readonly AbstractValue[],
): Key {
  if (source === undefined || source.kind === "expression") return null;
  return source.kind === "literal" ? "known" : valuesOfPlaceholder(source.placeholder);
}

function judged(pointsTo: PointsTo, site: CallSite, seal: SqlSeal, call: Call, key: Key): Protection {
  const by = call.name;
  switch (seal.makes) {
    case "encoding":
      return { kind: "encoded", by };
    case "hash":
      return { kind: "hashed", by, slow: false };
    case "password-hash":
      return { kind: "hashed", by, slow: true };
    case "keyed-hash":
    case "ciphertext": {
      const { weak } = seal;
      const given = call.arguments?.length;
      if (weak !== undefined && (weak.below === Infinity || (given !== undefined && given < weak.below)))
        return { kind: "weak", by, reason: weak.reason };
      if (key === "known") return { kind: "weak", by, reason: "hard-coded-key" };
      const made = key === null ? null : judgeKeyValues(pointsTo, site, key, by);
      if (made?.kind === "weak") return made;
      return seal.makes === "ciphertext" ? { kind: "encrypted", by } : { kind: "pseudonymised", by };
    }
  }
}

/** What is given for a placeholder. */
function valuesOf(
  pointsTo: PointsTo,
  site: CallSite,
  { values }: SqlRole,
  names: readonly string[],
  placeholder: SqlPlaceholder,
): readonly AbstractValue[] {
  const { instruction, caller } = site;
  const given = operandsOfSite(site).arguments;
  const isTemplate = instruction.kind === "call" && instruction.template !== undefined;
  if (placeholder.kind !== "name") {
    const position = isTemplate
      ? placeholder.index
      : values?.root.kind === "arguments"
        ? values.root.from + placeholder.index
        : null;
    if (position !== null) {
      const value = given[position]?.value;
      return value === undefined ? [] : [...pointsTo.valuesOf(caller, value)];
    }
  }
  if (values === null) return [];
  const key = placeholder.kind === "name" ? placeholder.name : String(placeholder.index);
  return valuesAt(pointsTo, site, values, names).flatMap((list) => [...pointsTo.fieldNode(list, key).values]);
}
