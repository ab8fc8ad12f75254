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
    ["userAgreement: []", '1:1 wrong-value userAgreement "[]"'],
    ["officer: !!binary aGVsbG8=", '1:1 wrong-value officer "aGVsbG8="'],
    ['hostedStores: "a\\nb"', '1:1 wrong-value hostedStores "a b"'],
    ["root:x:0\ndaemon:y:1", '1:1 not-a-mapping  "root:x:0 daemon:y:1"'],
    ["purposes: [a]\n---\npurposes: [b]", '2:1 several-documents  "---"'],
    ['fields: &f [{ path: "x" }]\nx: *f', '1:15 wrong-value fields[0].path "x"', '2:1 unknown-key x "x"'],
  ])("%s", ([text, ...expected]) => {
    expect(problemsOf(text ?? "")).toEqual(expected);
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

describe("an alias that cannot be followed costs nothing but itself", () => {
  const levels = [1, 2, 3, 4, 5, 6].map(
    (level) => `- &a${String(level)} [${Array.from({ length: 9 }, () => `*a${String(level - 1)}`).join()}]`,
  );

  test.for([
    ["purposes: *nope\nfirstParty: [a.cn]", ['1:11 unknown-anchor purposes "*nope"'], ["a.cn"]],
    ["firstParty: [*.acme.cn, a.cn]", ['1:14 unknown-anchor firstParty[0] "*.acme.cn"'], ["a.cn"]],
    ["firstParty: &p [a.cn, *p]", ['1:23 endless-alias firstParty[1] "*p"'], ["a.cn"]],
    ["firstParty: [*p]\nexclude: [&p x]", ['1:14 unknown-anchor firstParty[0] "*p"'], []],
    // What it would have said is written, and not missing.
    [
      "officer: &o { name: n, contact: *o }\nfirstParty: [a.cn]",
      ['1:33 endless-alias officer.contact "*o"'],
      ["a.cn"],
    ],
    ["*x : 1\nfirstParty: [a.cn]", ['1:1 unknown-anchor  "*x"'], ["a.cn"]],
    ["*x", ['1:1 unknown-anchor  "*x"'], []],
    ["deletion: { <<: hello }\nfirstParty: [a.cn]", ['1:13 wrong-merge deletion.<< "<<"'], ["a.cn"]],
    ["firstParty: &p [a.cn]\nexclude: *p", [], ["a.cn"]],
  ] as const)("%s", ([text, problems, firstParty]) => {
    expect(problemsOf(text)).toEqual(problems);
    expect(parseConfig(text, here).config.firstParty).toEqual(firstParty);
  });

  test("aliases of aliases are read as far as they go, and told once", () => {
    const text = `firstParty: [a.cn]\nexclude:\n- &a0 [x,x,x,x,x,x,x,x,x]\n${levels.join("\n")}`;
    expect(problemsOf(text).filter((problem) => problem.includes("alias"))).toEqual([
      expect.stringMatching(/^7:\d+ too-many-aliases exclude\[4\]\[1\] "\*a3"$/u),
    ]);
    expect(parseConfig(text, here).config.firstParty).toEqual(["a.cn"]);
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
