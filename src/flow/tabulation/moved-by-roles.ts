/** What a described function makes of what it is called with, where a package calls it: `input.pipe(cipher)`, `names.map(btoa)`. */
import type { StepNote } from "../../contracts/flow.js";
import type { Address, Role } from "../../contracts/model.js";
import type { ModelMatch } from "../../models/catalogue.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { apply, judge } from "../protection/protection.js";
import type { FactTable, State } from "./fact.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;
type EncryptRole = Extract<Role, { kind: "encrypt" }>;

export interface MovedByRole {
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly state: State;
  /** What comes out is a value of its own, and nothing that lies in it. */
  readonly isWhole: boolean;
  readonly note: StepNote | null;
}

/** Null for a role that moves nothing, and where another one says that the cipher is a weak one. */
export function movedByRole(
  pointsTo: PointsTo,
  facts: FactTable,
  site: CallSite,
  called: { readonly callback: Foreign; readonly match: ModelMatch; readonly all: readonly ModelMatch[] },
  role: Role,
  state: State,
): MovedByRole | null {
  const { callback, match, all } = called;
  switch (role.kind) {
    case "flow":
      return { from: role.from, to: role.to, state, isWhole: false, note: null };
    case "decrypt": {
      const by = callback.path.join(".");
      const revealed = apply(facts, state, { kind: "raw" });
      return {
        from: role.input,
        to: role.output,
        state: revealed,
        isWhole: true,
        note: { kind: "revealed", by },
      };
    }
    case "encrypt": {
      if (role.strength === "strong" && all.some(isWeak)) return null;
      const maker = callback.site === null ? undefined : pointsTo.sites.get(callback.site);
      const [at, asked] = maker === undefined ? [site, role] : [maker, whereMade(role)];
      const by = callback.path.join(".");
      const { protection, certain } = judge(pointsTo, at, asked, match.names, by);
      const sealed = apply(facts, state, protection);
      const note: StepNote = { kind: "protected", by, as: protection.kind };
      return {
        from: role.input,
        to: role.output,
        state: certain ? sealed : facts.assume(sealed),
        isWhole: true,
        note,
      };
    }
    default:
      return null;
  }
}

function isWeak({ model }: ModelMatch): boolean {
  return model.roles.some((role) => role.kind === "encrypt" && role.strength === "weak");
}

/** What the object was made with is an argument of the call that made it. */
function whereMade(role: EncryptRole): EncryptRole {
  return {
    ...role,
    algorithm: ofMaker(role.algorithm),
    key: ofMaker(role.key),
    iv: ofMaker(role.iv),
  };
}

function ofMaker(address: Address | null): Address | null {
  const [first, ...steps] = address?.steps ?? [];
  if (address === null || address.root.kind !== "this" || first?.kind !== "created") return address;
  return { root: { kind: "argument", index: first.index }, steps, text: `arg${String(first.index)}` };
}
