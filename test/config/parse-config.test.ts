import { describe, expect, test } from "vitest";
import { defaultConfig, parseConfig, type ConfigPlace } from "../../src/config/parse-config.js";

const here: ConfigPlace = { file: "child-privacy.yaml", folder: "", inside: "" };

function problemsOf(text: string): string[] {
  return parseConfig(text, here).problems.map(
    ({ kind, path, found, nearest, location }) =>
      `${String(location.line)}:${String(location.column)} ${kind} ${path} "${found}"${nearest === null ? "" : ` → ${nearest}`}`,
  );
}

describe("what is right", () => {
  test("nothing at all gives the defaults", () => {
    const { config, problems } = parseConfig("", here);
    expect(problems).toEqual([]);
    expect(config.deletion).toEqual({ expiresWithinDays: 15, retainedByLaw: [] });
    expect(config.hostedStores).toBe(false);
    expect(config.consent.operations).toEqual(["collection", "transfer", "disclosure"]);
    expect(defaultConfig().file).toBeNull();
  });

  test("a key whose entries are all commented out says nothing", () => {
    expect(problemsOf("fields:\n  # - path: x\nstores:\n")).toEqual([]);
  });

  test("fields keep their place, and read purposes and periods", () => {
    const { config } = parseConfig(
      'purposes: [enrolment]\nfields:\n  - path: "src/a.ts#User.name"\n    category: identity\n    purpose: [enrolment]\n    retention: P180D\n',
      here,
    );
    expect(config.fields).toEqual([
      {
        path: "src/a.ts#User.name",
        category: "identity",
        purposes: ["enrolment"],
        retention: { days: 180, text: "P180D" },
        location: { file: "child-privacy.yaml", line: 3, column: 5, endLine: 3, endColumn: 9 },
      },
    ]);
  });

  test("anchors, aliases and merge keys are YAML like any other", () => {
    const { config, problems } = parseConfig(
      'stores:\n  - &s { match: "database:pg/a", encryptedAtRest: "docs" }\n  - { <<: *s, match: "cache:ioredis/*" }\n',
      here,
    );
    expect(problems).toEqual([]);
    expect(config.stores.map((store) => [store.match, store.encryptedAtRest, store.location.line])).toEqual([
      ["database:pg/a", "docs", 2],
      ["cache:ioredis/*", "docs", 3],
    ]);
  });
});

describe("what is wrong is named with its line and the nearest right word", () => {
  test.for([
    ["feilds: []", '1:1 unknown-key feilds "feilds" → fields'],
    [
      "deletion:\n  expireWithin: 15d",
      '2:3 unknown-key deletion.expireWithin "expireWithin" → expiresWithin',
    ],
    ["deletion:\n  expiresWithin: soon", '2:3 wrong-value deletion.expiresWithin "soon"'],
    ["hostedStores: sometimes", '1:1 wrong-value hostedStores "sometimes"'],
    ["firstParty: 12", '1:1 wrong-value firstParty "12"'],
    [
      "rules:\n  require-encription: error",
      '2:3 unknown-key rules.require-encription "require-encription" → require-encryption',
    ],
    ["rules:\n  require-encryption: fatal", '2:3 wrong-value rules.require-encryption "fatal"'],
    ['fields:\n  - path: "User"', '2:5 wrong-value fields[0].path "User"'],
    [
      'fields:\n  - path: "a.ts#U.x"\n    category: idntity',
      '3:5 wrong-value fields[0].category "idntity" → identity',
    ],
    [
      'fields:\n  - path: "a.ts#U.x"\n    purpose: [servise]',
      '3:15 wrong-value fields[0].purpose[0] "servise" → service',
    ],
    ['stores:\n  - match: "database:pg/*"', '2:5 missing-key stores[0].encryptedAtRest "encryptedAtRest"'],
    ["- a\n- b", '1:1 not-a-mapping  "a list"'],
    ["officer: { name: x, contact: y }\nofficer: { name: z, contact: y }", '2:1 duplicate-key  "officer"'],
  ])("%s", ([text, expected]) => {
    expect(problemsOf(text ?? "")).toEqual([expected]);
  });

  test("text that is no YAML", () => {
    const [problem] = parseConfig("rules: [\nofficer: x: y\n", here).problems;
    expect(problem?.kind).toBe("not-yaml");
    expect(problem?.location.line).toBeGreaterThan(1);
  });

  test("costs nothing but itself", () => {
    const { config, problems } = parseConfig(
      'stores:\n  - match: "database:pg/a"\n  - match: "database:pg/b"\n    encryptedAtRest: docs\n    typo: 1\nhostedStores: 3\nexclude: ["old/**"]\n',
      here,
    );
    expect(problems).toHaveLength(3);
    expect(config.stores.map((store) => [store.match, store.location.line])).toEqual([["database:pg/b", 3]]);
    expect(config.exclude).toEqual(["old/**"]);
  });
});

describe("patterns are seen from the analysed folder", () => {
  const text = 'fields:\n  - path: "src/a.ts#U.x"\n  - path: "@acme/kv#C.y"\nexclude: ["old/**"]\n';

  test("from a config in a folder below", () => {
    const { config } = parseConfig(text, {
      file: "packages/api/child-privacy.yaml",
      folder: "packages/api",
      inside: "",
    });
    expect(config.fields.map((field) => field.path)).toEqual(["packages/api/src/a.ts#U.x", "@acme/kv#C.y"]);
    expect(config.exclude).toEqual(["packages/api/old/**"]);
  });

  test("from a config above: what cannot match is left out", () => {
    const above = (path: string): string[] =>
      parseConfig(`fields:\n  - path: "${path}#U.x"\n`, {
        file: "../../child-privacy.yaml",
        folder: "../..",
        inside: "packages/api",
      }).config.fields.map((field) => field.path);
    expect(above("packages/api/src/a.ts")).toEqual(["src/a.ts#U.x"]);
    expect(above("packages/*/src/a.ts")).toEqual(["src/a.ts#U.x"]);
    expect(above("**/a.ts")).toEqual(["**/a.ts#U.x"]);
    expect(above("packages/web/src/a.ts")).toEqual([]);
  });
});
