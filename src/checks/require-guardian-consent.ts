/** Article 9: on every way to where child data is kept or handed on, a guardian's consent has been checked. */
import { articleOf } from "../contracts/obligation.js";
import { listNames } from "../base/word-list.js";
import type { IneffectiveGuard, IneffectiveReason, OfferedGuard, Operation } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import type { FlowFinding, GuardFinding } from "../contracts/finding.js";
import type { Field } from "../contracts/annotation.js";
import { defineCheck } from "./define-check.js";
import { guardsBefore, noticesOf, substantiveNotice } from "./effective-notice.js";
import { storeNameOf } from "./store-name.js";

export interface ConsentParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  /** The store, the company or the host. */
  readonly target: string;
  readonly outset: string;
  readonly outsetKind: Operation["outset"]["kind"];
  readonly otherOutsets: readonly string[];
  readonly ineffective: readonly {
    readonly name: string;
    readonly reason: IneffectiveReason;
    readonly file: string;
    readonly line: number;
    readonly place?: string;
  }[];
  readonly offered: OfferedGuard | null;
  /** It goes to an address that only the run knows. */
  readonly isHostUnknown: boolean;
}

export interface VersionParameters {
  readonly name: string;
  /** Versions before it that are asked for. */
  readonly asked: readonly string[];
  readonly version: string;
  readonly effective: string;
}

const why =
  "Article 9: a guardian is informed and consents before a child's personal information is collected, used, transferred or disclosed.";

const reasonWords: Readonly<Record<IneffectiveReason, string>> = {
  "not-awaited": "its promise is not awaited",
  "not-tested": "its answer is not tested",
  "by-callback": "it answers by a function that it is given, and this does not wait for that",
  swallowed: "the error is swallowed, or the answer lost, where an exception is caught",
  outvoted: "it is waited for among promises that come out though it fails",
  "too-late": "it runs after this",
  "one-branch": "another branch comes here without it",
  "other-side": "this is also done where it says no",
  "in-loop": "it stands in a loop that may not run once, or not about this",
  "in-callback": "it stands in a function that is called later, or never, and nothing here waits for that",
  "other-operation": "it is marked for other operations or purposes",
  "other-subject": "it is asked about somebody else",
  "other-scope": "it does not cover this entry",
};

const placedWords: Readonly<Partial<Record<IneffectiveReason, (place: string) => string>>> = {
  swallowed: (place) => `the error is swallowed, or the answer lost, at ${place}`,
  "other-scope": (place) => `it stands before ${place} only`,
};

function ineffectiveWords({ ineffective }: ConsentParameters): string {
  const [first] = ineffective;
  if (first === undefined) return "";
  const { name, reason, file, line, place } = first;
  const placed = place === undefined ? undefined : placedWords[reason]?.(place);
  return ` ${name} (${file}:${String(line)}) does not take effect: ${placed ?? reasonWords[reason]}.`;
}

const usersNames: Readonly<Record<OfferedGuard["by"], readonly [one: string, many: string]>> = {
  routes: ["route", "routes"],
  entries: ["entry", "entries"],
  places: ["place", "places"],
};

function mendOf({ offered, ineffective }: ConsentParameters): string {
  const [first] = ineffective;
  if (first?.reason === "not-awaited") return `Await ${first.name}, and stop where it says no.`;
  if (first?.reason === "not-tested") return `Test what ${first.name} answers, and stop where it says no.`;
  if (first?.reason === "by-callback")
    return `Do this in the function that ${first.name} calls back, where it says yes.`;
  if (first?.reason === "swallowed")
    return `Stop where ${first.name} fails: return or throw again in the handler.`;
  if (first?.reason === "too-late") return `Move ${first.name} before this.`;
  if (first?.reason === "other-side") return `Do this only where ${first.name} says yes.`;
  if (first?.reason === "outvoted" || first?.reason === "in-callback")
    return `Await ${first.name} by itself before this.`;
  if (offered === null)
    return "Check the guardian's consent before this, in a function marked with @guardianConsent.";
  const [one, many] = usersNames[offered.by];
  const others = offered.uses === 1 ? `1 other ${one}` : `${String(offered.uses)} other ${many}`;
  return offered.uses > 0
    ? `Check it before this: ${offered.name} is used by ${others}.`
    : `Check it before this: ${offered.name} is marked for it.`;
}

