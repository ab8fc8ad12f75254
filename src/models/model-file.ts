/** Reads model files (and the `models:` of a config) into `PackageModel`s, or says line by line what is wrong. */
import { LineCounter, isAlias, type Node, type Pair, isMap, isSeq, parseDocument } from "yaml";
import type { AskedBy, KeptUnder } from "../contracts/company.js";
import type { PackageModel, PathModel, Role } from "../contracts/model.js";
import { recipientRoles } from "../contracts/vocabulary.js";
import { conditions, sharedSchemas } from "./address-readers.js";
import type { ModelError } from "./model-error.js";
import { moduleOfPackage } from "./module-name.js";
import { expandAlternatives, parsePath } from "./path.js";
import {
  type Failed,
  type Field,
  type JsonSchema,
  type ModelSource,
  Reading,
  type Reader,
  affirmed,
  describeNode,
  failed,
  flag,
  mapping,
  oneOrMore,
  optional,
  required,
  text,
  word,
  wrongKind,
} from "./reader.js";
import { everything, purpose } from "./recipient-roles.js";
import { nearestRoleKey, roleForms, roleKeys } from "./role-grammar.js";
import { checkAddresses } from "./senseless-address.js";
import { parseVersionRange } from "./version-range.js";

const pathForms = ["call", "assign", "read", "jsx", "decorator", "convention", "type"] as const;
const moduleKeys = ["package", "node", "global", "lib", "file"] as const;
const pathKeys = ["path", "form", "when"];

const pathTexts: Reader<readonly string[]> = {
  schema: oneOrMore(text).schema,
  expects: "a path, or a list of paths",
  read(node, reading) {
    const written = oneOrMore(text).read(node, reading);
    if (written === failed) return failed;
    const all = written.flatMap(expandAlternatives);
    for (const each of all) {
      const path = parsePath(each);
      if (!path.ok) return reading.fail(node, "malformed-path", path.problem);
    }
    return all;
  },
};

const heads = {
  path: required(pathTexts),
  form: optional(word(pathForms), "call"),
  when: optional(conditions, []),
} as const;

/** A path with its roles; several paths that share them give one model each. */
const pathModels: Reader<readonly PathModel[]> = {
  schema: {
    type: "object",
    properties: {
      path: heads.path.reader.schema,
      form: heads.form.reader.schema,
      when: heads.when.reader.schema,
      ...Object.fromEntries(Object.entries(roleForms).map(([key, each]) => [key, each.schema])),
    },
    required: ["path"],
    additionalProperties: false,
  },
  expects: "a mapping with `path` and roles",
  read(node, reading) {
    if (!isMap(node)) return wrongKind(reading, node, "a mapping with `path` and roles");
    const pairs = node.items as Pair<Node, Node | null>[];
    const head = mapping(heads).read(headOnly(node, pairs), reading);
    const roles = readRoles(pairs, reading);
    if (head === failed || roles === failed) return failed;
    if (roles.length === 0) return reading.fail(node, "missing-key", { word: "a role", expected: roleKeys });
    const place = reading.place(node);
    const found: PathModel[] = [];
    for (const written of head.path) {
      const path = parsePath(written);
      if (path.ok)
        found.push({
          path: withoutLastCall(path.value),
          text: written,
          form: head.form,
          when: head.when,
          roles,
          place,
        });
    }
    return found.every((model) => checkAddresses(model, node, reading)) ? found : failed;
  },
};

/** `default()` as a path means the call of `default`, as `default` does. */
function withoutLastCall(path: PathModel["path"]): PathModel["path"] {
  return path.length > 1 && path.at(-1)?.kind === "result" ? path.slice(0, -1) : path;
}

/** The mapping with the keys that are no roles, so that its reader sees only those. */
function headOnly(node: Node, pairs: readonly Pair<Node, Node | null>[]): Node {
  const copy = Object.create(node) as Node & { items: unknown };
  copy.items = pairs.filter((pair) => pathKeys.includes(describeNode(pair.key)));
  return copy;
}

function readRoles(pairs: readonly Pair<Node, Node | null>[], reading: Reading): readonly Role[] | Failed {
  const roles: Role[] = [];
  let isWrong = false;
  for (const pair of pairs) {
    const key = describeNode(pair.key);
    if (pathKeys.includes(key)) continue;
    const form = Object.hasOwn(roleForms, key) ? roleForms[key] : undefined;
    if (form === undefined) {
      reading.fail(pair.key, "unknown-key", {
        word: key,
        nearest: nearestRoleKey(key, pathKeys),
        expected: [...pathKeys, ...roleKeys],
      });
      isWrong = true;
      continue;
    }
    const found = form.read(reading.follow(pair.value), reading);
    if (found === failed) isWrong = true;
    else roles.push(...found);
  }
  return isWrong ? failed : roles;
}

