import { describe, expect, test } from "vitest";
import { auditFiles } from "../support/run-code.js";

function code({ before = "", name = "enrol", twice = false } = {}): string {
  return `${before}interface Child {
  /** @childData contact */
  email: string;
}
export function ${name}(child: Child): void {
  console.log(child.email);
${twice ? "  console.log(child.email);\n" : ""}}
`;
}

function fingerprints(text: string, file = "src/a.ts"): string[] {
  return auditFiles({ [file]: text }).report.findings.map((finding) => finding.fingerprint);
}

describe("a fingerprint", () => {
  const [known] = fingerprints(code());

  test("survives lines above, comments and formatting", () => {
    expect(fingerprints(code({ before: "// a comment\n\nexport const other = 1;\n" }))).toEqual([known]);
    expect(fingerprints(code().replaceAll("  ", "    "))).toEqual([known]);
  });

  test("changes with the declaration it stands in and with the file", () => {
    expect(fingerprints(code({ name: "leave" }))).not.toEqual([known]);
    expect(fingerprints(code(), "src/b.ts")).not.toEqual([known]);
  });

  test("tells equals apart by their order", () => {
    const [first, second, ...rest] = fingerprints(code({ twice: true }));
    expect(first).toBe(known);
    expect(second).not.toBe(known);
    expect(rest).toEqual([]);
  });
});