function from({ outset, outsetKind, otherOutsets }: ConsentParameters): string {
  const { length } = otherOutsets;
  const others =
    length === 0 ? "" : ` and ${length === 1 ? "1 other entry" : `${String(length)} other entries`}`;
  if (outsetKind === "module") return `when ${outset} is run${others}`;
  return outsetKind === "handler"
    ? `from ${outset}${others}`
    : `from ${outset}, which nothing in the program calls,${others}`;
}

function doubtOf({ isHostUnknown }: ConsentParameters): string {
  return isHostUnknown ? " Whether somebody else answers there, the code does not say." : "";
}

function unguarded(what: (p: ConsentParameters) => string) {
  return (p: ConsentParameters): FindingText => ({
    what: `${what(p)} ${from(p)} with no check that a guardian consented.${ineffectiveWords(p)}${doubtOf(p)}`.replace(
      /,\./u,
      ".",
    ),
    why,
    mend: mendOf(p),
  });
}

/** A guard that asks nobody. */
function hollow(what: (p: { readonly name: string }) => string) {
  return (p: { readonly name: string }): FindingText => ({
    what: what(p),
    why,
    mend: "Ask the record of the guardian's consent in it, or take the mark away.",
  });
}

function verb({ fields }: ConsentParameters, one: string, many: string): string {
  return `${listNames(fields)} ${fields.length === 1 ? one : many}`;
}

const texts = {
  collection: unguarded((p) => `${verb(p, "is", "are")} collected into ${p.target} through ${p.callee}`),
  reading: unguarded((p) => `${verb(p, "is", "are")} read from a device through ${p.callee}`),
  transfer: unguarded((p) => `${verb(p, "is", "are")} handed to ${p.target} through ${p.callee}`),
  "literal-guard": hollow(
    ({ name }) => `${name} is marked with @guardianConsent and answers the same whoever is asked about.`,
  ),
  "request-guard": hollow(
    ({ name }) =>
      `${name} is marked with @guardianConsent and only repeats what the request itself says: whoever sends it can say yes.`,
  ),
  "unversioned-guard": (p: VersionParameters): FindingText => ({
    what: `${p.name} ${p.asked.length === 0 ? "does not ask to which version of the notice the guardian consented" : `asks for consent to version ${listNames(p.asked)} of the notice`}, and version ${p.version} of ${p.effective} changes what consent was given to.`,
    why: "Article 10: when what the notice lists changes in substance, consent is obtained anew.",
    mend:
      p.asked.length === 0
        ? "Keep the notice's version with each consent, and let the guard compare it."
        : `Let the guard ask for version ${p.version}, and ask the guardians anew.`,
  }),
  withdrawn: (p: ConsentParameters): FindingText => ({
    what: `${verb(p, "is", "are")} handed to ${p.target} through ${p.callee} ${from(p)}, which never asks whether the guardian has withdrawn the consent since.`,
    why: "Article 9: a guardian may withdraw consent, and what was agreed to may not go on from then.",
    mend:
      p.offered === null
        ? "Check the guardian's consent in the job, each time before this."
        : `Check it in the job, each time before this: ${p.offered.name} is marked for it.`,
  }),
  disclosure: unguarded((p) => `${verb(p, "is", "are")} made public through ${p.callee}`),
};

function targetOf({ sink }: Operation): string {
  if (sink.recipient !== null) return sink.recipient;
  if (sink.host !== null) return sink.host === "*" ? "a host that cannot be told" : sink.host;
  return storeNameOf(sink);
}

function shown({
  name,
  reason,
  location,
  place,
}: IneffectiveGuard): ConsentParameters["ineffective"][number] {
  const said = { name, reason, file: location.file, line: location.line };
  return place === undefined ? said : { ...said, place };
}

