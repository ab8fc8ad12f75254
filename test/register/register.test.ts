import { describe, expect, test } from "vitest";
import { parseAssessment } from "../../src/register/parse-assessment.js";
import { parseNotice } from "../../src/register/parse-notice.js";
import { readRegister } from "../../src/register/register.js";

function problemsOf(
  text: string,
  parse: typeof parseAssessment | typeof parseNotice = parseAssessment,
  file = "a.yaml",
): string[] {
  return parse(text, file).problems.map(
    ({ kind, found, location }) => `${String(location.line)} ${kind} ${found}`,
  );
}

describe("an assessment", () => {
  test.for([
    ["recipient: Segment\nrole: procesor", ["2 wrong-value procesor"]],
    ["recipient: Segment\nrole: processor\nassessed: last spring", ["3 wrong-value last spring"]],
    ["recipient: Segment\nrole: processor\nassessed: 2026-02-30", ["3 wrong-value 2026-02-30"]],
    ["recipient: Segment\nrole: processor\nassesor: me", ["3 unknown-key assesor"]],
    [
      "recipient: Segment\nassessor: Privacy team: second floor",
      ["2 not-yaml Nested mappings are not allowed in compact mappings"],
    ],
    ["- recipient: Segment", ["1 not-a-mapping a list"]],
    ["role: processor", ["1 missing-key recipient"]],
    ["recipient: Segment", ["1 missing-key role"]],
    ["recipient: *Acme*\nrole: processor", ["1 unknown-anchor *Acme*"]],
    ["recipient: Segment\nrole: processor\nassessor: &a [*a]", ["3 endless-alias *a", "3 wrong-value [*a]"]],
  ] as const)("%s", ([text, expected]) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  test("what is right of a record remains", () => {
    const { value } = parseAssessment(
      "recipient: Segment\nrole: transfer\nassessed: nonsense\nexpires: 2027-01-01\n",
      "a.yaml",
    );
    expect(value).toMatchObject({
      recipient: "Segment",
      role: "transfer",
      expires: "2027-01-01",
      file: "a.yaml",
    });
    expect(value?.assessed).toBeUndefined();
  });

  test("hosts stand for a recipient", () => {
    expect(problemsOf('hosts: ["api.x.com"]\nrole: processor')).toEqual([]);
  });
});

describe("a notice", () => {
  test("an alias without its anchor is told at its line, and the rest is read", () => {
    const text = "version: 1\neffective: 2026-01-01\nrecipients: [*a, SendGrid]\n";
    expect(problemsOf(text, parseNotice)).toEqual(["3 unknown-anchor *a"]);
    expect(parseNotice(text, "n.yaml").value?.recipients).toEqual(["SendGrid"]);
    expect(problemsOf("version: *v\neffective: 2026-01-01\n", parseNotice)).toEqual(["1 unknown-anchor *v"]);
  });

  test("in Markdown is its front matter, on its own lines", () => {
    const { value, problems } = parseNotice(
      "---\nversion: 3\neffective: 2026-01-01\nstors: []\n---\n# Dear guardian: hello\n",
      "n.md",
    );
    expect(value).toMatchObject({ version: 3, effective: "2026-01-01" });
    expect(problems).toMatchObject([{ kind: "unknown-key", nearest: "stores", location: { line: 4 } }]);
  });

  test("Markdown without front matter lacks everything", () => {
    expect(problemsOf("# Dear guardian\n", parseNotice, "n.md")).toEqual([
      "1 missing-key version",
      "1 missing-key effective",
    ]);
  });
});

test("one bad file costs none of the others", () => {
  const register = readRegister(
    [
      { path: "a.yaml", text: "recipient: A\nrole: processor" },
      { path: "b.yaml", text: "x: [" },
      { path: "c.yaml", text: undefined },
    ],
    [{ path: "n.yaml", text: "version: 1\neffective: 2026-01-01" }],
  );
  expect(register.assessments.map((record) => record.recipient)).toEqual(["A"]);
  expect(register.notices).toHaveLength(1);
  expect(register.problems.map(({ location, kind }) => [location.file, kind])).toEqual([
    ["b.yaml", "not-yaml"],
    ["c.yaml", "unreadable"],
  ]);
});
