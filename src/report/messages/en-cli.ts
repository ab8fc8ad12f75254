import type { CliWords } from "./cli-words.js";

const rules = (known: readonly string[]): string => `Rules are ${known.join(", ")}.`;

export const englishCli: CliWords = {
  noFolder: (folder) => `There is no folder ${folder}. Name the folder that holds the project.`,
  notAFolder: (folder) => `${folder} is a file. Name the folder that holds the project.`,
  noFile: (option, file) => `There is no file ${file}. Correct what ${option} names.`,
  noRule: (word, nearest, known) =>
    `"${word}" is no rule. ${nearest === null ? rules(known) : `Did you mean "${nearest}"?`}`,
  notWritten: (file, reason) =>
    `${file} cannot be written: ${reason}. Name a file in a folder that is there and can be written to.`,
  noBaseline: (file) => `${file} is no baseline. Write it with --baseline ${file} --update-baseline.`,
  unnamedBaseline: "--update-baseline writes the file that --baseline names. Add --baseline FILE.",
  narrowBaseline: (option) =>
    `--update-baseline writes all findings, and ${option} keeps only some. Leave one of the two out.`,
  noFinding: (id) =>
    `No finding has an id that begins with "${id}". child-privacy audit prints the ids; name the folder behind the id if it is not this one.`,
  severalFindings: (id, listed) => `"${id}" begins several ids:\n${listed}`,
  ruleIsNoFinding: (rule, listed) =>
    `${rule} is a rule; explain shows one finding, by its id. ${listed === "" ? `${rule} found nothing here.` : `Its findings here:\n${listed}`}`,
  init: {
    kept: (path) => `kept     ${path}`,
    written: (path) => `written  ${path}`,
    configKept: "kept     the config that is there",
    eslintKept: (file) => `kept     ${file}; it needs these lines:`,
    addAssessments:
      'add      assessments: ["compliance/assessments/*.yaml"] to the config, so that the records are read',
    noRecipient: "no recipient without a record was found",
    mendFirst:
      "Nothing was written: drafts would lack what stands where nothing can be read. Mend that, and run init again.",
  },
  phases: {
    read: "reading the project",
    annotate: "reading annotations",
    lower: "reading code",
    solve: "following child data",
    check: "judging",
  },
};
