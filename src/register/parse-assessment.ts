import { readYaml } from "../config/yaml-document.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import { assessmentSchema, type Assessment } from "../contracts/register.js";

/** One record of the assessment register, from the text of its file; `file` is only used in locations. */
export function parseAssessment(
  text: string,
  file: string,
): { readonly value: Assessment | undefined; readonly problems: readonly DocumentProblem[] } {
  const reading = readYaml(text, file, "assessment", assessmentSchema);
  const value =
    reading.value === undefined
      ? undefined
      : { ...reading.value, unread: unreadLimits(reading.problems), file, location: reading.locate([]) };
  return { value, problems: reading.problems };
}

const limits = ["expires", "scope", "scope.categories", "scope.fields", "scope.purposes", "agreement.ended"];

/**
 * What is left out because it cannot be read must not widen what a record covers. One item of a list that cannot be
 * read widens nothing: the others are what is covered.
 */
function unreadLimits(problems: readonly DocumentProblem[]): string[] {
  const found = problems.flatMap(({ path, nearest, kind }) => {
    const meant = kind === "unknown-key" ? nearestPath(path, nearest) : path;
    return limits.includes(meant) ? [meant] : [];
  });
  return [...new Set(found)].sort();
}

/** `agreement.endd`: the key that was probably meant, `agreement.ended`. */
function nearestPath(path: string, nearest: string | null): string {
  return [...path.split(".").slice(0, -1), nearest ?? ""].join(".");
}
