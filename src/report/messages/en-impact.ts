import { listNames, listWords } from "../../base/word-list.js";
import type { Uncovered } from "../../contracts/impact.js";
import type { GitWords, ImpactWords } from "./impact-words.js";
import type { ModelsWords } from "./models-words.js";

const kinds: Readonly<Record<Uncovered["kind"], string>> = {
  category: "the category",
  store: "the store",
  recipient: "the recipient",
  purpose: "the purpose",
};

function uncovered({ kind, fields, by, why, record }: Uncovered, what: string): string {
  const names = fields.length === 0 ? "" : ` (${listNames(fields)})`;
  const thing = `${kinds[kind]} ${what}${names}`;
  if (by === "register") {
    return why === "not-there"
      ? `The register has no record of ${what}${names}: assess it first (Articles 16 and 17).`
      : `${record ?? "The record"} does not cover what ${what} gets${names} (Articles 16 and 17).`;
  }
  return why === "not-there"
    ? `No notice tells guardians of ${thing} (Article 10).`
    : `${record ?? "The notice"} does not list ${thing} (Article 10).`;
}

export const englishImpact: ImpactWords = {
  title: "What this change does to children's personal information",
  since: (ref, commit) => `Compared with ${commit.slice(0, 12)}, where this branch left ${ref}.`,
  unchanged: "The data map, the articles and the findings are as they were.",
  parts: {
    fields: "Fields",
    collections: "Comes in from outside",
    stores: "Stores",
    recipients: "Recipients",
    purposes: "Purposes",
    entries: "From where it is erased",
    uncovered: "Not covered yet",
    notices: "Notices changed in place",
    consent: "Consent",
    articles: "Articles",
    newFindings: "New findings",
    goneFindings: "Findings that are gone",
  },
  signs: { added: "new", removed: "gone", changed: "changed" },
  field: (category, purposes, retention) =>
    [
      category,
      ...(purposes.length === 0 ? [] : [`for ${listWords(purposes, "and")}`]),
      ...(retention === null ? [] : [`kept ${retention}`]),
    ].join(", "),
  holds: (fields, protection) => `${listNames(fields)}, ${listWords(protection, "and")}`,
  gets: (fields) => listNames(fields),
  reaches: (stores, misses) =>
    [
      stores.length === 0 ? "erases nothing" : `erases ${listWords(stores, "and")}`,
      ...(misses.length === 0 ? [] : [`leaves ${listWords(misses, "and")}`]),
    ].join("; "),
  became: (was, is) => `${was} → ${is}`,
  more: (fields) => `now also ${listNames(fields)}`,
  fewer: (fields) => `no longer ${listNames(fields)}`,
  uncovered,
  again: "Guardians are asked for their consent again (Articles 10 and 14), because of",
  notAgain:
    "The notice tells guardians of all that this change does: consent is not asked again for it. What it violates all the same stands among the articles.",
  told: {
    category: (what) => `the category ${what}`,
    store: (what) => `the store ${what}`,
    recipient: (what) => `the recipient ${what}`,
    purpose: (what) => `the purpose ${what}`,
    retention: (what) => `another period in the store ${what}`,
  },
  edited: ({ version, effective, changed }, added) =>
    added.length === 0
      ? `Version ${version}, in effect since ${effective}, no longer says the same of ${listWords(changed, "and")}. Guardians who consented to it were told what stood there before: if the difference matters to them, put it into a new version with \`substantive: true\` (Article 10).`
      : `Version ${version}, in effect since ${effective}, now also tells of ${listWords(added, "and")}. Guardians who consented to it were not told of that (Article 10): leave the version as it was, and put what is new into one of its own.`,
  reason: {
    category: (what) => `data of the category ${what}, which was not collected before`,
    store: (what) => `a new kind of store: ${what}`,
    recipient: (what) => `a new recipient: ${what}`,
    purpose: (what) => `a new purpose: ${what}`,
    retention: (what) => `a longer period for ${what}`,
    notice: (what) => `a notice that says of itself that it changes what was agreed to: version ${what}`,
    edited: (what) => `what was added to version ${what} of the notice, to which they have consented already`,
  },
  asked: (version, effective, file) =>
    `Version ${version} of the notice (${file}) says that it changes what was agreed to, and takes effect on ${effective}.`,
  notAsked:
    "No new version of the notice says so: write one with `substantive: true`, and ask with it before the change is released.",
};

export const englishGit: GitWords = {
  "no-git": "git is not installed, so there is nothing to compare with. Install git, or leave --since out.",
  "no-repository": (folder) =>
    `${folder} is in no git repository, so there is nothing to compare with. Name a folder of one, or leave --since out.`,
  "no-commit":
    "This repository has no commit yet, so there is nothing to compare with. Commit first, or leave --since out.",
  "no-such-ref": (ref) =>
    `git knows no commit ${ref}. Name a branch, tag or commit that is there: git branch --all lists the branches.`,
  "no-common-commit": (ref) =>
    `${ref} and what is checked out have no commit in common. Name a branch that this one came from.`,
  unreadable: (ref, reason) =>
    `What this branch had in common with ${ref} cannot be read: ${reason}. Fetch the whole history, with its files.`,
  shallow:
    "This clone is shallow, so the commit may lie beyond what was fetched: git fetch --unshallow, or fetch-depth: 0 in a workflow's checkout.",
};

export const englishModels: ModelsWords = {
  paths: (count) => `${String(count)} ${count === 1 ? "path" : "paths"}`,
  company: (name, role) => `${name} (${role})`,
  aliases: (names) => `also known as ${names.join(", ")}`,
  hosts: (hosts) => `hosts ${hosts.join(", ")}`,
  extends: (type, others) => `${type} has the members of ${listWords(others, "and")}`,
  roles: {
    processor: "processor, Article 16",
    transfer: "third party, Article 17",
    disclosure: "public, Article 18",
  },
  unknown: (name, nearest) =>
    `Nothing is known of ${name}: what goes into it is listed under "Could not be followed". ${nearest === null ? "Say under models: in child-privacy.yaml what it does with data." : `Did you mean "${nearest}"? Or say under models: in child-privacy.yaml what it does with data.`}`,
  valid: (packages, paths) =>
    packages === 0
      ? "The config has no models of its own."
      : `${String(packages)} ${packages === 1 ? "model" : "models"} with ${String(paths)} ${paths === 1 ? "path" : "paths"} can be used.`,
};
