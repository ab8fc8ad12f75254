/** From the register's files to the register. */
import type { DocumentProblem } from "../contracts/document-problem.js";
import type { Register } from "../contracts/register.js";
import { parseAssessment } from "./parse-assessment.js";
import { parseNotice } from "./parse-notice.js";

/** A file that a pattern of the config found, or that could not be read (`text` undefined). */
export interface RegisterFile {
  readonly path: string;
  readonly text: string | undefined;
  /** Folders of the configs that name it. */
  readonly folders?: readonly string[];
}

/** Reads the register from texts handed in; the order of the files is kept. */
export function readRegister(
  assessments: readonly RegisterFile[],
  notices: readonly RegisterFile[],
): Register {
  const records = assessments.map((file) =>
    file.text === undefined ? unreadable(file, "assessment") : parseAssessment(file.text, file.path),
  );
  const papers = notices.map((file) =>
    file.text === undefined ? unreadable(file, "notice") : parseNotice(file.text, file.path, file.folders),
  );
  return {
    assessments: records.flatMap((record) => record.value ?? []),
    notices: papers.flatMap((paper) => paper.value ?? []),
    problems: [...records, ...papers].flatMap((each) => each.problems),
  };
}

function unreadable(
  file: RegisterFile,
  document: "assessment" | "notice",
): { value: undefined; problems: DocumentProblem[] } {
  const location = { file: file.path, line: 1, column: 1 };
  return {
    value: undefined,
    problems: [
      {
        document,
        kind: "unreadable",
        path: "",
        found: "it cannot be read",
        nearest: null,
        expected: [],
        location,
      },
    ],
  };
}