/** A function that nothing calls may or may not be an entry. */
function isCertain({ assumptions, outset, isAgain }: Operation): boolean {
  return assumptions.length === 0 && outset.kind !== "unknown" && !isAgain;
}

export const requireGuardianConsent = defineCheck({
  id: "require-guardian-consent",
  description: "a guardian's consent is checked before a child's data is kept or handed on",
  texts,
  find(facts, say) {
    const groups = new Map<string, Operation[]>();
    for (const operation of facts.operations) {
      const { file, line, column } = operation.sink.location;
      const key = `${file}:${String(line)}:${String(column)}:${operation.field}:${operation.kind}`;
      groups.set(key, [...(groups.get(key) ?? []), operation]);
    }
    const hollowGuards = facts.hollowGuards.map(({ name, by, location }): GuardFinding => ({
      rule: "require-guardian-consent",
      articles: [articleOf.consent],
      verdict: "proven",
      message: say(by === "literal" ? "literal-guard" : "request-guard", { name }),
      location,
      subject: name,
    }));
    const unversioned = facts.unversionedGuards.flatMap((guard): GuardFinding[] => {
      const { name, location, asked } = guard;
      const notices = noticesOf(facts.register.notices, facts.configOf(location.file).folder);
      const changed = substantiveNotice(notices, facts.today);
      if (changed === null || guardsBefore([guard], changed, notices).length === 0) return [];
      return [
        {
          rule: "require-guardian-consent",
          articles: [articleOf.notice],
          verdict: "proven",
          message: say("unversioned-guard", {
            name,
            asked,
            version: String(changed.version),
            effective: changed.effective,
          }),
          location,
          subject: `${name} version`,
        },
      ];
    });
    const unguardedOperations = [...groups.values()].flatMap((group): FlowFinding[] => {
      const [first] = group.sort(
        (a, b) => Number(isCertain(b)) - Number(isCertain(a)) || a.trace.length - b.trace.length,
      );
      const field = first === undefined ? undefined : facts.annotations.fields.get(first.field);
      if (first === undefined || field === undefined) return [];
      const text = first.isAgain
        ? "withdrawn"
        : first.sink.role === "device"
          ? "reading"
          : first.kind === "use"
            ? "collection"
            : first.kind;
      return [findingOf(first, field, say(text, parametersOf(first, field)))];
    });
    return [...hollowGuards, ...unversioned, ...unguardedOperations];
  },
});

function parametersOf(operation: Operation, field: Field): ConsentParameters {
  return {
    fields: [field.name],
    callee: operation.sink.callee,
    target: targetOf(operation),
    outset: operation.outset.name,
    outsetKind: operation.outset.kind,
    otherOutsets: operation.otherOutsets,
    ineffective: operation.ineffective.map(shown),
    offered: operation.offered,
    isHostUnknown: isHostUnknown(operation),
  };
}

/** It may be the program's own server that answers there. */
function isHostUnknown({ sink: { host, recipient } }: Operation): boolean {
  return recipient === null && host !== null && (host === "*" || host.startsWith("env:"));
}

function findingOf(operation: Operation, field: Field, message: FlowFinding["message"]): FlowFinding {
  const isFollowed = isCertain(operation);
  return {
    rule: "require-guardian-consent",
    articles: [
      articleOf.consent,
      articleOf.notice,
      ...(operation.kind === "collection" ? [] : [articleOf.purposes]),
    ],
    message,
    field,
    otherSources: [],
    verdict: isFollowed && !isHostUnknown(operation) ? "proven" : "possible",
    location: operation.sink.location,
    sink: operation.sink,
    protection: operation.protection,
    trace: operation.trace,
    assumptions:
      isFollowed || operation.assumptions.length > 0
        ? operation.assumptions
        : [
            {
              kind: operation.isAgain ? "assumed-withdrawn" : "assumed-entry",
              outset: operation.outset.name,
            },
          ],
  };
}
