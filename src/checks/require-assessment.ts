/** Articles 16 and 17: who gets children's personal information has been assessed, and a processor has an agreement. */
import { articleOfRole } from "../contracts/obligation.js";
import { listNames, listWords } from "../base/word-list.js";
import type { ResolvedConfig } from "../contracts/config.js";
import type { Field } from "../contracts/annotation.js";
import type { GuardFinding } from "../contracts/finding.js";
import type { Flow } from "../contracts/flow.js";
import type { FindingText, Message } from "../contracts/message.js";
import type { CaptureKind } from "../contracts/vocabulary.js";
import type { Assessment } from "../contracts/register.js";
import type { RecipientRole } from "../contracts/vocabulary.js";
import { coverageOf, type Gap } from "./coverage.js";
import { defineCheck, type Say } from "./define-check.js";
import type { Facts } from "./facts.js";
import { flowFindings } from "./flow-finding.js";
import { flawsOf, mendsOf } from "./gap-words.js";
import { recordFileName, recordFolder } from "./record-file.js";
import { recipientOf, type Recipient } from "./recipients.js";

export interface RecipientParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  readonly recipient: string;
  /** The host that is called, where the recipient is known by it. */
  readonly host: string | null;
  readonly role: RecipientRole | null;
  readonly isKnown: boolean;
  /** The function that encrypted the data before it was sent, or null. */
  readonly encryptedBy: string | null;
  /** What a record would be called. */
  readonly file: string;
  /** Where records stand, as the config has it; null where it does not say. */
  readonly folder: string | null;
}

export interface ForwardParameters extends RecipientParameters {
  /** The record that holds. */
  readonly record: string;
}

export interface GapParameters extends RecipientParameters {
  readonly record: string;
  readonly gaps: readonly Gap[];
}

function whyOf({ role }: RecipientParameters): string {
  if (role === "transfer")
    return "Article 17: a transfer of children's personal information to a third party is assessed first.";
  if (role === "disclosure")
    return "Article 18: children's personal information is disclosed only by law or on an agreement with the guardians.";
  return role === "processor"
    ? "Article 16: whoever is entrusted with children's personal information is assessed first, and an agreement binds it."
    : "Articles 16 and 17: whoever is handed children's personal information is assessed first.";
}

function whatOf(p: RecipientParameters): string {
  const verb = p.fields.length === 1 ? "goes" : "go";
  const sealed = p.encryptedBy === null ? "" : `, encrypted by ${p.encryptedBy},`;
  const whom = p.isKnown
    ? p.recipient
    : `an address that cannot be told from the code (it stands in ${p.recipient})`;
  return `${listNames(p.fields)} ${verb}${sealed} to ${whom} through ${p.callee}`;
}

function doubtOf({ encryptedBy, isKnown }: RecipientParameters): string {
  if (!isKnown) return " Whether somebody else answers there, the code does not say.";
  return encryptedBy === null ? "" : " Whether the recipient has the key, the code does not say.";
}

/** The keys of a new record that the code can fill in. */
function recordOf({ recipient, host, role }: RecipientParameters): string {
  const who = host === null || host === "*" ? `recipient: ${recipient}` : `hosts: ["${host}"]`;
  const rest = role === "transfer" ? "assessed" : "assessed and agreement";
  return `${who}, role: ${role ?? "processor (or transfer)"}, ${rest}`;
}

/** `compliance/assessments/segment.yaml`, where the config says where records stand. */
function recordWords({ file, folder }: Pick<RecipientParameters, "file" | "folder">): string {
  return folder === null
    ? `a record (assessments: ["compliance/assessments/*.yaml"] in child-privacy.yaml, and there ${file})`
    : `${folder}${file}`;
}

export interface CaptureParameters extends Omit<
  RecipientParameters,
  "fields" | "encryptedBy" | "host" | "isKnown"
> {
  readonly what: CaptureKind;
  /** Options that would keep children's data out. */
  readonly options: readonly string[];
  /** The record that does not do, and why; null where there is none. */
  readonly record: string | null;
  readonly gaps: readonly Gap[];
}

const captureWords: Readonly<Record<CaptureKind, string>> = {
  screen: "record what is on the screen",
  usage: "record what people do and what they do it with",
  errors: "take what a failing program held: users, requests and what stands in variables",
};

function captureText(p: CaptureParameters): FindingText {
  const options = p.options.map((option) => `\`${option}\``);
  const record =
    p.record === null ? "the register has no record of it" : `its record (${p.record}) ${flawsOf(p.gaps)}`;
  return {
    what: `${p.callee} lets ${p.recipient} ${captureWords[p.what]}, and ${record}. Whether children's data is among it, the code does not say.`,
    why: `Articles 16 and 17: whoever is handed children's personal information is assessed first.`,
    mend: `${options.length === 0 ? "Do not start it where children are" : `Set ${listWords(options, "and")}`}; or assess it before, and ${
      p.record === null
        ? `add ${recordWords(p)} with recipient: ${p.recipient}, role: ${p.role ?? "processor"}, assessed${p.role === "transfer" ? "" : " and agreement"}`
        : `write ${mendsOf(p.gaps)} into ${p.record}`
    }.`,
  };
}

