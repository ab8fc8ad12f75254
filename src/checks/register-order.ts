/** What is wrong with the register as a whole: records that cover nothing, twice, or less than `strict` asks. */
import { nearestWord } from "../base/nearest-word.js";
import type { Location } from "../base/location.js";
import { dutyNames, type Assessment } from "../contracts/register.js";
import type { Recipient } from "./recipients.js";
import { recipientOf } from "./recipients.js";
import { speaksOf } from "./coverage.js";
import type { Facts } from "./facts.js";

export type RegisterProblem =
  | { readonly kind: "unused"; readonly who: string; readonly nearest: string | null; readonly at: Location }
  | { readonly kind: "twice"; readonly who: string; readonly other: string; readonly at: Location }
  | {
      readonly kind: "incomplete";
      readonly who: string;
      readonly lacks: readonly string[];
      readonly at: Location;
    };

export function registerProblems(facts: Facts): RegisterProblem[] {
  const { assessments } = facts.register;
  return [...unusedRecords(assessments, facts), ...repeatedRecords(assessments), ...incomplete(assessments)];
}

function nameOf({ recipient, hosts = [] }: Assessment): string {
  return recipient ?? hosts.join(", ");
}

/** A record of somebody who gets nothing; none is told where the code hides to whom data goes. */
function unusedRecords(records: readonly Assessment[], facts: Facts): RegisterProblem[] {
  const recipients = recipientsIn(facts);
  const hides = recipients.some(({ isKnown }) => !isKnown);
  return records.flatMap((record): RegisterProblem[] => {
    if (recipients.some((each) => speaksOf(record, each, facts.companies))) return [];
    const company = record.recipient === undefined ? null : facts.companies.named(record.recipient);
    if (company !== null && facts.companiesImported.has(company.name)) return [];
    if (hides && company === null) return [];
    const nearest =
      record.recipient === undefined || company !== null
        ? null
        : nearestWord(record.recipient, facts.companies.names);
    return [{ kind: "unused", who: nameOf(record), nearest, at: record.location }];
  });
}

/** Everybody to whom child data goes, processors of hosted stores and what is made public included. */
function recipientsIn(facts: Facts): Recipient[] {
  return facts.flows.flatMap(({ sink }) => {
    const config = { ...facts.configOf(sink.location.file), hostedStores: true };
    return recipientOf(sink, config) ?? [];
  });
}

/** The same recipient in the same role over the same scope: nobody knows which of the two holds. */
function repeatedRecords(records: readonly Assessment[]): RegisterProblem[] {
  const first = new Map<string, Assessment>();
  return records.flatMap((record): RegisterProblem[] => {
    const { recipient, hosts = [], role, scope = {}, assessed = "", agreement } = record;
    // An ended or replaced record stays in the register beside the one that holds now.
    const when = [assessed, agreement?.ended ?? ""];
    const who = recipient?.toLowerCase() ?? [...hosts].sort().join(" ").toLowerCase();
    const key = JSON.stringify([who, role, scope, when]);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, record);
      return [];
    }
    return [{ kind: "twice", who: nameOf(record), other: other.file, at: record.location }];
  });
}

/** What Article 16 asks of an agreement besides the items that every record needs. */
function incomplete(records: readonly Assessment[]): RegisterProblem[] {
  return records.flatMap((record): RegisterProblem[] => {
    const { role, agreement } = record;
    if (role !== "processor" || agreement === undefined) return [];
    const lacks = [
      ...(agreement.matters === undefined ? ["agreement.matters"] : []),
      ...dutyNames
        .filter((duty) => agreement.duties?.[duty] !== true)
        .map((duty) => `agreement.duties.${duty}`),
    ];
    return lacks.length === 0
      ? []
      : [{ kind: "incomplete", who: nameOf(record), lacks, at: record.location }];
  });
}
