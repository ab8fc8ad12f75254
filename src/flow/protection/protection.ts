/** How protection adds up, and whether a call that is made to protect does. */
import type { Protection, WeakReason } from "../../contracts/flow.js";
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { ReadValues } from "../models/address-values.js";
import { valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import type { FactTable, State } from "../tabulation/fact.js";
import { isIvMadeOfData } from "./made-of-data.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { originsAt, originsOf, withoutEmpty, type Origin } from "./secret-origins.js";

type EncryptRole = Extract<Role, { kind: "encrypt" }>;

const order: Record<Protection["kind"], number> = {
  raw: 0,
  encoded: 1,
  hashed: 2,
  weak: 3,
  pseudonymised: 4,
  encrypted: 5,
};

/** `raw` reveals; anything else only adds to what is there. */
export function apply(facts: FactTable, state: State, protection: Protection): State {
  if (protection.kind === "raw") return facts.protect(state, protection);
  return order[protection.kind] >= order[state.protection.kind] ? facts.protect(state, protection) : state;
}

/** What a modelled encryption, hash or encoding makes of a value at this call. */
export function judge(
  pointsTo: PointsTo,
  site: CallSite,
  role: EncryptRole,
  names: readonly string[],
  callee: string,
  read?: ReadValues,
): { readonly protection: Protection; readonly certain: boolean } {
  const algorithms =
    role.algorithm === null
      ? []
      : foldValues(pointsTo, valuesAt(pointsTo, site, role.algorithm, names, read));
  const certain = !algorithms.includes("*") && !algorithms.some((each) => each.startsWith("env:"));
  const by = algorithms.length === 1 && certain ? (algorithms[0] ?? callee) : callee;
  const of = (address: Address | null): ReadonlySet<Origin> =>
    address === null ? none : withoutEmpty(originsAt(pointsTo, site, address, names, read));
  switch (role.strength) {
    case "encoding":
      return { protection: { kind: "encoded", by }, certain: true };
    case "hash":
      // A secret that is hashed along is a key.
      return role.input.some((input) => of(input).has("environment"))
        ? { protection: { kind: "pseudonymised", by }, certain: true }
        : { protection: { kind: "hashed", by, slow: false }, certain: true };
    case "keyed-hash": {
      // No cipher takes an empty key, but a keyed hash does.
      const key = role.key === null ? none : originsAt(pointsTo, site, role.key, names, read);
      const reason = isOnlyEmpty(key) ? "hard-coded-key" : weakKey(withoutEmpty(key));
      return reason !== null
        ? { protection: { kind: "weak", by, reason }, certain: true }
        : { protection: { kind: "pseudonymised", by }, certain: true };
    }
    case "password-hash":
      // Salted with a secret it is a keyed hash.
      return isSecret(of(role.key))
        ? { protection: { kind: "pseudonymised", by }, certain: true }
        : { protection: { kind: "hashed", by, slow: true }, certain: true };
    case "tokenisation":
      return { protection: { kind: "pseudonymised", by }, certain: true };
    case "weak":
      return {
        protection: { kind: "weak", by, reason: /ecb/iu.test(by) ? "mode" : "algorithm" },
        certain: true,
      };
    case "strong": {
      const reason =
        weakKey(of(role.key)) ??
        (isFixed(of(role.iv)) ? "constant-iv" : isIvMadeOfData(pointsTo, site, role) ? "derived-iv" : null);
      if (reason !== null) return { protection: { kind: "weak", by, reason }, certain: true };
      // Which cipher it is stands outside the code: it may be one that does not protect.
      return {
        protection: certain ? { kind: "encrypted", by } : { kind: "weak", by, reason: "algorithm" },
        certain,
      };
    }
  }
}

/** What is encrypted with a key that stands at one of the addresses; with none, the key is somebody else's affair. */
export function judgeKey(
  pointsTo: PointsTo,
  site: CallSite,
  key: readonly Address[],
  names: readonly string[],
  by: string,
): Protection {
  const values = key.flatMap((address) => valuesAt(pointsTo, site, address, names));
  return judgeKeyValues(pointsTo, site, values, by);
}

/** The same of the values that the key may be. */
export function judgeKeyValues(
  pointsTo: PointsTo,
  site: CallSite,
  key: readonly AbstractValue[],
  by: string,
): Protection {
  const reason = weakKey(key.length === 0 ? none : withoutEmpty(originsOf(pointsTo, key, site.caller)));
  return reason === null ? { kind: "encrypted", by } : { kind: "weak", by, reason };
}

const none: ReadonlySet<Origin> = new Set();

/** Whoever reads the code knows the key, always or where none is set from outside. */
function weakKey(origins: ReadonlySet<Origin>): WeakReason | null {
  const others = [...origins].filter((origin) => origin !== "literal" && origin !== "zeros");
  if (others.length === 0) return origins.size > 0 ? "hard-coded-key" : null;
  return origins.has("literal") ? "fallback-key" : null;
}

function isOnlyEmpty(origins: ReadonlySet<Origin>): boolean {
  return origins.size === 1 && origins.has("empty");
}

function isSecret(origins: ReadonlySet<Origin>): boolean {
  return origins.size > 0 && [...origins].every((origin) => origin === "environment");
}

/** The same for every value: written in the code, or set once from outside. */
function isFixed(origins: ReadonlySet<Origin>): boolean {
  return origins.size > 0 && !origins.has("random") && !origins.has("unknown");
}
