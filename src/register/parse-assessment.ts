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
    reading.value === undefined ? undefined : { ...reading.value, file, location: reading.locate([]) };
  return { value, problems: reading.problems };
}
