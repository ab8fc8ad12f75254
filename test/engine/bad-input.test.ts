/** Whatever a folder holds, the audit has a result, says what is wrong, and still finds the rest. */
import { symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { audit } from "../../src/audit.js";
import { exitStatus } from "../../src/cli/exit-status.js";
import { renderDiagnostics } from "../../src/report/diagnostics.js";
import { english } from "../../src/report/messages/en.js";
import { auditFiles, withFolder, type Files } from "../support/run-code.js";

const good: Files = {
  "good.ts":
    "interface Child {\n  /** @childData contact */\n  email: string;\n}\nexport function f(child: Child): void {\n  console.log(child.email);\n}\n",
};

interface Seen {
  readonly found: readonly string[];
  readonly told: readonly string[];
  readonly status: number;
}

function blindSpots(files: Files): string[] {
  return auditFiles(files).report.blindSpots.map(
    ({ kind, location, note }) => `${location.file}:${String(location.line)} ${kind} ${note}`,
  );
}

function see(files: Files): Seen {
  const { report, analysis } = auditFiles(files);
  return {
    found: report.findings.map(({ rule, location }) => `${location.file}:${String(location.line)} ${rule}`),
    told: renderDiagnostics(analysis, english),
    status: exitStatus(analysis, "error"),
  };
}

const finding = "good.ts:6 no-child-data-in-logs";
const noTsconfig =
  "tsconfig.json:1: There is no tsconfig.json. All source files are analysed, with default options. Name one with -p where it has another name.";
/** Keeps the other problems of a program apart from this one. */
const tsconfig: Files = { "tsconfig.json": '{ "compilerOptions": { "allowJs": true } }\n' };

describe("the findings of all other files are still there", () => {
  test("without a tsconfig", () => {
    expect(see(good)).toEqual({ found: [finding], told: [noTsconfig], status: 1 });
    expect(see({ ...good, ...tsconfig })).toEqual({ found: [finding], told: [], status: 1 });
  });

  test("with a broken tsconfig", () => {
    const broken = { ...good, "tsconfig.json": '{ "compilerOptions": { "strict": tru }\n' };
    const { found, told, status } = see(broken);
    expect(status).toBe(2);
    expect(found).toContain(finding);
    expect(found.some((each) => each.startsWith("tsconfig.json:") && each.endsWith("valid-setup"))).toBe(
      true,
    );
    expect(told.join("\n")).toMatch(/tsconfig\.json:\d+: This tsconfig cannot be used: .* Correct it\./u);
  });

  test("with a syntax error in one file", () => {
    const { found, told, status } = see({ ...good, "bad.ts": "export const a = ;\nexport function (\n" });
    expect(found).toEqual([finding]);
    expect(told.join("\n")).toMatch(/bad\.ts:1: This file does not parse: .*Correct the syntax\./u);
    expect(status).toBe(1);
    expect(blindSpots({ ...good, "bad.ts": "export const a = ;\n" })).toEqual([
      "bad.ts:1 parse-error not parsed in full: Expression expected",
    ]);
  });

  test("with an unresolved import", () => {
    const code = 'import y from "not-installed";\nimport { x } from "./none";\nexport const z = [x, y];\n';
    expect(see({ ...good, ...tsconfig, "a.ts": code })).toEqual({
      found: [finding],
      told: [
        'a.ts:2: "./none" leads to no file. What it would bring is not known. Correct the path, or the tsconfig\'s paths.',
      ],
      status: 1,
    });
    expect(blindSpots({ ...good, "a.ts": code })).toEqual([
      'a.ts:2 unresolved-import "./none" leads to no file',
    ]);
  });

  test("with many unresolved imports: the first are told, and how many more there are", () => {
    const code = Array.from({ length: 12 }, (_, index) => `import "./none-${String(index)}";\n`).join("");
    const { told } = see({ ...good, ...tsconfig, "a.ts": code });
    expect(told).toHaveLength(10);
    expect(told.at(-1)).toMatch(/^a\.ts:10: .* There are 2 more of this kind: --format json lists them\.$/u);
    expect(blindSpots({ ...good, "a.ts": code })).toHaveLength(12);
  });

  test("without node_modules", () => {
    expect(
      see({ ...good, ...tsconfig, "package.json": '{\n  "dependencies": { "pg": "8.0.0" }\n}\n' }),
    ).toEqual({
      found: [finding],
      told: [
        "package.json:2: Dependencies are not installed. Packages are known by their name all the same. Nothing needs to be done.",
      ],
      status: 1,
    });
  });

  test("with an unknown config key", () => {
    const { found, told, status } = see({
      ...good,
      ...tsconfig,
      "child-privacy.yaml": "# config\nhostdStores: true\n",
    });
    expect(found).toContain(finding);
    expect(found).toContain("child-privacy.yaml:2 valid-setup");
    expect(told).toEqual([
      'child-privacy.yaml:2: "hostdStores" is no key of the config. What cannot be read is left out, and the code is judged without it. Did you mean "hostedStores"?',
    ]);
    expect(status).toBe(2);
  });

  test("with a record that is not YAML", () => {
    const { found, told, status } = see({
      ...good,
      "child-privacy.yaml": "assessments: [r/*.yaml]\n",
      "r/a.yaml": "role: processor\nrecipient: [\n",
    });
    expect(found).toContain(finding);
    expect(told.join("\n")).toMatch(/^r\/a\.yaml:2: This file is not YAML/u);
    expect(status).toBe(2);
  });

  test("with a record that the config names and that is not there", () => {
    const { told, status } = see({
      ...good,
      "child-privacy.yaml": "hostedStores: false\nassessments:\n  - r/a.yaml\n",
    });
    expect(told.join("\n")).toContain(
      'child-privacy.yaml:3: "r/a.yaml" at assessments names a file that cannot be read.',
    );
    expect(status).toBe(2);
  });

  test("with a file of 5 MB", () => {
    const files = { ...good, "big.js": `export const data = "${"x".repeat(5 * 1024 * 1024)}";\n` };
    const { found, told } = see(files);
    expect(found).toEqual([finding]);
    expect(told.join("\n")).toMatch(/big\.js:1: This file is too large to analyse \(5\.0 MB\)\./u);
    expect(blindSpots(files)).toEqual(["big.js:1 not-analysed not analysed: 5.0 MB"]);
  });

  test("with a loop of symbolic links", () => {
    withFolder(good, (root) => {
      symlinkSync(root, `${root}/loop`);
      expect(audit({ folder: root }).report.findings).toHaveLength(1);
    });
  });

  test("with a byte-order mark, other line ends and an empty file", () => {
    const windows = Object.fromEntries(
      Object.entries(good).map(([name, text]) => [name, `\uFEFF${text.replaceAll("\n", "\r\n")}`]),
    );
    expect(see({ ...windows, "empty.ts": "" }).found).toEqual([finding]);
  });

  test("with circular types, a file of comments only, and a path with spaces and brackets", () => {
    const files = {
      ...good,
      "odd [id]/a b.ts": "export interface A { b: B }\nexport interface B { a: A }\nexport type C = C[];\n",
      "comments.ts": "// nothing\n",
    };
    expect(see(files).found).toEqual([finding]);
  });
});

describe("where there is nothing to analyse", () => {
  test("an empty folder says so, and cannot be used", () => {
    const { told, status } = see({});
    expect(told).toEqual([
      "The folder holds no TypeScript or JavaScript file to analyse. Name the folder that holds the sources, or correct include: and exclude:.",
    ]);
    expect(status).toBe(2);
  });

  test("a path that does not exist", () => {
    const { analysis } = audit({ folder: "/no/such/folder" });
    expect(exitStatus(analysis, "error")).toBe(2);
    expect(renderDiagnostics(analysis, english).join("\n")).toContain("There is no folder /no/such/folder.");
  });
});

describe("roles of files", () => {
  test("excluded and generated code is followed and gets no findings; tests are neither", () => {
    const log = good["good.ts"] ?? "";
    const files = {
      "old/a.ts": log,
      "made.ts": `// @generated by a tool, do not edit\n${log}`,
      "a.test.ts": log,
      "good.ts": log,
      "child-privacy.yaml": 'exclude: ["old/**"]\nrules: { valid-setup: off }\n',
    };
    expect(see(files).found).toEqual([finding]);
  });

  test("a nested config rules its own folder", () => {
    const log = good["good.ts"] ?? "";
    const off = "rules: { no-child-data-in-logs: off, valid-setup: off }\n";
    expect(
      see({ "packages/a/good.ts": log, "packages/b/good.ts": log, "packages/b/child-privacy.yaml": off })
        .found,
    ).toEqual(["packages/a/good.ts:6 no-child-data-in-logs"]);
  });
});
