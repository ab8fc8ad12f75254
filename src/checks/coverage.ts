/** Articles 16 to 18: whether a record of the register covers what a recipient gets, and what it lacks if not. */
import type { Day } from "../base/day.js";
import { matchesHost } from "../base/host-pattern.js";
import type { Field } from "../contracts/annotation.js";
import type { Assessment } from "../contracts/register.js";
import type { Purpose, RecipientRole } from "../contracts/vocabulary.js";
import type { Companies } from "../contracts/company.js";
import type { Recipient } from "./recipients.js";

/** What a record must cover. */
export interface Need {
  readonly recipient: Recipient;
  /** Null: whatever the recipient takes by itself. */
  readonly field: Field | null;
  /** Of the call, where its model has one. */
  readonly purpose: Purpose | null;
  readonly today: Day;
}

export type Gap =
  | { readonly kind: "role"; readonly found: string; readonly wanted: string }
  | { readonly kind: "not-assessed" }
  | { readonly kind: "future"; readonly day: string }
  | { readonly kind: "expired"; readonly day: string }
  | { readonly kind: "unread"; readonly keys: readonly string[] }
  | { readonly kind: "ended"; readonly day: string }
  | { readonly kind: "no-agreement" }
  | { readonly kind: "not-signed-yet"; readonly day: string }
  | { readonly kind: "agreement"; readonly lacks: readonly string[] }
  | { readonly kind: "no-basis" }
  | { readonly kind: "category"; readonly wanted: string }
  | { readonly kind: "field"; readonly wanted: string }
  | { readonly kind: "purpose"; readonly wanted: string };

export type Coverage =
  | { readonly kind: "covered"; readonly record: Assessment }
  | { readonly kind: "missing" }
  | { readonly kind: "gaps"; readonly record: Assessment; readonly gaps: readonly Gap[] };

/** The record that covers it, else the one that lacks least, of those of the role that is needed if there are any. */
export function coverageOf(records: readonly Assessment[], need: Need, companies: Companies): Coverage {
  const judged = records
    .filter((record) => speaksOf(record, need.recipient, companies))
    .map((record) => ({ record, gaps: gapsOf(record, need) }))
    .sort((a, b) => Number(isOfRole(b)) - Number(isOfRole(a)) || a.gaps.length - b.gaps.length);
  const [nearest] = judged;
  if (nearest === undefined) return { kind: "missing" };
  return nearest.gaps.length === 0
    ? { kind: "covered", record: nearest.record }
    : { kind: "gaps", record: nearest.record, gaps: nearest.gaps };
}

function isOfRole({ gaps }: { readonly gaps: readonly Gap[] }): boolean {
  return gaps.every(({ kind }) => kind !== "role");
}

/** Names match the catalogue's, its aliases and legal name; hosts as `firstParty` lists them. */
export function speaksOf(
  { recipient, hosts = [] }: Assessment,
  { name, host }: Recipient,
  companies: Companies,
): boolean {
  if (host !== null && hosts.some((pattern) => matchesHost(pattern, host))) return true;
  if (recipient !== undefined && sameName(recipient, name, companies)) return true;
  // A record that lists a company's host speaks of the company, whichever way it is called.
  return host === null && hosts.some((each) => companies.ofHost(each)?.name === name);
}

function sameName(written: string, name: string, companies: Companies): boolean {
  if (written.trim().toLowerCase() === name.toLowerCase()) return true;
  const company = companies.named(written);
  return company !== null && company.name === companies.named(name)?.name;
}

const agreementItems = ["signed", "document", "responsibilities", "period", "nature", "purpose"] as const;

function gapsOf(record: Assessment, { recipient, field, purpose, today }: Need): Gap[] {
  const wanted = roleWanted(record, recipient);
  const gaps: Gap[] = record.role === wanted ? [] : [{ kind: "role", found: record.role, wanted }];
  return [...gaps, ...validityGaps(record, wanted, today), ...scopeGaps(record, field, purpose)];
}

/** Of a host that the catalogue does not know, the record itself says whether it is a processor or gets a transfer. */
function roleWanted({ role }: Assessment, recipient: Recipient): RecipientRole {
  return recipient.role ?? (role === "disclosure" ? "processor" : role);
}

/** What a record must say depends on the role that is needed: whoever corrects the role needs the rest as well. */
function validityGaps(record: Assessment, role: RecipientRole, today: Day): Gap[] {
  const { assessed, expires, unread, agreement, basis } = record;
  const gaps: Gap[] = [];
  if (assessed === undefined) gaps.push({ kind: "not-assessed" });
  else if (assessed > today) gaps.push({ kind: "future", day: assessed });
  if (expires !== undefined && expires < today) gaps.push({ kind: "expired", day: expires });
  if (unread.length > 0) gaps.push({ kind: "unread", keys: unread });
  if (role === "disclosure" && (basis ?? "").trim() === "") gaps.push({ kind: "no-basis" });
  if (agreement?.ended !== undefined && agreement.ended < today)
    gaps.push({ kind: "ended", day: agreement.ended });
  if (role !== "processor") return gaps;
  if (agreement === undefined) return [...gaps, { kind: "no-agreement" }];
  const lacks = agreementItems.filter((item) => (agreement[item] ?? "").trim() === "");
  if (lacks.length > 0) gaps.push({ kind: "agreement", lacks });
  if (agreement.signed !== undefined && agreement.signed > today)
    gaps.push({ kind: "not-signed-yet", day: agreement.signed });
  return gaps;
}

/** Every list that is given narrows; purposes only where the call has one. */
function scopeGaps({ scope = {} }: Assessment, field: Field | null, purpose: Purpose | null): Gap[] {
  const gaps: Gap[] = [];
  if (field === null) return gaps;
  if (scope.categories?.includes(field.category) === false)
    gaps.push({ kind: "category", wanted: field.category });
  if (scope.fields?.includes(field.name) === false) gaps.push({ kind: "field", wanted: field.name });
  if (purpose !== null && scope.purposes?.includes(purpose) === false)
    gaps.push({ kind: "purpose", wanted: purpose });
  return gaps;
}
