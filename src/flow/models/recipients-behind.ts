/** Who gets what a call hands on, where that is told by what the call uses: a provider's model, a provider's name. */
import type { Companies, Company } from "../../contracts/company.js";
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt } from "./address-values.js";
import { foldValues } from "../constants/constants.js";
import { hostIn, type RequestHost } from "./hosts.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

/** A company, or the host that a provider was told to use instead of its company's. */
interface Behind {
  readonly company: Company | null;
  readonly host: RequestHost | null;
}

/** Each that it may be; none where nothing tells. */
function recipientsBehind(
  pointsTo: PointsTo,
  companies: Companies,
  site: CallSite,
  by: readonly Address[],
  names: readonly string[],
): readonly Behind[] {
  const found = new Map<string, Behind>();
  for (const address of by)
    for (const value of valuesAt(pointsTo, site, address, names))
      for (const behind of behindValue(pointsTo, companies, value))
        found.set(behind.company?.name ?? behind.host?.host ?? "", behind);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, behind]) => behind);
}

type DiscloseRole = Extract<Role, { kind: "disclose" }>;

/** A call as it is told whom to use: a disclosure to that company, or a request to that host. */
export interface Told {
  readonly role: DiscloseRole | Extract<Role, { kind: "http" }>;
  readonly host: RequestHost | null;
}

export function toldRecipients(
  pointsTo: PointsTo,
  companies: Companies,
  site: CallSite,
  role: DiscloseRole,
  names: readonly string[],
): Told[] {
  const { by = [], data } = role;
  if (by.length === 0) return [];
  const behind = recipientsBehind(pointsTo, companies, site, by, names);
  // What the package itself has there (a prompt, a parser) tells nothing where something else does.
  const others = behind.filter(({ company }) => company?.name !== role.recipient);
  return (others.length > 0 ? others : behind).map(({ company, host }) => ({
    role:
      company === null
        ? { kind: "http", url: [], base: [], host: [], method: [], own: [], data }
        : { ...role, recipient: company.name, as: role.as ?? company.role },
    host,
  }));
}

const hostAlone = /^[a-z\d-]+(?:\.[a-z\d-]+)+(?::\d+)?$/iu;

function behindValue(pointsTo: PointsTo, companies: Companies, value: AbstractValue): readonly Behind[] {
  if (value.kind === "constant" || value.kind === "computed")
    return foldValues(pointsTo, [value]).flatMap((text) => {
      // `openai/gpt-4o`, `anthropic:claude`, `gmail`; a package by its name: `pino-datadog-transport`.
      const company = companies.named(text.replace(/[/:].*$/su, "")) ?? companyOf(pointsTo, `npm:${text}`);
      return company === null ? [] : [{ company, host: null }];
    });
  if (value.kind !== "foreign") return [];
  const bases = toldBases(pointsTo, value);
  if (bases.length > 0)
    return bases.map((text) => {
      // An option that names a host has no scheme.
      const host = hostIn(hostAlone.test(text) ? `https://${text}` : text);
      return { company: null, host: { host, name: host.startsWith("env:") ? host.slice(4) : null } };
    });
  const company = companyOf(pointsTo, value.module);
  return company === null ? [] : [{ company, host: null }];
}

function companyOf({ catalogue }: PointsTo, module: string): Company | null {
  return catalogue.find(module).find(({ company }) => company !== null)?.company ?? null;
}

/** The address that a model of the call, or of one that made what it was called on, says it is told. */
function toldBases(pointsTo: PointsTo, value: AbstractValue): readonly string[] {
  const seen = new Set<CallSite>();
  let made = madeBy(pointsTo, value);
  while (made.length > 0) {
    const next: CallSite[] = [];
    for (const site of made) {
      if (seen.has(site)) continue;
      seen.add(site);
      for (const [{ roles }] of site.applied)
        for (const role of roles)
          if (role.kind === "fact" && role.fact === "base-url" && role.value !== null) {
            const values = valuesAt(pointsTo, site, role.value);
            if (values.length > 0) return foldValues(pointsTo, values);
          }
      for (const callee of site.foreign) next.push(...madeBy(pointsTo, callee));
    }
    made = next;
  }
  return [];
}

function madeBy(pointsTo: PointsTo, value: AbstractValue): CallSite[] {
  const site = value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
  return site === undefined ? [] : [site];
}
