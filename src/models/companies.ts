/** The companies behind packages and hosts, put together from all models that name them. */
import type { Companies, Company } from "../contracts/company.js";
import type { PackageModel } from "../contracts/model.js";
import { matchesHost } from "../base/host-pattern.js";

/** Several packages of one company add their aliases and hosts to each other. */
export function createCompanies(packages: readonly PackageModel[]): Companies {
  const merged = new Map<string, Company>();
  for (const { company } of packages) {
    if (company === null) continue;
    const known = merged.get(company.name);
    merged.set(company.name, known === undefined ? company : merge(known, company));
  }
  const byName = new Map<string, Company>();
  const byPattern: (readonly [pattern: string, company: Company])[] = [];
  for (const company of merged.values()) {
    for (const alias of company.aliases) byName.set(alias.toLowerCase(), company);
    for (const host of company.hosts) byPattern.push([host, company]);
  }
  for (const company of merged.values()) byName.set(company.name.toLowerCase(), company);
  return {
    named: (name) => byName.get(name.trim().toLowerCase()) ?? null,
    ofHost: (host) => byPattern.find(([pattern]) => matchesHost(pattern, host))?.[1] ?? null,
    names: [...merged.keys()].sort(),
  };
}

function merge(a: Company, b: Company): Company {
  return {
    ...a,
    aliases: [...new Set([...a.aliases, ...b.aliases])],
    hosts: [...new Set([...a.hosts, ...b.hosts])],
    forwards: a.forwards || b.forwards,
    keeps: [...a.keeps, ...b.keeps],
    erases: [...a.erases, ...b.erases],
    archives: [...a.archives, ...b.archives],
  };
}
