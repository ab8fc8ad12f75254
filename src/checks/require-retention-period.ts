/** Article 12: children's personal information is kept no longer than is necessary for the purpose. */
import { compareLocations } from "../base/location.js";
import { listNames } from "../base/word-list.js";
import type { Field } from "../contracts/annotation.js";
import type { DutyEntry } from "../contracts/duty-entry.js";
import type { Erasure } from "../contracts/deletion.js";
import type { FlowFinding } from "../contracts/finding.js";
import type { Flow } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import { isSameName } from "../flow/stores/table-names.js";
import { defineCheck } from "./define-check.js";
import type { Facts } from "./facts.js";
import { flowFindings } from "./flow-finding.js";
import { endOfStore, type StoreEnd } from "./store-ends.js";
import { clientOf, storeInWords } from "./store-name.js";
import { cookieStores, erasesColumn, keptStores, namesIn, type Store } from "./stores.js";

export interface RetentionParameters {
  readonly fields: readonly string[];
  /** `the database (pg, child)` */
  readonly place: string;
  readonly declared: string | null;
}

export interface TooLongParameters extends RetentionParameters {
  /** How long it is kept in code, in days. */
  readonly days: number;
  readonly by: "ttl" | "purge";
  readonly callee: string;
  readonly file: string;
  readonly line: number;
}

const why =
  "Article 12: children's personal information is not kept longer than is necessary for the purpose that it was collected and used for.";

function subject({ fields }: RetentionParameters): string {
  return `${listNames(fields)} ${fields.length === 1 ? "is" : "are"}`;
}

export function daysInWords(days: number): string {
  if (days < 1) {
    const hours = Math.round(days * 240) / 10;
    return `${String(hours)} ${hours === 1 ? "hour" : "hours"}`;
  }
  const rounded = Math.round(days * 10) / 10;
  return `${String(rounded)} ${rounded === 1 ? "day" : "days"}`;
}

const texts = {
  "no-period": (p: RetentionParameters): FindingText => ({
    what: `${subject(p)} kept in ${p.place} with no period: nothing is declared, and nothing there ends by itself or is removed in time.`,
    why,
    mend: "Say how long it is needed with @retention (180d, until-deregistration), and let it end then: an expiry, or a job that removes what is older.",
  }),
  "too-long": (p: TooLongParameters): FindingText => ({
    what: `${subject(p)} kept in ${p.place} for ${daysInWords(p.days)} (${p.by === "ttl" ? "the expiry" : "the removal"} at ${p.callee}, ${p.file}:${String(p.line)}), and declared is ${p.declared ?? ""}.`,
    why,
    mend: "Shorten the period in the code to what is declared; or, where that is wrong, declare the other and tell the guardians in the notice.",
  }),
  "no-deregistration": (p: RetentionParameters): FindingText => ({
    what: `${subject(p)} kept in ${p.place} and declared to be kept until deregistration, and no deregistration removes ${p.fields.length === 1 ? "it" : "them"} there.`,
    why,
    mend: "Remove it where the account is closed, in a function marked with @deletionPath deregistration; or declare another period.",
  }),
  "declared-only": (p: RetentionParameters): FindingText => ({
    what: `${subject(p)} kept in ${p.place}, declared for ${p.declared ?? ""}, and nothing in the code ends it by then.`,
    why,
    mend: "Set an expiry, or run a job that removes what is older.",
  }),
};

/** The year and the month have no fixed length: what is a little longer is the same. */
const tolerance = 1.02;
const secondsOfDay = 86_400;

type Judgement =
  | { readonly text: "no-period" | "no-deregistration" | "declared-only" }
  | { readonly text: "too-long"; readonly end: StoreEnd & { readonly seconds: number } };

