import { LineCounter, isMap, parseDocument, type Node } from "yaml";
import { describe, expect, it } from "vitest";
import { describeModelError } from "../../src/models/model-error.js";
import { parseModelFile, parseUserModels } from "../../src/models/model-file.js";

function errorsOf(text: string): string[] {
  const { model, errors } = parseModelFile(text, "x.yaml");
  expect(model === null).toBe(errors.length > 0);
  return errors.map(describeModelError);
}

describe("parseModelFile", () => {
  it("reads a model with everything", () => {
    const { model, errors } = parseModelFile(
      `package: "@acme/kv"
aliases: [acme-kv]
versions: ">=2 <4"
company: { name: Acme, aliases: [ACME Ltd] }
extends: { Pool: Client }
paths:
  - path: [Client.put, "{Pool,Ring}.put"]
    when: { arg0: { type: string, matches: ^a }, arg1.mode: [x, y], arity: "2.." }
    store: { medium: cache, data: arg1, target: ["kv:", arg0, 'child'], protectedBy: { arg2.sse: [AES256], arg2.key: true }, expires: arg2.ttl }
    disclose: { data: arg1 }
    flow:
      - this[], arg0 -> arg1.param0
      - { from: arg1.result, to: return }
`,
      "x.yaml",
    );
    expect(errors).toEqual([]);
    expect(model).toMatchObject({
      module: "npm:@acme/kv",
      aliases: ["acme-kv"],
      versions: ">=2 <4",
      company: { name: "Acme" },
      extends: { Pool: ["Client"] },
      place: { line: 1 },
    });
    expect(model?.paths.map((path) => [path.text, path.place.line])).toEqual([
      ["Client.put", 7],
      ["Pool.put", 7],
      ["Ring.put", 7],
    ]);
    const [first] = model?.paths ?? [];
    expect(first?.when).toMatchObject([
      { kind: "type", type: "string" },
      { kind: "matches", pattern: "^a" },
      { kind: "equals", values: ["x", "y"] },
      { kind: "arity", min: 2, max: Infinity },
    ]);
    expect(first?.roles).toMatchObject([
      {
        kind: "store",
        medium: "cache",
        target: { parts: ["kv:", { text: "arg0" }, "child"] },
        entity: null,
        expires: { text: "arg2.ttl" },
        protectedBy: [{ address: { text: "arg2.sse" }, values: ["AES256"] }, { values: null }],
      },
      { kind: "disclose", recipient: "Acme", purpose: null },
      { kind: "flow", from: [{ text: "this[]" }, { text: "arg0" }], to: [{ text: "arg1.param0" }] },
      { kind: "flow", from: [{ text: "arg1.result" }], to: [{ text: "return" }] },
    ]);
  });

  it.each([
    ["package: pg", "npm:pg"],
    ["node: fs", "node:fs"],
    ["node: node:fs", "node:fs"],
    ["global: true", "global"],
    ["lib: true", "lib"],
    ["file: ./src/kv.ts", "file:src/kv.ts"],
    ["package: src/lib/kv.ts", "file:src/lib/kv.ts"],
    ["package: chart.js", "npm:chart.js"],
  ])("%s is %s", (head, module) => {
    expect(parseModelFile(`${head}\npaths: []\n`, "x.yaml").model?.module).toBe(module);
  });

  it("takes the call of a path written with ()", () => {
    const { model } = parseModelFile(
      "package: x\npaths:\n  - { path: default(), type: App }\n  - { path: default().get, none: true }\n",
      "x.yaml",
    );
    expect(model?.paths.map((path) => path.path.length)).toEqual([1, 3]);
  });

  it.each([
    [
      "unknown role",
      "package: x\npaths:\n  - path: a\n    stroe: { medium: cache, data: arg0 }\n",
      'x.yaml:4: unknown key "stroe", did you mean "store"?',
    ],
    [
      "unknown key of a role",
      "package: x\npaths:\n  - path: a\n    store:\n      medium: cache\n      data: arg0\n      taget: arg1\n",
      'x.yaml:7: unknown key "taget", did you mean "target"?',
    ],
    [
      "unknown top-level key",
      "package: x\npath: []\n",
      'x.yaml:2: unknown key "path", did you mean "paths"?',
    ],
    [
      "unknown medium",
      "package: x\npaths:\n  - path: a\n    store: { medium: databse, data: arg0 }\n",
      'x.yaml:4: unknown word "databse", did you mean "database"?',
    ],
    [
      "unknown strength",
      "package: x\npaths:\n  - path: a\n    encrypt: { input: arg0, strength: stronk }\n",
      'x.yaml:4: unknown word "stronk", did you mean "strong"?',
    ],
    [
      "unknown form",
      "package: x\npaths:\n  - path: a\n    form: asign\n    none: true\n",
      'x.yaml:4: unknown word "asign", did you mean "assign"?',
    ],
    [
      "unknown root",
      "package: x\npaths:\n  - path: a\n    log: agr0\n",
      'x.yaml:4: malformed address "agr0", did you mean "arg0"?',
    ],
    [
      "unknown root in a target",
      "package: x\npaths:\n  - path: a\n    store: { medium: file, data: arg0, target: ['x', ag1.b] }\n",
      null,
    ],
    [
      "unknown condition",
      "package: x\npaths:\n  - path: a\n    when: { arg0: { matchs: x } }\n    none: true\n",
      'x.yaml:4: unknown key "matchs", did you mean "matches"?',
    ],
    [
      "unknown type in a condition",
      "package: x\npaths:\n  - path: a\n    when: { arg0: { type: strng } }\n    none: true\n",
      'x.yaml:4: unknown word "strng", did you mean "string"?',
    ],
    [
      "unknown purpose",
      "package: x\ncompany: X\npaths:\n  - path: a\n    disclose: { purpose: analitics }\n",
      'x.yaml:5: unknown word "analitics", did you mean "analytics"?',
    ],
    [
      "unknown category",
      "package: x\npaths:\n  - path: a\n    childData: identiy\n",
      'x.yaml:4: unknown word "identiy", did you mean "identity"?',
    ],
    [
      "unknown fact",
      "package: x\npaths:\n  - path: a\n    fact: base-urls\n",
      'x.yaml:4: unknown word "base-urls", did you mean "base-url"?',
    ],
    [
      "unknown operation",
      "package: x\npaths:\n  - path: a\n    consent: { effect: tests, operations: [colection] }\n",
      'x.yaml:4: unknown word "colection", did you mean "collection"?',
    ],
  ])("says where: %s", (_name, text, expected) => {
    const errors = errorsOf(text);
    expect(errors).toHaveLength(1);
    if (expected !== null) expect(errors[0]).toBe(expected);
    else expect(errors[0]).toContain("x.yaml:4: malformed address");
  });

  it.each([
    ["a missing key", "package: x\npaths:\n  - path: a\n    store: { target: arg0 }\n", 'missing key "data"'],
    ["no role", "package: x\npaths:\n  - path: a\n", 'missing key "a role"'],
    ["no module", "paths: []\n", "missing key"],
    ["two modules", "package: x\nnode: fs\npaths: []\n", 'duplicate key "node"'],
    [
      "a disclosure to nobody",
      "package: x\npaths:\n  - path: a\n    disclose: { data: arg0 }\n",
      'missing key "recipient"',
    ],
    ["a malformed range", "package: x\nversions: new\npaths: []\n", 'malformed range "new"'],
    [
      "a malformed pattern",
      "package: x\npaths:\n  - path: a\n    when: { arg0: { matches: '(' } }\n    none: true\n",
      'malformed pattern "("',
    ],
    [
      "a malformed arity",
      "package: x\npaths:\n  - path: a\n    when: { arity: two }\n    none: true\n",
      'malformed arity "two"',
    ],
    ["a malformed path", "package: x\npaths:\n  - path: a..b\n    none: true\n", "malformed path"],
    ["none: false", "package: x\npaths:\n  - path: a\n    none: false\n", 'wrong kind "false"'],
    [
      "name0 without *",
      "package: x\npaths:\n  - path: a\n    store: { medium: cache, data: arg0, target: name0 }\n",
      'senseless address "name0"',
    ],
    ["value in a call", "package: x\npaths:\n  - path: a\n    log: value\n", 'senseless address "value"'],
    [
      "an argument of an assignment",
      "package: x\npaths:\n  - path: a.b\n    form: assign\n    log: arg0\n",
      'senseless address "arg0"',
    ],
    ["an arrow without an end", "package: x\npaths:\n  - path: a\n    flow: arg0 ->\n", "wrong kind"],
    ["broken YAML", "package: [x\n", "malformed yaml"],
    ["a key twice", "package: x\npackage: y\npaths: []\n", "duplicate key"],
    ["a list for a file", "- a\n", 'wrong kind "list"'],
    ["an empty file", "", "wrong kind"],
  ])("refuses %s", (_name, text, expected) => {
    expect(errorsOf(text).join("\n")).toContain(expected);
  });

  it("reports every error of a file, each at its line", () => {
    const errors = errorsOf(
      "package: x\npaths:\n  - path: a\n    log: agr0\n  - path: b\n    nonsense: true\n  - path: c\n    store: { medium: cash, data: arg0 }\n",
    );
    expect(errors.map((error) => error.split(":")[1])).toEqual(["4", "6", "8"]);
  });

  it("a request that erases is a method and the end of an address", () => {
    const company = (erases: string): string => `package: x\ncompany: { name: Post, erases: ${erases} }\n`;
    expect(errorsOf(company("DELETE /contacts/*"))).toEqual([]);
    expect(errorsOf(company('["POST /engage#gone", "DELETE /users/*?hard=true"]'))).toEqual([]);
    expect(errorsOf(company("REMOVE /contacts")).join("\n")).toContain("DELETE /contacts/*");
    expect(errorsOf(company("DELETE contacts")).join("\n")).toContain("DELETE /contacts/*");
  });

  it("asks who gets what a package discloses", () => {
    expect(errorsOf("package: x\ndiscloses: analytics\n").join("\n")).toContain("company");
    expect(errorsOf("package: x\ncompany: Post\ndiscloses: analitics\n").join("\n")).toContain("analytics");
    expect(errorsOf("package: x\ncompany: Post\ndiscloses: analytics\n")).toEqual([]);
  });

  it("reads options of which one set keeps data out", () => {
    const { model, errors } = parseModelFile(
      "package: x\ncompany: Post\npaths:\n  - path: init\n    captures: { what: screen, unless: [{ arg0.mask: true }, { arg0.off: true }] }\n",
      "x.yaml",
    );
    expect(errors).toEqual([]);
    expect(model?.paths[0]?.roles[0]).toMatchObject({ kind: "captures", what: "screen", recipient: "Post" });
  });

  it("follows YAML anchors", () => {
    const { model, errors } = parseModelFile(
      "package: x\npaths:\n  - path: a\n    store: &s { medium: cache, data: arg0 }\n  - path: b\n    store: *s\n",
      "x.yaml",
    );
    expect(errors).toEqual([]);
    expect(model?.paths[1]?.roles).toEqual(model?.paths[0]?.roles);
  });
});

