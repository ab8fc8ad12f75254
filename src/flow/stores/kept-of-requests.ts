/** What a company keeps of a request that is sent to it without its package: `POST /crm/v3/objects/contacts`. */
import type { Companies, Company } from "../../contracts/company.js";
import type { Role } from "../../contracts/model.js";
import { hostsOf, type RequestHost } from "../models/hosts.js";
import { requestsOf, type Request } from "../models/requests.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import { isAskedBy } from "./asked-companies.js";

type HttpRole = Extract<Role, { kind: "http" }>;

export interface RequestTold extends RequestHost {
  /** What the company behind the host keeps its data as; null: it keeps nothing that the request tells of. */
  readonly keptAs: string | null;
}

/** Each host that a request may go to, with what is kept there of it. */
export function requestsTold(
  pointsTo: PointsTo,
  companies: Companies,
  site: CallSite,
  role: HttpRole,
  names: readonly string[],
  read: ReadValues,
): readonly RequestTold[] {
  return hostsOf(pointsTo, site, role, names, read).flatMap((host) => {
    const company = companies.ofHost(host.host);
    if (company === null || company.keeps.length === 0) return [{ ...host, keptAs: null }];
    const requests = requestsOf(pointsTo, site, role, names, read);
    const kept = new Set(requests.map((request) => keptOf(company, request)));
    return [...kept].map((keptAs) => ({ ...host, keptAs }));
  });
}

/** One request to one host that is known: whoever calls, it is this one. */
export function isOneRequest(told: readonly RequestTold[]): boolean {
  return told.length < 2 && told[0]?.host !== "*";
}

/** Each host once for all that it keeps; where it keeps something, that another request there does not is no matter. */
export function apart(told: readonly RequestTold[]): readonly RequestTold[] {
  const keeping = new Set(told.flatMap(({ host, keptAs }) => (keptAs === null ? [] : [host])));
  const each = told.filter(({ host, keptAs }) => keptAs !== null || !keeping.has(host));
  return [...new Map(each.map((one) => [`${one.host} ${one.keptAs ?? ""}`, one])).values()];
}

/** What is only looked for, or taken off a list, and not kept: `/contacts/search`, `/contacts/lists/2/contacts/remove`. */
const asking =
  /^(?:search(?:es)?|quer(?:y|ies)|lookups?|find|exports?|counts?|read|remove|unsubscribe|archive|delete)$/u;

function keptOf(company: Company, request: Request): string | null {
  const { verb, path } = request;
  if (/^(?:get|head|delete|options)$/u.test(verb)) return null;
  if ([...company.erases, ...company.archives].some((form) => isAskedBy(form, request) === "yes"))
    return null;
  for (const { word, target } of company.keeps) {
    const at = path.findIndex((each) => each.split(/[^a-z\d_-]+/u).includes(word.toLowerCase()));
    if (at !== -1 && !path.slice(at + 1).some((each) => asking.test(each))) return target;
  }
  return null;
}
