/** Requests that tell a company to erase what it keeps, or to put it aside, by their addresses at its hosts. */
import type { Companies, Company } from "../../contracts/company.js";
import type { Role } from "../../contracts/model.js";
import { type Meant, targetsByWay } from "../duties/targets-by-way.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import { hostsOf } from "../models/hosts.js";
import { requestsOf } from "../models/requests.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import { askedOf, type Asked } from "../stores/asked-companies.js";
import type { Tables } from "../stores/tables.js";

interface Known {
  readonly pointsTo: PointsTo;
  readonly companies: Companies;
  readonly instances: InstanceValues;
  readonly tables: Tables;
  /** Companies that keep child data until they are told to erase it. */
  readonly keepers: ReadonlySet<string>;
}

export interface CompanyAsked extends Asked {
  readonly recipient: string;
  /** The ways on which it is asked so; null: on all. */
  readonly meant: Meant | null;
}

/** What a request asks of the companies that keep child data, on each of the ways that tell its address apart. */
export function companiesAsked(
  known: Known,
  site: CallSite,
  role: Extract<Role, { kind: "http" }>,
  names: readonly string[],
): readonly CompanyAsked[] {
  const { pointsTo, keepers, companies } = known;
  if (keepers.size === 0) return [];
  const found = new Map<string, Omit<CompanyAsked, "meant">>();
  const askedIn = (read?: ReadValues): readonly string[] => {
    const keys = new Set<string>();
    for (const { host } of hostsOf(pointsTo, site, role, names, read))
      for (const company of behind(host, keepers, companies))
        for (const request of requestsOf(pointsTo, site, role, names, read)) {
          const asked = askedOf(company, request);
          // What asks for nothing of the kind is told apart too: a helper sends whatever it is given.
          const sent = `${request.verb} ${request.path.join("/")}?${request.query}`;
          if (asked.length === 0) keys.add(sent.replaceAll("*", ""));
          for (const { target, strength } of asked) {
            const key = JSON.stringify([company.name, target, strength]).replaceAll("*", "");
            found.set(key, { recipient: company.name, target, strength });
            keys.add(key);
          }
        }
    return [...keys].sort();
  };
  return targetsByWay(known, site, askedIn).flatMap(({ targets, meant }) =>
    targets.flatMap((key) => {
      const asked = found.get(key);
      return asked === undefined ? [] : [{ ...asked, meant }];
    }),
  );
}

function behind(host: string, keepers: ReadonlySet<string>, companies: Companies): readonly Company[] {
  const company = companies.ofHost(host);
  const all = host.startsWith("env:")
    ? namedIn(host, keepers).map((name) => companies.named(name))
    : [company];
  return all.flatMap((each) => (each !== null && keepers.has(each.name) ? [each] : []));
}

/** A setting that is called after the company: `POSTHOG_HOST`. */
function namedIn(setting: string, keepers: ReadonlySet<string>): string[] {
  const plain = setting
    .slice(4)
    .toLowerCase()
    .replaceAll(/[^a-z\d]/gu, "");
  return [...keepers].filter((name) => plain.includes(name.toLowerCase().replaceAll(/[^a-z\d]/gu, "")));
}