describe("parseUserModels", () => {
  function read(text: string): ReturnType<typeof parseUserModels> {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const node = isMap(document.contents) ? (document.contents.get("models", true) as Node) : null;
    return parseUserModels(
      node,
      { file: "child-privacy.yaml", lineAt: (offset) => lines.linePos(offset).line },
      ["enrolment"],
    );
  }

  it("reads packages and project files, with the config's lines and purposes", () => {
    const { models, errors } = read(`purposes: [enrolment]
models:
  - package: "@acme/kv"
    company: Acme
    paths:
      - path: KvClient.put
        store: { medium: cache, data: arg1, target: arg0 }
        disclose: { purpose: enrolment }
  - package: src/lib/kv.ts
    paths: [{ path: put, log: args }]
`);
    expect(errors).toEqual([]);
    expect(models.map((model) => [model.module, model.place.line])).toEqual([
      ["npm:@acme/kv", 3],
      ["file:src/lib/kv.ts", 9],
    ]);
  });

  it("keeps what is right beside what is wrong", () => {
    const { models, errors } = read(
      "models:\n  - package: good\n    paths: [{ path: a, none: true }]\n  - package: bad\n    paths: [{ path: a, nun: true }]\n",
    );
    expect(models.map((model) => model.module)).toEqual(["npm:good"]);
    expect(errors.map(describeModelError)).toEqual([
      'child-privacy.yaml:5: unknown key "nun", did you mean "none"?',
    ]);
  });

  it("refuses what is no list", () => {
    expect(read("models: 3\n").errors.map((error) => error.kind)).toEqual(["wrong-kind"]);
  });
});