function judge(field: Field, end: StoreEnd | null, store: Store): Judgement | null {
  const { retention } = field;
  if (retention === null) return end === null ? { text: "no-period" } : null;
  if (retention.days === null) {
    const isRemoved = store.erasures.some(
      (erasure) => erasesColumn(erasure, namesIn(store, field)) && isDeregistered(erasure),
    );
    return end !== null || isRemoved ? null : { text: "no-deregistration" };
  }
  if (end === null) return { text: "declared-only" };
  const { seconds } = end;
  return seconds !== null && seconds > retention.days * secondsOfDay * tolerance
    ? { text: "too-long", end: { ...end, seconds } }
    : null;
}

function isDeregistered({ entries }: Erasure): boolean {
  return entries.some(closesAccount);
}

/** A function that is marked for it, or a handler that removes the person, not something of theirs. */
function closesAccount({ kind, name }: DutyEntry): boolean {
  if (kind === "deregistration" || kind === "shutdown") return kind === "deregistration";
  const words = name.replace(/([a-z\d])([A-Z])/gu, "$1 $2").toLowerCase();
  return /deregist|unregist|sign ?-?off|clos|leave|account|profile|membership|\bme\b|\bself\b|(?:user|child|children|kid|pupil|student|member|player|guardian|famil)/u.test(
    words,
  );
}

/** What comes in under one name and is kept under another has the period that the column declares. */
function periodOfColumn(store: Store, field: Field, facts: Facts): Field["retention"] {
  const columns = namesIn(store, field);
  for (const flow of store.flows) {
    const other = facts.annotations.fields.get(flow.field);
    const isOne = columns.some((column) => isSameName(columnOf(other?.name ?? ""), column));
    if (other?.retention != null && isOne) return other.retention;
  }
  return null;
}

function columnOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The first flow of each field into the store, with what is wrong about it. */
function judged(
  store: Store,
  facts: Facts,
): { readonly flow: Flow; readonly field: Field; readonly found: Judgement }[] {
  const flows = [...store.flows].sort((a, b) => compareLocations(a.sink.location, b.sink.location));
  const seen = new Set<string>();
  return flows.flatMap((flow) => {
    const field = facts.annotations.fields.get(flow.field);
    if (field === undefined || seen.has(flow.field)) return [];
    seen.add(flow.field);
    const own = flows.filter((each) => each.field === flow.field);
    const declared = { ...field, retention: field.retention ?? periodOfColumn(store, field, facts) };
    const found = judge(declared, endOfStore(store, own, field, facts), store);
    return found === null ? [] : [{ flow, field: declared, found }];
  });
}

export const requireRetentionPeriod = defineCheck({
  id: "require-retention-period",
  description: "what is kept about children has a period, and the code keeps to it",
  texts,
  find(facts, say): FlowFinding[] {
    const cookies = new Set(cookieStores(facts));
    return [...keptStores(facts), ...cookies].flatMap((store) => {
      const place = storeInWords({
        medium: store.sink.medium ?? "",
        client: clientOf(store.sink),
        target: store.sink.target,
      });
      // A cookie that is told no end goes with the session.
      const all = judged(store, facts).filter(
        ({ found }) => found.text === "too-long" || !cookies.has(store),
      );
      const findings = (isStrict: boolean): FlowFinding[] => {
        const own = all.filter(({ found }) => (found.text === "declared-only") === isStrict);
        return flowFindings(
          "require-retention-period",
          own.map(({ flow }) => flow),
          facts.annotations,
          (flow, field) => {
            const { found, field: declared } = own.find((each) => each.flow === flow) ?? {};
            const base = { fields: [field.name], place, declared: declared?.retention?.text ?? null };
            if (found?.text !== "too-long") return say(found?.text ?? "no-period", base);
            const { seconds, by, callee, location } = found.end;
            return say("too-long", {
              ...base,
              days: seconds / secondsOfDay,
              by,
              callee,
              file: location.file,
              line: location.line,
            });
          },
        ).map((finding) => (isStrict ? { ...finding, isStrict } : finding));
      };
      return [...findings(false), ...findings(true)];
    });
  },
});
