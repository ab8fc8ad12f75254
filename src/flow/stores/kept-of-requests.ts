/** What a company keeps of a request that is sent to it without its package: `POST /crm/v3/objects/contacts`. */
import type { Company } from "../../contracts/company.js";
import type { Role } from "../../contracts/model.js";
import { operandsOfSite, valuesAt } from "../models/address-values.js";
import { foldText, foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { writtenInto } from "../heap/written-literals.js";

type HttpRole = Extract<Role, { kind: "http" }>;

/** Null: it keeps nothing that the request tells of. */
export function keptOfRequest(
  pointsTo: PointsTo,
  { keeps }: Company,
  site: CallSite,
  role: HttpRole,
  names: readonly string[],
): string | null {
  if (keeps.length === 0 || verbsOf(pointsTo, site).some((method) => /^(?:get|head|delete)$/iu.test(method)))
    return null;
  const words = new Set(
    [...role.url, ...role.base]
      .flatMap((address) => foldValues(pointsTo, valuesAt(pointsTo, site, address, names)))
      .flatMap((text) => text.toLowerCase().split(/[^a-z\d_-]+/u)),
  );
  return keeps.find(({ word }) => words.has(word.toLowerCase()))?.target ?? null;
}

/** `axios.post(…)`, `fetch(url, { method: "POST" })`; a request that names none only asks. */
export function verbsOf(pointsTo: PointsTo, site: CallSite): string[] {
  const { instruction, caller } = site;
  const called = instruction.kind === "call" ? /(?:^|\.)(\w+)$/u.exec(instruction.name)?.[1] : undefined;
  if (called !== undefined && /^(?:get|head|delete|del|post|put|patch)$/iu.test(called))
    return [called.replace(/^del$/iu, "delete")];
  const said = operandsOfSite(site).arguments.flatMap(({ value }) =>
    writtenInto(caller, value).flatMap(([name, given]) =>
      name === "method" ? foldText(pointsTo, caller, given) : [],
    ),
  );
  return said.length === 0 ? ["get"] : said;
}
