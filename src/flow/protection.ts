/** How protection adds up, and whether a call that is made to protect does. */
import type { Protection, WeakReason } from "../contracts/flow.js";
import type { Address, Role } from "../contracts/model.js";
import type { AbstractValue } from "./abstract-value.js";
import type { ReadValues } from "./address-values.js";
import { valuesAt } from "./address-values.js";
import { foldValues } from "./constants.js";
import type { FactTable, State } from "./fact.js";
import type { CallSite, PointsTo } from "./points-to.js";
import { selectModels } from "./select-models.js";

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
  switch (role.strength) {
    case "encoding":
      return { protection: { kind: "encoded", by }, certain: true };
    case "hash":
      return { protection: { kind: "hashed", by }, certain: true };
    case "keyed-hash":
      return isHardCoded(pointsTo, site, role.key, names, read)
        ? { protection: { kind: "weak", by, reason: "hard-coded-key" }, certain: true }
        : { protection: { kind: "pseudonymised", by }, certain: true };
    case "password-hash":
    case "tokenisation":
      return { protection: { kind: "pseudonymised", by }, certain: true };
    case "weak":
      return {
        protection: { kind: "weak", by, reason: /ecb/iu.test(by) ? "mode" : "algorithm" },
        certain: true,
      };
    case "strong": {
      const reason = weakness(pointsTo, site, role, names, read);
      if (reason !== null) return { protection: { kind: "weak", by, reason }, certain: true };
      // Which cipher it is stands outside the code: it may be one that does not protect.
      return {
        protection: certain ? { kind: "encrypted", by } : { kind: "weak", by, reason: "algorithm" },
        certain,
      };
    }
  }
}

function weakness(
  pointsTo: PointsTo,
  site: CallSite,
  role: EncryptRole,
  names: readonly string[],
  read?: ReadValues,
): WeakReason | null {
  if (isHardCoded(pointsTo, site, role.key, names, read)) return "hard-coded-key";
  if (isHardCoded(pointsTo, site, role.iv, names, read)) return "constant-iv";
  return null;
}

function isHardCoded(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address | null,
  names: readonly string[],
  read?: ReadValues,
): boolean {
  if (address === null) return false;
  const values = valuesAt(pointsTo, site, address, names, read);
  return values.length > 0 && values.every((value) => isConstantMade(pointsTo, value, 0));
}

const deepest = 6;

/** Made of nothing but constants in the code: a literal, or a library call on such (`Buffer.from("…")`). */
function isConstantMade(pointsTo: PointsTo, value: AbstractValue, depth: number): boolean {
  if (depth > deepest) return false;
  if (value.kind === "constant") return typeof value.value === "string" || typeof value.value === "number";
  if (value.kind === "computed")
    return !foldValues(pointsTo, [value]).some((text) => text.includes("*") || text.startsWith("env:"));
  if (value.kind === "object") {
    const fields = [...pointsTo.fieldsOf(value).entries()].filter(([name]) => name !== "*");
    return (
      value.array &&
      fields.length > 0 &&
      fields.every(
        ([, node]) =>
          node.values.size > 0 && [...node.values].every((each) => isConstantMade(pointsTo, each, depth + 1)),
      )
    );
  }
  if (value.kind !== "foreign" || value.site === null) return false;
  const made = pointsTo.sites.get(value.site);
  if (made?.instruction.kind !== "call") return false;
  const random = [...made.foreign].some(
    (callee) =>
      /^(?:random|generate|getRandom)/iu.test(callee.path.at(-1) ?? "") ||
      selectModels(pointsTo, made, callee).some(({ model }) =>
        model.roles.some((role) => role.kind === "input"),
      ),
  );
  if (random) return false;
  const operands = made.instruction.arguments.map((argument) =>
    pointsTo.valuesOf(made.caller, argument.value),
  );
  const used = operands.slice(0, Math.max(1, operands.length));
  if (used.length === 0) return isReceiverConstant(pointsTo, made, depth);
  const allConstant = used.every(
    (values) => values.size > 0 && [...values].every((each) => isConstantMade(pointsTo, each, depth + 1)),
  );
  return allConstant && isReceiverConstant(pointsTo, made, depth);
}

function isReceiverConstant(pointsTo: PointsTo, made: CallSite, depth: number): boolean {
  if (made.instruction.kind !== "call" || made.instruction.receiver === null) return true;
  const values = [...pointsTo.valuesOf(made.caller, made.instruction.receiver)];
  return values.every(
    (value) => value.kind !== "foreign" || value.site === null || isConstantMade(pointsTo, value, depth + 1),
  );
}
