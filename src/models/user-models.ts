/** The `models:` of configs: the same grammar as the catalogue, with errors at the config's lines. */
import type { ResolvedConfig } from "../contracts/config.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import type { PackageModel } from "../contracts/model.js";
import type { ModelError } from "./model-error.js";
import { parseUserModels } from "./model-file.js";

/** What the configs say packages and project files do; what could not be read is a problem of its own. */
export function readUserModels(configs: readonly ResolvedConfig[]): {
  readonly models: readonly PackageModel[];
  readonly problems: readonly DocumentProblem[];
} {
  const models: PackageModel[] = [];
  const problems: DocumentProblem[] = [];
  for (const { models: section, purposes } of configs) {
    if (section === null) continue;
    const parsed = parseUserModels(section.node, section, purposes);
    models.push(...parsed.models);
    problems.push(...parsed.errors.map(problemOf));
  }
  return { models, problems };
}

const kinds: Readonly<Partial<Record<ModelError["kind"], DocumentProblem["kind"]>>> = {
  "malformed-yaml": "not-yaml",
  "unknown-key": "unknown-key",
  "missing-key": "missing-key",
  "duplicate-key": "duplicate-key",
};

function problemOf(error: ModelError): DocumentProblem {
  return {
    document: "model",
    kind: kinds[error.kind] ?? "wrong-value",
    path: "",
    found: error.word,
    nearest: error.nearest,
    expected: error.expected,
    location: { file: error.place.file, line: error.place.line, column: 1 },
  };
}
