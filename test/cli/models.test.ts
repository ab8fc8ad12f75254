import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runModels, type ModelsFlags } from "../../src/cli/run-models.js";
import { withFolder, type Files } from "../support/run-code.js";

let printed: string;
let complained: string;
beforeEach(() => {
  printed = complained = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((complained += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
});

function models(name: string | undefined, flags: Partial<ModelsFlags> = {}, files: Files = {}): number {
  return withFolder(files, (root) => runModels(name, { dir: root, lang: "en", ...flags }));
}

describe("models", () => {
  test("shows what a package does with data", () => {
    expect(models("pg")).toBe(0);
    expect(printed).toMatch(/^pg\b.*\(packages\/pg\.yaml:1\)$/mu);
    expect(printed).toMatch(/^ {2}ClientBase\.query +when arg0 is of type string$/mu);
    expect(printed).toMatch(/^ {4}sql: text arg0, values arg1, medium database/mu);
  });

  test("knows companies by any of their names", () => {
    expect(models("twilio segment")).toBe(0);
    expect(printed).toContain("Segment (processor, Article 16)");
    expect(printed).toContain("disclose: recipient Segment, purpose analytics");
  });

  test("lists all packages, the user's own first among equals", () => {
    const config =
      'models:\n  - package: "@acme/own"\n    paths:\n      - path: put\n        store: { medium: cache, data: arg1, target: arg0 }\n';
    expect(models(undefined, {}, { "child-privacy.yaml": config })).toBe(0);
    expect(printed).toMatch(/^@acme\/own +1 path$/mu);
    expect(printed).toMatch(/^pg\b.* \d+ paths/mu);
  });

  test("says of others that nothing is known, with the nearest name", () => {
    expect(models("@prisma/clint")).toBe(2);
    expect(complained).toContain("Nothing is known of @prisma/clint");
    expect(complained).toContain('Did you mean "@prisma/client"?');
    expect(printed).toBe("");
  });

  test("--check says where a model of one's own is wrong", () => {
    const wrong =
      'models:\n  - package: "@acme/own"\n    paths:\n      - path: put\n        stor: { data: arg1 }\n';
    expect(models(undefined, { check: true }, { "child-privacy.yaml": wrong })).toBe(2);
    expect(complained).toContain('child-privacy.yaml:5: "stor" is no key of this model.');
    expect(complained).toContain('Did you mean "store"?');
    expect(models(undefined, { check: true }, { "child-privacy.yaml": wrong.replace("stor:", "log:") })).toBe(
      0,
    );
    expect(printed).toContain("1 model with 1 path can be used.");
  });
});
