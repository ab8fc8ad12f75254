/** Requests that tell a company to erase what it keeps: DELETE at its host, or an address there that says so. */
import type { Companies } from "../../contracts/company.js";
import type { Role } from "../../contracts/model.js";
import { valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import { hostsOf } from "../models/hosts.js";
import { verbsOf } from "../stores/kept-of-requests.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

const erasingAddress =
  /(?:[/_.-])(?:[a-z]+[_-])?(?:delet(?:e|es|ion|ions)|eras(?:e|ure|ures)|purge|forget|gdpr|regulations?|suppress)(?:[/?#_.-]|$)/iu;

/** The companies among `keepers` that are told by this request to erase. */
export function companiesAsked(
  pointsTo: PointsTo,
  companies: Companies,
  keepers: ReadonlySet<string>,
  site: CallSite,
  role: Extract<Role, { kind: "http" }>,
  names: readonly string[],
): string[] {
  if (keepers.size === 0) return [];
  const isDelete = verbsOf(pointsTo, site).some((method) => /^delete$/iu.test(method));
  if (!isDelete && !isForErasing(pointsTo, site, role, names)) return [];
  const found = new Set<string>();
  for (const { host } of hostsOf(pointsTo, site, role, names))
    for (const name of host.startsWith("env:")
      ? namedIn(host, keepers)
      : [companies.ofHost(host)?.name ?? ""])
      if (keepers.has(name)) found.add(name);
  return [...found].sort();
}

function isForErasing(
  pointsTo: PointsTo,
  site: CallSite,
  { url }: Extract<Role, { kind: "http" }>,
  names: readonly string[],
): boolean {
  return url
    .flatMap((address) => foldValues(pointsTo, valuesAt(pointsTo, site, address, names)))
    .some((text) => erasingAddress.test(text.replace(/^[a-z]+:\/\/[^/?#]*/iu, "")));
}

/** A setting that is called after the company: `POSTHOG_HOST`. */
function namedIn(setting: string, keepers: ReadonlySet<string>): string[] {
  const plain = setting
    .slice(4)
    .toLowerCase()
    .replaceAll(/[^a-z\d]/gu, "");
  return [...keepers].filter((name) => plain.includes(name.toLowerCase().replaceAll(/[^a-z\d]/gu, "")));
}
