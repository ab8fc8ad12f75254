/** The only maker of a `ResolvedConfig`: from the text of `child-privacy.yaml`, or of none. */
import type { Node } from "yaml";
import { parseDuration } from "../base/duration.js";
import { hashParts } from "../base/hash.js";
import { nearestWord } from "../base/nearest-word.js";
import type { FilePath } from "../base/keys.js";
import type { Retention } from "../contracts/annotation.js";
import {
  configSchema,
  type ConfigDocument,
  type ConfigModels,
  type ConfigPattern,
  type ConfigValues,
  type ResolvedConfig,
} from "../contracts/config.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import { ruleIds } from "../contracts/obligation.js";
import { purposes as knownPurposes } from "../contracts/vocabulary.js";
import { rebasePattern } from "./rebase-pattern.js";
import { nodeAt, readYaml, writePath, type Reading, type YamlDocument } from "./yaml-document.js";

export const configFileName = "child-privacy.yaml";

/** Where a config stands, seen from the analysed folder. */
export interface ConfigPlace {
  /** Its path, relative to the analysed folder. */
  readonly file: FilePath;
  /** The folder that its patterns are relative to: `` or one below the analysed folder, or `..` steps. */
  readonly folder: FilePath;
  /** For a folder above: the way down from it to the analysed folder; else ``. */
  readonly inside: FilePath;
}

type Resolving = Reading<ConfigDocument> & { readonly yaml: YamlDocument };

/** Reads a config; what is wrong in it is left out, and the rest holds. */
export function parseConfig(
  text: string,
  place: ConfigPlace,
): { readonly config: ResolvedConfig; readonly problems: readonly DocumentProblem[] } {
  const reading: Resolving = readYaml(text, place.file, "config", configSchema);
  const document = reading.value ?? {};
  const config = resolveConfig(document, place, reading, hashParts([text]));
  return { config, problems: [...reading.problems, ...unknownPurposes(document, reading)].sort(byPlace) };
}

/** What holds where there is no config. */
export function defaultConfig(): ResolvedConfig {
  return resolveConfig({}, { file: "", folder: "", inside: "" }, null, "");
}

function byPlace(a: DocumentProblem, b: DocumentProblem): number {
  return a.location.line - b.location.line || a.location.column - b.location.column;
}

function resolveConfig(
  document: ConfigDocument,
  place: ConfigPlace,
  reading: Resolving | null,
  digest: string,
): ResolvedConfig {
  const rebase = (patterns: readonly string[] | undefined): string[] =>
    (patterns ?? []).flatMap((pattern) => rebasePattern(pattern, place.folder, place.inside) ?? []);
  const rebaseKey = (key: string): string | null => rebaseFileKey(key, place);
  const known = new Set<string>([...knownPurposes, ...(document.purposes ?? [])]);
  const config: ConfigValues = {
    file: reading === null ? null : place.file,
    folder: place.folder,
    fields: (document.fields ?? []).flatMap((field, index) => {
      const path = rebaseKey(field.path);
      if (path === null || reading === null) return [];
      const purposes = (field.purpose ?? []).filter((word) => known.has(word));
      const location = reading.locate(["fields", index, "path"]);
      return [
        {
          path,
          category: field.category ?? "other",
          purposes,
          retention: readRetention(field.retention),
          location,
        },
      ];
    }),
    models: document.models === undefined || reading === null ? null : modelsOf(reading.yaml),
    purposes: document.purposes ?? [],
    // The register's files may lie above the analysed folder, so they stay relative to the config's own.
    assessments: patternsAt(document, "assessments", reading),
    notices: patternsAt(document, "notices", reading),
    firstParty: document.firstParty ?? [],
    include: document.include === undefined ? null : rebase(document.include),
    exclude: rebase(document.exclude),
    tests: document.tests === undefined ? null : rebase(document.tests),
    rules: definedOnly(document.rules ?? {}),
    switchedOff: ruleIds.flatMap((rule) =>
      reading === null || document.rules?.[rule] !== "off"
        ? []
        : [{ rule, location: reading.locate(["rules", rule]) }],
    ),
    consent: {
      functions: (document.consent?.functions ?? []).flatMap((key) => rebaseKey(key) ?? []),
      operations: document.consent?.operations ?? ["collection", "transfer", "disclosure"],
    },
    stores: (document.stores ?? []).flatMap((store, index) =>
      reading === null ? [] : [{ ...store, location: reading.locate(["stores", index, "match"]) }],
    ),
    deletion: {
      expiresWithinDays: parseDuration(document.deletion?.expiresWithin ?? "") ?? 15,
      retainedByLaw: document.deletion?.retainedByLaw ?? [],
    },
    hostedStores: document.hostedStores ?? false,
    officer: document.officer ?? null,
    specialRules: document.specialRules ?? null,
    userAgreement: document.userAgreement ?? null,
    emergencyPlan: document.emergencyPlan ?? null,
    digest,
  };
  return config as ResolvedConfig;
}

function patternsAt(
  document: ConfigDocument,
  key: "assessments" | "notices",
  reading: Resolving | null,
): ConfigPattern[] {
  return (document[key] ?? []).flatMap((pattern, index) =>
    reading === null ? [] : [{ pattern, location: reading.locate([key, index]) }],
  );
}

function definedOnly(rules: NonNullable<ConfigDocument["rules"]>): ResolvedConfig["rules"] {
  return Object.fromEntries(Object.entries(rules).filter(([, level]) => level !== undefined));
}

function modelsOf(yaml: YamlDocument): ConfigModels | null {
  const node = nodeAt(yaml, ["models"]);
  if (node === null) return null;
  return {
    node,
    file: yaml.file,
    lineAt: (offset) => yaml.lines.linePos(offset).line,
    resolve: (alias: Node) =>
      "resolve" in alias && typeof alias.resolve === "function" ? alias.resolve(yaml.document) : undefined,
  };
}

/** `src/a.ts#save` seen from the analysed folder; a key that begins with a package stays as it is. */
function rebaseFileKey(key: string, place: ConfigPlace): string | null {
  const hash = key.indexOf("#");
  const head = hash === -1 ? key : key.slice(0, hash);
  if (!namesFile(head)) return key;
  const rebased = rebasePattern(head, place.folder, place.inside);
  return rebased === null ? null : `${rebased}${hash === -1 ? "" : key.slice(hash)}`;
}

function namesFile(head: string): boolean {
  return /\.(?:[cm]?[jt]sx?|prisma|vue|svelte)$/u.test(head) || head.includes("*");
}

function readRetention(text: string | undefined): Retention | null {
  return text === undefined ? null : { days: parseDuration(text), text };
}

/** Purposes of `fields:` that are neither built in nor added by `purposes:`. */
function unknownPurposes(document: ConfigDocument, reading: Resolving): DocumentProblem[] {
  const known = [...knownPurposes, ...(document.purposes ?? [])];
  return (document.fields ?? []).flatMap((field, index) =>
    (field.purpose ?? []).flatMap((word, at) => {
      if (known.includes(word)) return [];
      const path = ["fields", index, "purpose", at];
      const problem: DocumentProblem = {
        document: "config",
        kind: "wrong-value",
        path: writePath(path),
        found: word,
        nearest: nearestWord(word, known),
        expected: known,
        location: reading.locate(path),
      };
      return [problem];
    }),
  );
}
