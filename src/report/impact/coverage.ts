/** Which of what is new no notice and no record covers yet, and whether guardians have to be asked again. */
import { coverageOf } from "../../checks/coverage.js";
import { effectiveNotices, noticesOf } from "../../checks/effective-notice.js";
import { untoldIn, type Untold } from "../../checks/notice-drift.js";
import { practiceOf, type Evidence, type Practice } from "../../checks/practice.js";
import { recipientOf } from "../../checks/recipients.js";
import type { Analysis } from "../../contracts/analysis.js";
import type { ResolvedConfig } from "../../contracts/config.js";
import type { EditedNotice, ImpactDocument, PracticeKind, Uncovered } from "../../contracts/impact.js";
import type { Notice } from "../../contracts/notice.js";

/** One thing that guardians are told of. */
interface Item {
  readonly kind: PracticeKind;
  /** `health`, `database:pg/child`, `Segment`, `marketing` */
  readonly what: string;
  readonly medium: Uncovered["medium"];
  readonly evidence: Evidence;
}

export function itemsOf(practice: Practice): Item[] {
  return [
    ...[...practice.categories].map(([what, evidence]) => ({
      kind: "category" as const,
      what,
      medium: null,
      evidence,
    })),
    ...practice.stores.map(({ store: { medium, client, target }, evidence }) => ({
      kind: "store" as const,
      what: `${medium}:${client}/${target ?? "*"}`,
      medium,
      evidence,
    })),
    ...practice.recipients.map(({ recipient: { name }, evidence }) => ({
      kind: "recipient" as const,
      what: name,
      medium: null,
      evidence,
    })),
    ...[...practice.purposes].map(([what, evidence]) => ({
      kind: "purpose" as const,
      what,
      medium: null,
      evidence,
    })),
  ];
}

function keyOf({ kind, what }: { readonly kind: string; readonly what: string }): string {
  return `${kind} ${what}`;
}

/** What the code does now and did not do before. */
export function newItems(was: Analysis, is: Analysis): Item[] {
  const before = new Set(itemsOf(practiceOf(was)).map(keyOf));
  return itemsOf(practiceOf(is)).filter((item) => !before.has(keyOf(item)));
}

/** The part of the code that a config rules, and the notices that it names. */
interface Realm {
  readonly config: ResolvedConfig;
  readonly practice: Practice;
  /** The one in effect; else the newest. */
  readonly notice: Notice | null;
}

function realmsOf(analysis: Analysis): Realm[] {
  return analysis.configs.flatMap((config): Realm[] => {
    const isOwn = (file: string): boolean => analysis.configOf(file) === config;
    const flows = analysis.flows.filter(({ sink }) => isOwn(sink.location.file));
    if (flows.length === 0) return [];
    const captures = analysis.captures.filter(({ location }) => isOwn(location.file));
    const { annotations, deletions } = analysis;
    const practice = practiceOf({
      flows,
      captures,
      annotations,
      deletions,
      configOf: (file) => analysis.configOf(file),
    });
    const notices = noticesOf(analysis.notices, config.folder);
    return [
      {
        config,
        practice,
        notice: effectiveNotices(notices, analysis.today).at(-1) ?? notices.at(-1) ?? null,
      },
    ];
  });
}

function untoldOf({ practice, notice }: Realm, analysis: Analysis): Set<string> {
  if (notice === null) return new Set(itemsOf(practice).map(keyOf));
  return new Set(untoldIn(notice, practice, analysis).map(untoldKey));
}

function untoldKey({ kind, subject }: Untold): string {
  return `${kind} ${subject}`;
}

/** New things that the notice of their part of the code does not tell of. */
export function uncoveredByNotice(items: readonly Item[], is: Analysis): Uncovered[] {
  const realms = realmsOf(is);
  return items.flatMap((item): Uncovered[] => {
    const realm = realms.find(
      (each) =>
        itemsOf(each.practice).some((own) => keyOf(own) === keyOf(item)) &&
        untoldOf(each, is).has(keyOf(item)),
    );
    if (realm === undefined) return [];
    const { kind, what, medium, evidence } = item;
    return [
      {
        kind,
        what,
        medium,
        fields: [...evidence.fields],
        by: "notice",
        why: realm.notice === null ? "not-there" : "not-listed",
        record: realm.notice?.file ?? null,
      },
    ];
  });
}

