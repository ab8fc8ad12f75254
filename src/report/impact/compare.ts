/** What a change does to the data map, from the audits of the state before and after. Pure. */
import type { Analysis } from "../../contracts/analysis.js";
import type { ImpactDocument } from "../../contracts/impact.js";
import type { ReportDocument, ReportFinding } from "../../contracts/report.js";
import type { TextTable } from "../messages/text-table.js";
import { movedFindings } from "../moved-findings.js";
import { groupFindings, type FindingGroup } from "../word-finding.js";
import { consentAgain, newItems, uncoveredByNotice, uncoveredByRegister } from "./coverage.js";
import { editedNotices } from "./edited-notices.js";
import { dataChanges, wordChanges } from "./data-changes.js";

interface State {
  readonly analysis: Analysis;
  readonly report: ReportDocument;
}

export function compareStates(was: State, is: State, since: ImpactDocument["since"]): ImpactDocument {
  const data = dataChanges(was.report.dataMap, is.report.dataMap);
  const notices = editedNotices(was.analysis, is.analysis);
  const items = newItems(was.analysis, is.analysis);
  return {
    version: 1,
    since,
    today: is.analysis.today,
    ...data,
    purposes: wordChanges(purposesOf(was.analysis), purposesOf(is.analysis)),
    uncovered: [
      ...uncoveredByNotice(items, is.analysis),
      ...uncoveredByRegister(newlyGiven(data.recipients), is.analysis),
    ],
    notices,
    consent: consentAgain(
      { items, longer: keptLonger(was.analysis, is.analysis), notices },
      was.analysis,
      is.analysis,
    ),
    articles: is.report.articles.flatMap(({ article, status }) => {
      const before = was.report.articles.find((each) => each.article === article)?.status ?? status;
      return before === status ? [] : [{ article, was: before, is: status }];
    }),
    findings: findingChanges(was, is),
  };
}

function purposesOf({ fields, flows }: Analysis): string[] {
  return [
    ...fields.flatMap(({ purposes }) => purposes),
    ...flows.flatMap(({ sink: { purpose } }) => (purpose === null ? [] : [purpose])),
  ];
}

/** By recipient the fields that it did not get before. */
function newlyGiven({ added, changed }: ImpactDocument["recipients"]): Map<string, Set<string>> {
  return new Map([
    ...added.map(({ name, fields }) => [name, new Set(fields)] as const),
    ...changed.map(
      ({ was, is }) => [is.name, new Set(is.fields.filter((field) => !was.fields.includes(field)))] as const,
    ),
  ]);
}

/** Fields whose declared period grew, or lost its end. */
function keptLonger(was: Analysis, is: Analysis): string[] {
  const before = new Map(was.fields.map((field) => [field.name, field.retention]));
  const longer = is.fields.filter(({ name, retention }) => {
    const old = before.get(name)?.days ?? null;
    return old !== null && (retention?.days ?? Infinity) > old;
  });
  return [...new Set(longer.map(({ name }) => name))].sort();
}

function findingChanges(was: State, is: State): ImpactDocument["findings"] {
  const before = new Set(was.report.findings.map(({ fingerprint }) => fingerprint));
  const after = new Set(is.report.findings.map(({ fingerprint }) => fingerprint));
  const moved = movedFindings(was.analysis, is.analysis);
  const isNew = ({ fingerprint }: ReportFinding): boolean =>
    !before.has(fingerprint) && !moved.after.has(fingerprint);
  const isGone = ({ fingerprint }: ReportFinding): boolean =>
    !after.has(fingerprint) && !moved.before.has(fingerprint);
  return {
    added: is.report.findings.filter(isNew).map(shortened),
    removed: was.report.findings.filter(isGone).map(shortened),
  };
}

/** The findings of a state that the document lists, as people are told of them. */
export function toldOf(
  { analysis }: State,
  listed: ImpactDocument["findings"]["added"],
  texts: TextTable,
): FindingGroup[] {
  const wanted = new Set(listed.map(({ fingerprint }) => fingerprint));
  return groupFindings(
    texts,
    analysis.findings.filter(({ fingerprint }) => wanted.has(fingerprint)),
  );
}

function shortened({
  fingerprint,
  rule,
  severity,
  location: { file, line, column },
  message,
}: ReportFinding): ImpactDocument["findings"]["added"][number] {
  return { fingerprint, rule, severity, location: { file, line, column }, message };
}
