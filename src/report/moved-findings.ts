/** Findings that only moved: to a file of another name, into another function. What they are about stayed as it was. */
import type { ReportFinding } from "../contracts/report.js";

/** Of the findings that are new by their fingerprints, those of which the same is gone elsewhere. */
export function movedFindings(
  was: readonly ReportFinding[],
  is: readonly ReportFinding[],
): { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> } {
  const known = new Set(was.map(({ fingerprint }) => fingerprint));
  const left = new Set(is.map(({ fingerprint }) => fingerprint));
  const gone = new Map<string, string[]>();
  for (const finding of was)
    if (!left.has(finding.fingerprint)) {
      const subject = subjectOf(finding);
      gone.set(subject, [...(gone.get(subject) ?? []), finding.fingerprint]);
    }
  const before = new Set<string>();
  const after = new Set<string>();
  for (const finding of is) {
    const origin = known.has(finding.fingerprint) ? undefined : gone.get(subjectOf(finding))?.shift();
    if (origin === undefined) continue;
    before.add(origin);
    after.add(finding.fingerprint);
  }
  return { before, after };
}

function subjectOf({ rule, verdict, articles, field, sink, message }: ReportFinding): string {
  const about =
    field == null || sink == null
      ? [message.replaceAll(/[^\s()]+:\d+/gu, "")]
      : [field.name, sink.package, sink.path, sink.medium, sink.target];
  return JSON.stringify([rule, verdict, articles, ...about]);
}
