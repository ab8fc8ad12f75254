/** What is said of the setup where a part of it cannot be read, and that lint and audit say the same. */
import { describe, expect, test } from "vitest";
import { auditFiles, lintFiles, type Files } from "../support/run-code.js";

const name = "child-privacy/no-child-data-in-logs";
const child = "interface Child {\n  /** @childData contact */\n  email: string;\n}\n";
const log = "export function f(child: Child): void {\n  console.log(child.email);\n}\n";
const code: Files = { "a.ts": `${child}${log}` };
const papers =
  'officer: { name: n, contact: c }\nspecialRules: r\nuserAgreement: u\nemergencyPlan: "docs/plan.md"\n';

function said(config: string): string[] {
  const { findings } = auditFiles({ ...code, "child-privacy.yaml": config }).report;
  return findings.filter(({ rule }) => rule === "valid-setup").map(({ message }) => message);
}

describe("papers that the config may name where it cannot be read", () => {
  test.for([
    [`${papers}fields: [\n`],
    ["just words\n"],
    [papers.replace("officer:", "oficer:")],
    [papers.replace("{ name: n, contact: c }", "*nobody")],
  ])("are not asked for beside that: %s", ([config = ""]) => {
    const messages = said(config);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter((message) => message.includes("says nothing of"))).toEqual([]);
  });

  test.for([
    ["hostedStores: sometimes\n", "officer, specialRules, userAgreement and emergencyPlan"],
    // What a half of it lacks is told at the half.
    ["officer: { name: n }\n", "specialRules, userAgreement and emergencyPlan"],
    ["purposes: *nope\n", "officer, specialRules, userAgreement and emergencyPlan"],
  ])("are asked for where what cannot be read is something else: %s", ([config = "", listed = ""]) => {
    expect(said(config).join()).toContain(`The config says nothing of ${listed},`);
  });
});

test("what a config shares by an alias is told once, in its models too", () => {
  const messages = said(
    `${papers}models:\n  - package: "@a/x"\n    paths: &p [{ path: f, stoer: 1 }]\n  - package: "@a/y"\n    paths: *p\n`,
  );
  expect(messages.filter((message) => message.includes("stoer"))).toHaveLength(1);
});

describe("neither face breaks at an alias, and both find the rest", () => {
  const files = (config: string): Files => ({
    ...code,
    "child-privacy.yaml": `${papers}assessments: ["r/*.yaml"]\n${config}`,
    "r/a.yaml": "recipient: *Acme*\nrole: processor\n",
  });

  test.for([
    ["purposes: *nope\n"],
    ["purposes: &p [a, *p]\n"],
    ["models: [&m { package: a, paths: [*m] }]\n"],
  ])("%s", ([config = ""]) => {
    const { findings } = auditFiles(files(config)).report;
    const setup = findings.filter(({ rule }) => rule === "valid-setup");
    expect(setup.map(({ location }) => location.file).sort()).toEqual(["child-privacy.yaml", "r/a.yaml"]);
    expect(findings.some(({ rule }) => rule === "no-child-data-in-logs")).toBe(true);
    const linted = lintFiles(files(config)).map(({ rule }) => rule);
    expect(linted).toContain("no-child-data-in-logs");
    expect(linted.filter((rule) => rule === "valid-setup")).toHaveLength(2);
  });
});

describe("a comment that switches a rule off counts in both faces", () => {
  const both = (comment: string): [boolean, boolean] => {
    const files = { "a.ts": `${child}${log}${comment}\n` };
    return [
      auditFiles(files).report.findings.some(({ rule }) => rule === "no-child-data-in-logs"),
      lintFiles(files).some(({ rule }) => rule === "no-child-data-in-logs"),
    ];
  };

  test.for([
    [`/* eslint ${name}: off -- the operator's own */`, false],
    [`/* eslint "${name}": 0 */`, false],
    [`/* eslint ${name}: ["off"] */`, false],
    [`/* eslint ${name}: warn */`, true],
    [`// eslint ${name}: off`, true],
    [`/* eslint ${name}: error */ /* eslint ${name}: off */`, true],
  ] as const)("%s", ([comment, isFound]) => {
    expect(both(comment)).toEqual([isFound, isFound]);
  });
});
