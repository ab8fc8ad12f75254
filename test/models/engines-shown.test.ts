import { describe, expect, it } from "vitest";
import type { PackageModel } from "../../src/contracts/model.js";
import { createCatalogue } from "../../src/models/catalogue.js";
import { asShown } from "../../src/models/engines-shown.js";
import { parseModelFile } from "../../src/models/model-file.js";
import { lowerText } from "../lower/support/lower-text.js";

function catalogueOf(engine: string): ReturnType<typeof createCatalogue> {
  const { model, errors } = parseModelFile(`package: orm\nengine: [sql, '${engine}']\n`, "x.yaml");
  expect(errors).toEqual([]);
  return createCatalogue([model as PackageModel]);
}

function enginesIn(engine: string, text: string, schema = "", other = ""): readonly string[] | undefined {
  const catalogue = catalogueOf(engine);
  const files = [text, other].map((each) => ({ text: each, graph: () => lowerText(each) }));
  return asShown(catalogue, files, [{ text: schema }]).find("npm:orm")[0]?.engines;
}

const both = ["sql", "mongodb"];
const one = ["sql"];

describe("engines that options show", () => {
  const engine = 'mongodb by type: "mongodb"';

  it.each([
    'new Source({ type: "mongodb" });',
    "new Source({ type:\n`mongodb`, url });",
    'const options = { "type": "mongodb" as const };',
    'const type = "mongodb";\nexport const make = () => new Source({ type });',
    'new Source({ type: process.env.DB ?? "mongodb" });',
    'const options = {};\noptions.type = "mongodb";',
  ])("%s", (text) => {
    expect(enginesIn(engine, text)).toEqual(both);
  });

  it.each([
    'new Source({ type: "postgres" });',
    '// once it was type: "mongodb"\nnew Source({ type: "postgres" });',
    "log('type: \"mongodb\"');",
    'new Source({ kind: "mongodb" });',
  ])("not: %s", (text) => {
    expect(enginesIn(engine, text)).toEqual(one);
  });
});

describe("engines that options of a connection show", () => {
  const engine = 'mongodb by type: "mongodb" beside url, entities';

  it.each([
    'new Source({ type: "mongodb", url });',
    'new Source({ type: "mongodb" });',
    'new Source({ name: "main", type: "mongodb" });',
    'new Source({ ...base, type: "mongodb", label: 1 });',
    'new Source({ type: "mongodb", [key]: url });',
    'const options = { label: 1 };\noptions.type = "mongodb";\noptions.url = url;',
    'const set = (options) => { options.type = "mongodb"; };',
    'new Source({ type: process.env.DB as "mongodb", url });',
    'new Source({ type: process.env.DB as "postgres" | "mongodb", url });',
    'new Source({ type: config.get<"mongodb">("DB"), url });',
  ])("%s", (text) => {
    expect(enginesIn(engine, text)).toEqual(both);
  });

  it.each([
    'answer({ name: "events", type: "mongodb", up: true });',
    'const kinds = [{ label: "Documents", type: "mongodb" }];',
    'const shape = { type: "mongodb", properties: {} };',
    'new Source({ type: process.env.DB as "postgres", url }, "mongodb");',
  ])("not: %s", (text) => {
    expect(enginesIn(engine, text)).toEqual(one);
  });

  it.each([
    [
      'import { DB } from "./settings";\nnew Source({ type: DB, url });',
      'export const DB = "mongodb" as const;',
    ],
    [
      'import * as all from "./settings";\nnew Source({ type: all.DB, url });',
      'export const DB = "mongodb";',
    ],
    ['import DB from "./settings";\nnew Source({ type: DB, url });', 'export default "mongodb";'],
    [
      'import { settings } from "./settings";\nconst { engine } = settings.db;\nnew Source({ type: engine, url });',
      'export const settings = { db: { engine: "mongodb" } };',
    ],
    [
      'import { Engine } from "./settings";\nnew Source({ type: Engine.Documents, entities: [] });',
      'export enum Engine { Tables = "postgres", Documents = "mongodb" }',
    ],
    [
      'const { DB } = require("./settings");\nmodule.exports = { type: DB, url };',
      'module.exports = { DB: "mongodb" };',
    ],
  ])("by a name: %s", (text, other) => {
    expect(enginesIn(engine, text, "", other)).toEqual(both);
  });

  it.each([
    ['import { DB } from "./settings";\nnew Source({ type: DB, url });', 'export const DB = "postgres";'],
    [
      'import { Engine } from "./settings";\nnew Source({ type: Engine.Tables, entities: [] });',
      'export enum Engine { Tables = "postgres", Documents = "mongodb" }',
    ],
    ['import { DB } from "./settings";\nanswer({ type: DB, up: true });', 'export const DB = "mongodb";'],
    [
      'import { DB } from "./settings";\nlog(DB);\nnew Source({ type: kind, url });',
      'export const DB = "mongodb";',
    ],
  ])("not by a name: %s", (text, other) => {
    expect(enginesIn(engine, text, "", other)).toEqual(one);
  });
});

describe("engines that names show", () => {
  it.each(['import { IdColumn } from "orm";', 'const orm = require("orm");\norm.IdColumn();'])(
    "%s",
    (text) => {
      expect(enginesIn("mongodb by IdColumn", text)).toEqual(both);
    },
  );

  it.each(["/** IdColumn is not ours. */\nrun();", 'log("IdColumn");'])("not: %s", (text) => {
    expect(enginesIn("mongodb by IdColumn", text)).toEqual(one);
  });
});

describe("engines that imports show", () => {
  const engine = 'mongodb by "@orm/mongodb"';

  it.each([
    'import { Orm } from "@orm/mongodb";',
    'const { Orm } = require("@orm/mongodb");',
    'export * from "@orm/mongodb";',
  ])("%s", (text) => {
    expect(enginesIn(engine, text)).toEqual(both);
  });

  it.each(['// we left "@orm/mongodb" last year\nrun();', 'log("@orm/mongodb");'])("not: %s", (text) => {
    expect(enginesIn(engine, text)).toEqual(one);
  });
});

describe("engines that schemas show", () => {
  const engine = 'mongodb by provider = "mongodb"';

  it("by a setting", () => {
    expect(enginesIn(engine, "", 'datasource db {\n  provider = "mongodb"\n}')).toEqual(both);
  });

  it("not by a comment", () => {
    const schema =
      'datasource db {\n  // provider = "mongodb"\n  provider = "postgresql" // provider = "mongodb"\n}';
    expect(enginesIn(engine, "", schema)).toEqual(one);
  });
});

describe("a catalogue of which nothing more is shown", () => {
  it("is the same", () => {
    const catalogue = catalogueOf("mongodb by IdColumn");
    expect(asShown(catalogue, [], [])).toBe(catalogue);
  });
});