const texts = {
  captures: captureText,
  missing: (p: RecipientParameters): FindingText => ({
    what: `${whatOf(p)}, and the register has no record of it.${doubtOf(p)}`,
    why: whyOf(p),
    mend: p.isKnown
      ? `Assess it before, and add ${recordWords(p)} with ${recordOf(p)}; or do not send the data.`
      : `Say under firstParty: in child-privacy.yaml that it is your own${p.host?.startsWith("env:") === true ? ` ("${p.host}")` : ""}, or keep a record of its hosts under assessments:.`,
  }),
  forwards: (p: ForwardParameters): FindingText => ({
    what: `${whatOf(p)}, which hands on what it receives to others as its account is set up, and its record (${p.record}) does not say that this is forbidden.`,
    why: "Article 16: a processor must not entrust others with the children's personal information that it was entrusted with.",
    mend: `Switch forwarding off for children's data, have the agreement forbid it, and write \`agreement.duties.noRedelegation: true\` into ${p.record}.`,
  }),
  gaps: (p: GapParameters): FindingText => ({
    what: `${whatOf(p)}, and its record (${p.record}) ${flawsOf(p.gaps)}.${doubtOf(p)}`,
    why: whyOf(p),
    mend: `Assess it anew where needed, and write ${mendsOf(p.gaps)} into ${p.record}.`,
  }),
};

function parametersOf(flow: Flow, field: Field, recipient: Recipient, facts: Facts): RecipientParameters {
  return {
    fields: [field.name],
    callee: flow.sink.callee,
    recipient: recipient.name,
    host: recipient.host,
    role: recipient.role,
    isKnown: recipient.isKnown,
    encryptedBy: flow.protection.kind === "encrypted" ? flow.protection.by : null,
    ...placeOfRecord(recipient.name, facts.configOf(flow.sink.location.file).assessments),
  };
}

/** Where a record of somebody would stand. */
function placeOfRecord(
  name: string,
  patterns: ResolvedConfig["assessments"],
): Pick<RecipientParameters, "file" | "folder"> {
  return { file: recordFileName(name), folder: recordFolder(patterns) };
}

interface Judged {
  readonly recipient: Recipient;
  readonly flaw: "missing" | "gaps" | "forwards";
  readonly gaps: readonly Gap[];
  readonly record: string;
}

function judge(flow: Flow, facts: Facts): Judged | null {
  const { sink } = flow;
  // What becomes public is judged by the rule for Article 18.
  if (sink.role === "public") return null;
  const recipient = recipientOf(sink, facts.configOf(sink.location.file));
  const field = facts.annotations.fields.get(flow.field);
  if (recipient === null || field === undefined) return null;
  const need = { recipient, field, purpose: sink.purpose, today: facts.today };
  const coverage = coverageOf(facts.register.assessments, need, facts.companies);
  switch (coverage.kind) {
    case "missing":
      return { recipient, flaw: "missing", gaps: [], record: "" };
    case "gaps":
      return { recipient, flaw: "gaps", gaps: coverage.gaps, record: coverage.record.file };
    case "covered":
      return mayHandOn(recipient, coverage.record, facts)
        ? { recipient, flaw: "forwards", gaps: [], record: coverage.record.file }
        : null;
  }
}

/** Where duties are listed, that of not entrusting others must be among them. Whether they are is for `valid-setup`. */
function mayHandOn({ name }: Recipient, { role, agreement }: Assessment, facts: Facts): boolean {
  return (
    role === "processor" &&
    facts.companies.named(name)?.forwards === true &&
    agreement?.duties !== undefined &&
    agreement.duties.noRedelegation !== true
  );
}

function messageOf(
  flow: Flow,
  field: Field,
  { recipient, flaw, gaps, record }: Judged,
  facts: Facts,
  say: Say<typeof texts>,
): Message {
  const parameters = parametersOf(flow, field, recipient, facts);
  switch (flaw) {
    case "missing":
      return say("missing", parameters);
    case "forwards":
      return say("forwards", { ...parameters, record });
    case "gaps":
      return say("gaps", { ...parameters, record, gaps });
  }
}

/** An SDK that takes data by itself, where no record of its company holds. */
function captureFindings(facts: Facts, say: Say<typeof texts>): GuardFinding[] {
  return facts.captures.flatMap((capture): GuardFinding[] => {
    const { what, callee, options, location, recipientRole: role } = capture;
    const recipient: Recipient = { name: capture.recipient, host: null, role, isKnown: true };
    const need = { recipient, field: null, purpose: null, today: facts.today };
    const coverage = coverageOf(facts.register.assessments, need, facts.companies);
    if (coverage.kind === "covered") return [];
    const record = coverage.kind === "missing" ? null : coverage.record.file;
    const gaps = coverage.kind === "missing" ? [] : coverage.gaps;
    const patterns = facts.configOf(location.file).assessments;
    return [
      {
        rule: "require-assessment",
        verdict: "possible",
        subject: `captures ${capture.recipient} ${callee} ${capture.enclosing}`,
        location,
        articles: [articleOfRole[role]],
        message: say("captures", {
          what,
          callee,
          options,
          recipient: recipient.name,
          role,
          ...placeOfRecord(recipient.name, patterns),
          record,
          gaps,
        }),
      },
    ];
  });
}

export const requireAssessment = defineCheck({
  id: "require-assessment",
  description: "whoever is handed children's personal information stands in the register of assessments",
  texts,
  find(facts, say) {
    const judged = new Map<Flow, Judged>();
    for (const flow of facts.flows) {
      const found = judge(flow, facts);
      if (found !== null) judged.set(flow, found);
    }
    const flows = flowFindings("require-assessment", [...judged.keys()], facts.annotations, (flow, field) => {
      const found = judged.get(flow);
      if (found === undefined) throw new Error("a flow that was not judged");
      const { role, isKnown } = found.recipient;
      return {
        message: messageOf(flow, field, found, facts, say),
        ...(role === null ? {} : { articles: [articleOfRole[role]] }),
        isDoubtful: found.flaw === "forwards" || !isKnown || flow.protection.kind === "encrypted",
      };
    });
    return [...flows, ...captureFindings(facts, say)];
  },
});