/** `contacts`, `identify as users`: a word of an address, and what is kept by it. */
const keptUnder: Reader<KeptUnder> = {
  schema: text.schema,
  expects: text.expects,
  read(node, reading) {
    const written = text.read(node, reading);
    if (written === failed) return failed;
    const [word = "", target = word] = written.split(" as ");
    return { word, target };
  },
};

/** `DELETE /contacts/*` */
const askedBy: Reader<AskedBy> = {
  schema: text.schema,
  expects: "a request, as in `DELETE /contacts/*`",
  read(node, reading) {
    const written = text.read(node, reading);
    if (written === failed) return failed;
    const [, verb, path, query = ""] =
      /^(delete|get|patch|post|put) \/([^\s?]+)(?:\?(\S+))?$/u.exec(written.toLowerCase()) ?? [];
    if (verb === undefined || path === undefined) return wrongKind(reading, node, askedBy.expects);
    return { verb, path: path.split(/[/#]/u), query };
  },
};

const companyReader = mapping(
  {
    name: required(text),
    aliases: optional(oneOrMore(text), []),
    hosts: optional(oneOrMore(text), []),
    role: optional(word(recipientRoles), "processor"),
    forwards: optional(flag, false),
    keeps: optional(oneOrMore(keptUnder), []),
    erases: optional(oneOrMore(askedBy), []),
    archives: optional(oneOrMore(askedBy), []),
  },
  "name",
);

/** What holds for everything of a package that no path describes: whatever its calls and elements get. */
const discloses = mapping(
  { purpose: required(purpose), recipient: optional(text, null), as: optional(word(recipientRoles), null) },
  "purpose",
);

function restOf(
  { purpose, recipient, as }: Exclude<ReturnType<typeof discloses.read>, Failed>,
  company: string | null,
  place: PathModel["place"],
): PathModel[] {
  const data = everything;
  const role = { kind: "disclose", recipient: recipient ?? company ?? "", purpose, data, as } as const;
  const rest = { path: [{ kind: "rest" }], text: "**", when: [], roles: [role], place } as const;
  return [
    { ...rest, form: "call" },
    { ...rest, form: "jsx" },
  ];
}

const versionRange: Reader<string> = {
  schema: text.schema,
  expects: "a version range",
  read(node, reading) {
    const range = text.read(node, reading);
    if (range === failed || parseVersionRange(range) !== null) return range;
    return reading.fail(node, "malformed-range", {
      word: range,
      expected: [">=8", "<3", "^2.1", ">=1 <3", "1 || 2"],
    });
  },
};

/** `Buffer: Uint8Array`, `Client: "node:events#EventEmitter"`: whose members these types have as well. */
const extendsReader: Reader<Readonly<Record<string, readonly string[]>>> = {
  schema: { type: "object", additionalProperties: oneOrMore(text).schema },
  expects: "a mapping from type names to type names",
  read(node, reading) {
    if (!isMap(node)) return wrongKind(reading, node, "a mapping from type names to type names");
    const found: Record<string, readonly string[]> = {};
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const bases = oneOrMore(text).read(reading.follow(pair.value), reading);
      if (bases === failed) return failed;
      for (const name of expandAlternatives(describeNode(pair.key))) found[name] = bases;
    }
    return found;
  },
};

const paths: Reader<readonly PathModel[]> = {
  schema: { type: "array", items: pathModels.schema },
  expects: "a list of paths",
  read(node, reading) {
    if (!isSeq(node)) return wrongKind(reading, node, "a list of paths");
    const found = node.items.map((item) => pathModels.read(reading.follow(item as Node), reading));
    return found.flatMap((each) => (each === failed ? [] : each));
  },
};

const fields = {
  package: optional(text, null),
  node: optional(text, null),
  global: optional(affirmed, null),
  lib: optional(affirmed, null),
  file: optional(text, null),
  aliases: optional(oneOrMore(text), []),
  versions: optional(versionRange, null),
  company: optional(companyReader, null),
  engine: optional(oneOrMore(text), []),
  direct: optional(oneOrMore(text), []),
  synchronous: optional(oneOrMore(text), []),
  extends: optional(extendsReader, null),
  discloses: optional(discloses, null),
  paths: optional(paths, []),
} as const satisfies Record<string, Field<unknown>>;

const model = mapping(fields);

/** The JSON Schema of a model file. */
export const modelSchema: JsonSchema = {
  ...model.schema,
  $defs: sharedSchemas,
  oneOf: moduleKeys.map((key) => ({ required: [key] })),
};

function readModel(node: Node | null, reading: Reading): PackageModel | null {
  reading.company = companyOf(node);
  const values = model.read(node, reading);
  if (values === failed) return null;
  const given = moduleKeys.filter((key) => values[key] !== null);
  if (given.length !== 1) {
    reading.fail(node, given.length === 0 ? "missing-key" : "duplicate-key", {
      word: given[1] ?? "package",
      expected: moduleKeys,
    });
    return null;
  }
  const module =
    values.package !== null
      ? moduleOfPackage(values.package)
      : values.node !== null
        ? `node:${values.node.replace(/^node:/u, "")}`
        : values.file !== null
          ? `file:${values.file.replace(/^\.\//u, "")}`
          : values.lib !== null
            ? "lib"
            : "global";
  const place = reading.place(node);
  if (values.discloses !== null && values.discloses.recipient === null && reading.company === null) {
    reading.fail(node, "missing-key", { word: "company", expected: ["the company's name as `company:`"] });
    return null;
  }
  return {
    module,
    aliases: values.aliases,
    versions: values.versions,
    company: values.company,
    paths:
      values.discloses === null
        ? values.paths
        : [...values.paths, ...restOf(values.discloses, reading.company, place)],
    place,
    ...(values.extends === null ? {} : { extends: values.extends }),
    ...enginesOf(values.engine),
    ...(values.direct.length === 0 ? {} : { direct: values.direct }),
    ...(values.synchronous.length === 0 ? {} : { synchronous: values.synchronous }),
  };
}

/** `sql`, and `mongodb by ObjectIdColumn` where the program shows it. */
function enginesOf(words: readonly string[]): Pick<PackageModel, "engines" | "enginesShown"> {
  const engines = words.filter((word) => !word.includes(" by "));
  const enginesShown = words.flatMap((word) => {
    const [, engine, by] = /^(\S+) by (.+)$/u.exec(word) ?? [];
    return engine === undefined || by === undefined ? [] : [{ engine, by }];
  });
  return {
    ...(engines.length === 0 ? {} : { engines }),
    ...(enginesShown.length === 0 ? {} : { enginesShown }),
  };
}

/** The company's name, read ahead because roles need it, wherever in the file it stands. */
function companyOf(node: Node | null): string | null {
  if (!isMap(node)) return null;
  const company = node.get("company", true) as Node | undefined;
  const name = isMap(company) ? company.get("name") : node.get("company");
  return typeof name === "string" ? name : null;
}

/** Parses a file of the catalogue. `fileName` is only used in errors and places. */
export function parseModelFile(
  content: string,
  fileName: string,
): { model: PackageModel | null; errors: ModelError[] } {
  const { reading, contents } = openModels(content, fileName);
  if (reading.errors.length > 0) return { model: null, errors: reading.errors };
  const found = readModel(contents, reading);
  return { model: reading.errors.length === 0 ? found : null, errors: reading.errors };
}

/** Parses a list of the catalogue's: entries of the same format as its files. */
export function parseModelList(
  content: string,
  fileName: string,
): { models: PackageModel[]; errors: ModelError[] } {
  const { reading, contents } = openModels(content, fileName);
  return { models: reading.errors.length === 0 ? readModels(contents, reading) : [], errors: reading.errors };
}

function openModels(content: string, fileName: string): { reading: Reading; contents: Node | null } {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false, merge: true });
  const reading = new Reading({
    file: fileName,
    lineAt: (offset) => lines.linePos(offset).line,
    resolve: (alias) => (isAlias(alias) ? alias.resolve(document) : undefined),
  });
  for (const error of document.errors) {
    reading.errors.push({
      kind: error.code === "DUPLICATE_KEY" ? "duplicate-key" : "malformed-yaml",
      word: error.message,
      nearest: null,
      expected: [],
      place: { file: fileName, line: lines.linePos(error.pos[0]).line },
    });
  }
  return { reading, contents: document.contents };
}

/**
 * Reads the `models:` list of a config: the same format as a file of the catalogue, an entry a package or
 * project file. What could be read is returned beside the errors of the rest.
 */
export function parseUserModels(
  node: Node | null,
  source: ModelSource,
  purposes: readonly string[] = [],
): { models: PackageModel[]; errors: ModelError[] } {
  const reading = new Reading(source, purposes);
  return { models: readModels(node, reading), errors: reading.errors };
}

function readModels(node: Node | null, reading: Reading): PackageModel[] {
  const models: PackageModel[] = [];
  if (!isSeq(node)) wrongKind(reading, node, "a list of models");
  else {
    for (const item of node.items) {
      const before = reading.errors.length;
      const found = readModel(reading.follow(item as Node), reading);
      // A wrong path costs only itself; nothing is kept of an entry without a good one.
      if (found !== null && (found.paths.length > 0 || reading.errors.length === before)) models.push(found);
    }
  }
  return models;
}
