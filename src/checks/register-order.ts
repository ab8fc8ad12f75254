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
  return [
    ...unusedRecords(assessments, facts),
    ...repeatedRecords(assessments, facts),
    ...incomplete(assessments),
  ];
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

/** The same recipient in the same role, one scope within the other: nobody knows which of the two holds. */
function repeatedRecords(records: readonly Assessment[], { companies }: Facts): RegisterProblem[] {
  const known = new Map<string, Assessment[]>();
  return records.flatMap((record): RegisterProblem[] => {
    const { recipient, hosts = [], role, assessed = "", agreement } = record;
    const company = recipient === undefined ? null : companies.named(recipient);
    const who = (company?.name ?? recipient ?? [...hosts].sort().join(" ")).toLowerCase();
    // An ended or replaced record stays in the register beside the one that holds now.
    const key = JSON.stringify([who, role, assessed, agreement?.ended ?? ""]);
    const others = known.get(key) ?? [];
    known.set(key, [...others, record]);
    const other = others.find((each) => takesIn(each, record) || takesIn(record, each));
    return other === undefined
      ? []
      : [{ kind: "twice", who: nameOf(record), other: other.file, at: record.location }];
  });
}

/** Whatever the scope of the other covers is covered by this one's, which lists no less or nothing. */
function takesIn({ scope = {} }: Assessment, { scope: inner = {} }: Assessment): boolean {
  const lists = ["categories", "fields", "purposes"] as const;
  return lists.every((list) => {
    const all: readonly string[] | undefined = scope[list];
    return all === undefined || inner[list]?.every((each) => all.includes(each)) === true;
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
