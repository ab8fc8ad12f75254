/** Findings of files that were only renamed: what they are about, and the function around it, stayed as they were. */
import type { Analysis } from "../contracts/analysis.js";
import type { RatedFinding } from "../contracts/finding.js";

type State = Pick<Analysis, "findings" | "files">;

/**
 * By their fingerprints, findings of a file that is gone which are the same in a file that is new. Whoever takes a
 * leak out of one file and puts it into another that was there has made a new one.
 */
export function movedFindings(
  was: State,
  is: State,
): { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> } {
  const filesBefore = new Set(was.files.map(({ path }) => path));
  const filesAfter = new Set(is.files.map(({ path }) => path));
  const gone = new Map<string, string[]>();
  for (const finding of was.findings) {
    if (filesAfter.has(finding.location.file)) continue;
    const subject = subjectOf(finding);
    gone.set(subject, [...(gone.get(subject) ?? []), finding.fingerprint]);
  }
  const before = new Set<string>();
  const after = new Set<string>();
  for (const finding of is.findings) {
    const origin = filesBefore.has(finding.location.file) ? undefined : gone.get(subjectOf(finding))?.shift();
    if (origin === undefined) continue;
    before.add(origin);
    after.add(finding.fingerprint);
  }
  return { before, after };
}

function subjectOf(finding: RatedFinding): string {
  const about =
    "sink" in finding
      ? [
          finding.field.name,
          finding.sink.package,
          finding.sink.path,
          finding.sink.medium,
          finding.sink.target,
          finding.sink.enclosing,
        ]
      : [finding.subject];
  return JSON.stringify([finding.rule, finding.verdict, ...about]);
}
