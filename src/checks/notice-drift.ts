/** Where a notice and the code part: what the code does and the notice lacks, and what only the notice says. */
import { matchesHost } from "../base/host-pattern.js";
import type { Notice } from "../contracts/notice.js";
import type { Companies } from "../contracts/company.js";
import type { Assessment } from "../contracts/register.js";
import { speaksOf } from "./coverage.js";
import type { Facts } from "./facts.js";
import type { Evidence, KeptAt, Practice } from "./practice.js";
import { recipientOf, type Recipient } from "./recipients.js";
import { lastPart } from "../flow/stores/path-names.js";
import { shownTarget, storeInWords } from "./store-name.js";

/** By what a recipient may be called. */
export interface KnownNames {
  readonly companies: Companies;
  readonly assessments: readonly Assessment[];
}

export type DriftKind = "category" | "store" | "recipient" | "purpose";

/** The code does it, and the notice does not say so. */
export interface Untold {
  readonly kind: DriftKind;
  /** The word that the notice lacks; of a store its medium. */
  readonly word: string;
  readonly subject: string;
  readonly evidence: Evidence;
}

/** The notice says it, and the code does not do so. */
export interface Undone {
  readonly kind: DriftKind;
  readonly word: string;
  readonly path: readonly (string | number)[];
}

/** What the code does and the lists of the notice lack; a list that is missing altogether lacks no single thing. */
export function untoldIn(notice: Notice, practice: Practice, known: KnownNames): Untold[] {
  const { categories, stores, recipients = [], purposes } = notice;
  const untold = (kind: DriftKind, word: string, subject: string, evidence: Evidence): Untold => ({
    kind,
    word,
    subject,
    evidence,
  });
  return [
    ...[...practice.categories].flatMap(([category, evidence]) =>
      categories === undefined || categories.includes(category)
        ? []
        : [untold("category", category, category, evidence)],
    ),
    ...practice.stores.flatMap(({ store, evidence }) =>
      stores === undefined || isStoreTold(store, stores, practice)
        ? []
        : [untold("store", storeInWords(store), storeKey(store), evidence)],
    ),
    ...practice.recipients.flatMap(({ recipient, evidence }) =>
      recipients.some((each) => isNamed(each, recipient, known))
        ? []
        : [untold("recipient", recipient.name, recipient.name, evidence)],
    ),
    ...[...practice.purposes].flatMap(([purpose, evidence]) =>
      purposes === undefined || purposes.includes(purpose)
        ? []
        : [untold("purpose", purpose, purpose, evidence)],
    ),
  ];
}

type NoticeStore = NonNullable<Notice["stores"]>[number];

function storeKey({ medium, client, target }: KeptAt): string {
  return `${medium}:${client}/${shownTarget({ medium, target })}`;
}

/** By its medium; an entry that names stores of the code speaks of these alone. */
function isStoreTold(store: KeptAt, told: readonly NoticeStore[], practice: Practice): boolean {
  return told.some((entry) => {
    if (entry.medium !== store.medium) return false;
    const named = practice.stores.filter((each) => isMeant(entry, each.store));
    return named.length === 0 || isMeant(entry, store);
  });
}

/** `database:prisma/child`, or a text with the name of what keeps it: `table children in Beijing`. */
function isMeant({ medium, where = "" }: NoticeStore, store: KeptAt): boolean {
  if (medium !== store.medium || where === "") return false;
  if (where.includes(":") && where === storeKey(store)) return true;
  const target = lastPart(store.target ?? "*");
  return !target.includes("*") && new RegExp(`(?<![\\w-])${escaped(target)}(?![\\w-])`, "iu").test(where);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}

/** The catalogue's name, an alias, the legal name, a host, or what a record of the register calls it. */
function isNamed(word: string, recipient: Recipient, { companies, assessments }: KnownNames): boolean {
  const { name, host } = recipient;
  const written = word.trim();
  const records = assessments.filter((each) => isCalled(each, written));
  if (records.some((record) => speaksOf(record, recipient, companies))) return true;
  if (written.toLowerCase() === name.toLowerCase()) return true;
  if (host !== null && matchesHost(written, host)) return true;
  const company = companies.named(written) ?? companies.ofHost(written.toLowerCase());
  if (company === null) return false;
  const own = companies.named(name) ?? (host === null ? null : companies.ofHost(host));
  return own?.name === company.name;
}

function isCalled({ recipient }: Assessment, word: string): boolean {
  return recipient?.trim().toLowerCase() === word.toLowerCase();
}

/** What the notice says and nothing of the code bears out. */
export function undoneIn(notice: Notice, practice: Practice, facts: Facts): Undone[] {
  const { categories = [], stores = [], recipients = [], purposes = [] } = notice;
  const declared = new Set([...facts.annotations.fields.values()].map(({ category }) => category));
  const media = new Set(practice.stores.map(({ store }) => store.medium));
  const receiving = facts.flows.flatMap(({ sink }) => {
    const config = { ...facts.configOf(sink.location.file), hostedStores: true };
    return recipientOf(sink, config) ?? [];
  });
  const all = [...receiving, ...practice.recipients.map(({ recipient }) => recipient)];
  return [
    ...listed("category", "categories", categories, (word) => declared.has(word)),
    ...stores.flatMap(({ medium }, index): Undone[] =>
      media.has(medium) ? [] : [{ kind: "store", word: medium, path: ["stores", index] }],
    ),
    ...listed("recipient", "recipients", recipients, (word) => isReceiving(word, all, facts)),
    ...listed(
      "purpose",
      "purposes",
      purposes,
      // What a field is for is only known where it says so.
      (word) => practice.hasUnstatedPurposes || practice.purposes.has(word),
    ),
  ];
}

function listed<T extends string>(
  kind: DriftKind,
  key: string,
  words: readonly T[],
  isDone: (word: T) => boolean,
): Undone[] {
  return words.flatMap((word, index) => (isDone(word) ? [] : [{ kind, word, path: [key, index] }]));
}

/** Where the code hides to whom data goes, somebody whom the catalogue does not know may be the one. */
function isReceiving(word: string, recipients: readonly Recipient[], facts: Facts): boolean {
  if (
    recipients.some((recipient) =>
      isNamed(word, recipient, { companies: facts.companies, assessments: facts.register.assessments }),
    )
  )
    return true;
  const company = facts.companies.named(word) ?? facts.companies.ofHost(word.toLowerCase());
  if (company !== null) return facts.companiesImported.has(company.name);
  return recipients.some(({ isKnown }) => !isKnown);
}
