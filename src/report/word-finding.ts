/** From findings as data to what people read. */
import { compareLocations } from "../base/location.js";
import type { Finding, RatedFinding } from "../contracts/finding.js";
import type { FindingText, Message } from "../contracts/message.js";
import type { StepNote } from "../contracts/flow.js";
import type { TextTable } from "./messages/text-table.js";

/** The words of a message. */
export function wordMessage(texts: TextTable, message: Message): FindingText {
  const table = texts.findings as unknown as Readonly<
    Record<string, ((parameters: Message["parameters"]) => FindingText) | undefined>
  >;
  return table[message.id]?.(message.parameters) ?? { what: message.id, why: "", mend: "" };
}

/** The words of a step of a trace. */
export function wordStep(texts: TextTable, note: StepNote): string {
  const word = texts.steps[note.kind] as (note: StepNote) => string;
  return word(note);
}

/** What a rule says at one place: several fields that arrive there together. */
export interface FindingGroup {
  readonly findings: readonly [RatedFinding, ...RatedFinding[]];
  readonly text: FindingText;
  /** What could not be told, or null where every step was followed. */
  readonly doubt: string | null;
}

/** Chinese has no space behind a full stop. */
export function joinSentences(sentences: readonly string[]): string {
  return sentences
    .filter((sentence) => sentence !== "")
    .reduce(
      (text, sentence) => (text === "" || text.endsWith("。") ? text + sentence : `${text} ${sentence}`),
      "",
    );
}

/** The message as one paragraph: what, how sure, why, mend. */
export function joinText(text: FindingText, doubt: string | null): string {
  return joinSentences([text.what, doubt ?? "", text.why, text.mend]);
}

/** A rule speaks once a place; certain and possible findings apart. Ordered as the findings are. */
export function groupFindings(texts: TextTable, findings: readonly RatedFinding[]): FindingGroup[] {
  const groups = new Map<string, [RatedFinding, ...RatedFinding[]]>();
  for (const finding of findings) {
    const key = groupKey(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()]
    .sort((a, b) => compareLocations(a[0].location, b[0].location))
    .map((group) => ({ findings: group, text: wordGroup(texts, group), doubt: wordDoubt(texts, group) }));
}

/** What is certain of a place and what is only possible are shown apart; it is one place. */
export function countPlaces(groups: readonly FindingGroup[]): number {
  return new Set(
    groups.map(({ findings: [{ rule, location, ...rest }] }) =>
      JSON.stringify([
        rule,
        location.file,
        location.line,
        location.column,
        "sink" in rest ? "" : rest.subject,
      ]),
    ),
  ).size;
}

function groupKey(finding: RatedFinding): string {
  const { file, line, column } = finding.location;
  const apart = "sink" in finding ? "" : finding.subject;
  return [finding.rule, finding.verdict, file, line, column, apart].join("\u0000");
}

/** One finding alone, for reports that keep each. */
export function wordFinding(
  texts: TextTable,
  finding: RatedFinding,
): { readonly text: FindingText; readonly doubt: string | null } {
  return { text: wordMessage(texts, finding.message), doubt: wordDoubt(texts, [finding]) };
}

/** Fields that arrive in the same state share a sentence; another state adds one. */
function wordGroup(texts: TextTable, group: readonly [RatedFinding, ...RatedFinding[]]): FindingText {
  const byMessage = new Map<string, Message>();
  for (const { message } of group) {
    const key = JSON.stringify([message.id, { ...message.parameters, fields: [] }]);
    const known = byMessage.get(key);
    byMessage.set(key, known === undefined ? message : joinFields(known, message));
  }
  const [first, ...others] = [...byMessage.values()].map((message) => wordMessage(texts, message));
  if (first === undefined) return wordMessage(texts, group[0].message);
  return { ...first, what: joinSentences([first.what, ...others.map((other) => texts.also(other.what))]) };
}

function joinFields(a: Message, b: Message): Message {
  const names = [...new Set([...fieldsOf(a), ...fieldsOf(b)])];
  return { id: a.id, parameters: { ...a.parameters, fields: names } };
}

function fieldsOf(message: Message): readonly string[] {
  const { fields } = message.parameters;
  return Array.isArray(fields) ? (fields as readonly string[]) : [];
}

function wordDoubt(texts: TextTable, group: readonly Finding[]): string | null {
  const notes = group.flatMap((finding) => ("assumptions" in finding ? finding.assumptions : []));
  const words = [...new Set(notes.map((note) => wordStep(texts, note)))];
  return words.length === 0 ? null : texts.possible(words.slice(0, 2));
}
