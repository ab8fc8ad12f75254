/** Protection that a call asks of the service which keeps the data: the option, where it is set to what protects. */
import type { Address, Role } from "../../contracts/model.js";
import type { Protection } from "../../contracts/flow.js";
import { valuesAt } from "../models/address-values.js";
import { constantsOf } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { isWrittenWithUnknown, symbolKeyOf } from "../models/select-models.js";
import { isSurelySet } from "./surely-set.js";

export function serverSideProtection(
  pointsTo: PointsTo,
  site: CallSite,
  role: Extract<Role, { kind: "store" }>,
  names: readonly string[],
): string | null {
  for (const { address, values } of role.protectedBy) {
    const found = valuesAt(pointsTo, site, address, names);
    if (values?.some(isSymbolKey) === true) {
      if (found.some((value) => value.kind === "foreign" && values.includes(symbolKeyOf(value))))
        return address.text;
      continue;
    }
    const { constants } = constantsOf(found);
    const isSet = found.some(
      (value) =>
        value.kind !== "constant" ||
        (value.value !== undefined && value.value !== null && value.value !== false),
    );
    if (found.length === 0 && isAskedWithUnknown(pointsTo, site, address)) return address.text;
    if (
      isSet &&
      (values === null ||
        found.length > constants.length ||
        constants.some((constant) => values.includes(String(constant)))) &&
      isSurelySet(pointsTo, site, address, names)
    )
      return address.text;
  }
  return null;
}

/** What protects is something of a package, wherever it is put to work: `npm:@fastify/secure-session#default`. */
function isSymbolKey(text: string): boolean {
  return text.includes("#");
}

/** The client does encrypt, with a key that protects nothing. */
export function isBadlySealed(
  { seals = [] }: Extract<Role, { kind: "store" }>,
  protection: Protection,
): boolean {
  return protection.kind === "weak" && seals.some(({ whole, by }) => whole && by === protection.by);
}

/** The option is written out where the call is, or where a client was made, with a key that somebody hands over. */
function isAskedWithUnknown(pointsTo: PointsTo, site: CallSite, address: Address): boolean {
  const index = address.steps.findLastIndex(({ kind }) => kind === "created");
  const made = address.steps[index];
  if (made?.kind !== "created") return isWrittenWithUnknown(pointsTo, site, address);
  const { text } = address;
  const option: Address = {
    root: { kind: "argument", index: made.index },
    steps: address.steps.slice(index + 1),
    text,
  };
  return valuesAt(pointsTo, site, { root: address.root, steps: address.steps.slice(0, index), text }).some(
    (client) => {
      const maker =
        client.kind === "foreign" && client.site !== null ? pointsTo.sites.get(client.site) : undefined;
      return maker !== undefined && isWrittenWithUnknown(pointsTo, maker, option);
    },
  );
}