/** Fields that newly go to somebody without a record that covers them. */
export function uncoveredByRegister(
  changed: ReadonlyMap<string, ReadonlySet<string>>,
  is: Analysis,
): Uncovered[] {
  const found = new Map<string, Uncovered>();
  for (const flow of is.flows) {
    const recipient = recipientOf(flow.sink, is.configOf(flow.sink.location.file));
    const field = is.annotations.fields.get(flow.field);
    if (recipient === null || field === undefined) continue;
    if (changed.get(recipient.name)?.has(field.name) !== true) continue;
    const need = { recipient, field, purpose: flow.sink.purpose, today: is.today };
    const coverage = coverageOf(is.assessments, need, is.companies);
    if (coverage.kind === "covered") continue;
    const known = found.get(recipient.name);
    const fields = [...new Set([...(known?.fields ?? []), field.name])].sort();
    found.set(recipient.name, {
      kind: "recipient",
      what: recipient.name,
      medium: null,
      fields,
      by: "register",
      why: coverage.kind === "missing" ? "not-there" : "not-in-scope",
      record: coverage.kind === "missing" ? null : coverage.record.file,
    });
  }
  return [...found.values()].sort((a, b) => (a.what < b.what ? -1 : 1));
}

type Consent = ImpactDocument["consent"];

interface Changed {
  readonly items: readonly Item[];
  /** Fields that are kept longer. */
  readonly longer: readonly string[];
  readonly notices: readonly EditedNotice[];
}

/**
 * Article 10: what goes beyond what guardians were told when they consented is asked for again. What the notice that
 * held before already told of was agreed to.
 */
export function consentAgain({ items, longer, notices }: Changed, was: Analysis, is: Analysis): Consent {
  const before = realmsOf(was);
  const known = new Set(before.flatMap(({ practice }) => practice.stores.map(({ store }) => store.medium)));
  const beyond = items.filter(
    (item) =>
      // Another table in the same kind of store changes neither place nor period.
      !(item.kind === "store" && item.medium !== null && known.has(item.medium)) &&
      !wasTold(item, before, was, is),
  );
  const reasons = [
    ...beyond.map(({ kind, what }) => ({ kind, what })),
    ...longer.map((what) => ({ kind: "retention" as const, what })),
    ...notices.flatMap(({ version, added }) =>
      added.length === 0 ? [] : [{ kind: "edited" as const, what: version }],
    ),
  ];
  const notice = newNotice(was, is);
  // What guardians are told anew counts, whatever the code does.
  if (reasons.length === 0 && notice !== null && was.notices.length > 0)
    return { again: true, reasons: [{ kind: "notice", what: notice.version }], notice };
  return { again: reasons.length > 0, reasons, notice: reasons.length === 0 ? null : notice };
}

function wasTold(item: Item, before: readonly Realm[], was: Analysis, is: Analysis): boolean {
  return before.some(({ notice }) => {
    if (notice === null || notice.effective > was.today) return false;
    const listed = {
      category: notice.categories,
      store: notice.stores,
      recipient: notice.recipients,
      purpose: notice.purposes,
    };
    if (listed[item.kind] === undefined) return false;
    return !untoldIn(notice, practiceOf(is), is).some((untold) => untoldKey(untold) === keyOf(item));
  });
}

/** A version that the state before did not have, and that says of itself that it changes what was agreed to. */
function newNotice(was: Analysis, is: Analysis): Consent["notice"] {
  const versions = new Set(was.notices.map(({ version }) => String(version)));
  const [notice] = is.notices
    .filter(({ version, substantive }) => substantive === true && !versions.has(String(version)))
    .sort((a, b) => (a.effective < b.effective ? 1 : -1));
  return notice === undefined
    ? null
    : { version: String(notice.version), effective: notice.effective, file: notice.file };
}
