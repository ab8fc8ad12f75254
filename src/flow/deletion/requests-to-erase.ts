/** Requests that tell a company to erase what it keeps: DELETE at its host, or an address there that says so. */
import type { Companies } from "../../contracts/company.js";
import type { Role } from "../../contracts/model.js";
import { operandsOfSite, valuesAt } from "../address-values.js";
import { foldText, foldValues } from "../constants.js";
import { hostsOf } from "../hosts.js";
import type { CallSite, PointsTo } from "../points-to.js";
import { writtenInto } from "../written-literals.js";

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
  if (keepers.size === 0 || !(isDelete(pointsTo, site) || isForErasing(pointsTo, site, role, names)))
    return [];
  const found = new Set<string>();
  for (const { host } of hostsOf(pointsTo, site, role, names))
    for (const name of host.startsWith("env:")
      ? namedIn(host, keepers)
      : [companies.ofHost(host)?.name ?? ""])
      if (keepers.has(name)) found.add(name);
  return [...found].sort();
}

/** `axios.delete(…)`, `fetch(url, { method: "DELETE" })` */
function isDelete(pointsTo: PointsTo, site: CallSite): boolean {
  const { instruction, caller } = site;
  if (instruction.kind === "call" && /(?:^|\.)(?:delete|del)$/iu.test(instruction.name)) return true;
  return operandsOfSite(site).arguments.some(({ value }) =>
    writtenInto(caller, value).some(
      ([name, given]) =>
        name === "method" && foldText(pointsTo, caller, given).some((text) => /^delete$/iu.test(text)),
    ),
  );
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
