/** A few real runs of the built command: exit status, streams, files. */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { impactSchema } from "../../src/contracts/impact.js";
import { reportSchema, type ReportDocument } from "../../src/contracts/report.js";
import { git, startRepository } from "../support/repository-of.js";
import { withFolder, type Files } from "../support/run-code.js";
import { repository } from "../support/sources.js";

const main = join(repository, "dist/src/cli/main.js");

/** The newest file below folders of the repository: the time of its last change, in milliseconds. */
function lastChange(...folders: readonly string[]): number {
  const files = folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ),
  );
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/** Whether what is built is what stands in the sources. */
function isBuilt(): boolean {
  const built = statSync(join(repository, "dist/src/models/catalogue.json"), { throwIfNoEntry: false });
  return built !== undefined && built.mtimeMs > lastChange("src", "rules", "scripts");
}

beforeAll(() => {
  if (isBuilt()) return;
  const { status, stdout, stderr } = spawnSync("npm", ["run", "build"], {
    cwd: repository,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm run build failed:\n${stdout}${stderr}`);
}, 300_000);

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  words: readonly string[],
  cwd = repository,
  environment: Readonly<Record<string, string>> = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

function audit(files: Files, ...words: string[]): Run {
  return withFolder(files, (root) => run(["audit", root, "--today", "2026-11-24", ...words]));
}

const child = "interface Child {\n  /** @childData contact */\n  email: string;\n}\n";
const logs: Files = {
  "a.ts": `${child}export function f(child: Child): void {\n  console.log(child.email);\n}\n`,
};
const quiet: Files = {
  "a.ts": `${child}export function f(child: Child): number {\n  return child.email.length;\n}\n`,
};
const unsure: Files = {
  "a.ts": `import { format } from "acme-format";\n${child}export function f(child: Child): void {\n  console.log(format(child.email));\n}\n`,
};

describe("exit status", () => {
  test("0 without a finding, 1 with one", () => {
    expect(audit(quiet).status).toBe(0);
    expect(audit(logs).status).toBe(1);
  });

  test("--fail-on sets the level", () => {
    expect(audit(unsure).status).toBe(0);
    expect(audit(unsure, "--fail-on", "warn").status).toBe(1);
    expect(audit(logs, "--fail-on", "never").status).toBe(0);
  });

  test("what is possible has the level that the config gives cannot-tell", () => {
    const config = (level: string): string => `rules: { cannot-tell: ${level}, valid-setup: off }\n`;
    expect(audit({ ...unsure, "child-privacy.yaml": config("error") }).status).toBe(1);
    expect(audit({ ...unsure, "child-privacy.yaml": config("off") }, "--fail-on", "warn").status).toBe(0);
  });

  test("2 for a config that cannot be used, and the findings of all else are printed", () => {
    const { status, stdout, stderr } = audit(
      { ...logs, "child-privacy.yaml": "feilds: []\n" },
      "--fail-on",
      "never",
    );
    expect(status).toBe(2);
    expect(stdout).toContain("no-child-data-in-logs");
    expect(stderr).toContain('child-privacy.yaml:1: "feilds" is no key of the config.');
    expect(stderr).toContain('Did you mean "fields"?');
  });

  test("2 for a record that is not YAML", () => {
    const { status, stdout, stderr } = audit({
      ...quiet,
      "child-privacy.yaml": 'assessments: ["r/*.yaml"]\n',
      "r/x.yaml": "recipient: A: B\n",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("r/x.yaml:1: This file is not YAML");
    expect(stdout).toContain("valid-setup");
  });

  test("2 for a folder that does not exist, or is empty", () => {
    const missing = run(["audit", "/no/such/folder"]);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain("There is no folder /no/such/folder.");
    expect(missing.stdout).toBe("");
    expect(audit({}).status).toBe(2);
  });

  test.for([
    [["audit", "--format", "xml"], "pretty, json"],
    [["audit", "--fromat", "json"], "--format"],
    [["audit", "--fail-on", "info"], "error, warn, never"],
    [["audit", "--today", "yesterday"], "Write a day such as 2026-11-24."],
    [["audit", "--rule", "require-encription"], 'Did you mean "require-encryption"?'],
    [["audit", "--config", "none.yaml"], "There is no file none.yaml"],
    [["audit", "-p", "none.json"], "There is no file none.json"],
    [["adit"], "audit"],
  ] as const)("2 for %s", ([words, message]) => {
    const { status, stdout, stderr } = run(words);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });
});

describe("streams", () => {
  test("findings on stdout, nothing else; no colours or progress where it is no terminal", () => {
    const { stdout, stderr } = audit({ ...logs, "tsconfig.json": "{}\n" });
    expect(stderr).toBe("");
    expect(stdout).toMatch(/error no-child-data-in-logs a\.ts:6:3/u);
    expect(stdout).not.toContain("\u001B");
  });

  test("JSON is the report of the schema, the same twice", () => {
    withFolder(logs, (root) => {
      const read = (): ReportDocument =>
        JSON.parse(
          run(["audit", ".", "--format", "json", "--today", "2026-11-24"], root).stdout,
        ) as ReportDocument;
      const [first, second] = [read(), read()];
      expect(reportSchema.safeParse(first).error).toBeUndefined();
      expect({ ...first, stats: null }).toEqual({ ...second, stats: null });
      expect(first.findings).toMatchObject([
        { rule: "no-child-data-in-logs", location: { file: "a.ts", line: 6, column: 3 } },
      ]);
    });
  });

  test("-o writes a file", () => {
    withFolder(logs, (root) => {
      const { status, stdout } = run(["audit", ".", "-o", "report.txt"], root);
      expect([status, stdout]).toEqual([1, ""]);
      expect(readFileSync(join(root, "report.txt"), "utf8")).toContain("no-child-data-in-logs");
    });
  });

  test("-o says what is wrong with a file that cannot be written", () => {
    const { status, stdout, stderr } = audit(logs, "-o", "/no/such/folder/report.txt");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("/no/such/folder/report.txt cannot be written");
    expect(stderr).toContain("Name a file in a folder that is there");
  });

  test("--timings go to stderr", () => {
    expect(audit(logs, "--timings").stderr).toMatch(/read +\d+ ms[\s\S]*solve +\d+ ms[\s\S]*all +\d+ ms/u);
  });

  test("--rule keeps only what was asked for", () => {
    const both: Files = {
      "a.ts": `import { appendFileSync } from "node:fs";\n${child}export function f(child: Child): void {\n  console.log(child.email);\n  appendFileSync("x", child.email);\n}\n`,
    };
    const { stdout } = audit(both, "--rule", "require-encryption");
    expect(stdout).toContain("require-encryption");
    expect(stdout).not.toContain("no-child-data-in-logs");
  });

  test("--include-tests audits tests too", () => {
    const files: Files = { ...quiet, "a.test.ts": logs["a.ts"] ?? "" };
    expect(audit(files).status).toBe(0);
    expect(audit(files, "--include-tests").status).toBe(1);
  });
});

describe("what is known already", () => {
  test("--update-baseline writes it, --baseline leaves it out", () => {
    withFolder(logs, (root) => {
      const known = ["audit", ".", "--baseline", "known.json"];
      expect(run(known, root)).toMatchObject({ status: 2, stdout: "" });
      expect(run([...known, "--update-baseline"], root).status).toBe(0);
      const second = run(known, root);
      expect(second.status).toBe(0);
      expect(second.stdout).toContain("1 known already, and left out");
      writeFileSync(join(root, "b.ts"), logs["a.ts"] ?? "");
      const third = run([...known, "--format", "json"], root);
      expect(third.status).toBe(1);
      const { findings, articles } = JSON.parse(third.stdout) as ReportDocument;
      expect(findings.map(({ location }) => location.file)).toEqual(["b.ts"]);
      expect(articles.find(({ article }) => article === 13)?.findings).toBe(2);
    });
  });

  test("2 for a baseline that is none, and for flags that do not go together", () => {
    withFolder({ ...logs, "known.json": "[]" }, (root) => {
      const broken = run(["audit", ".", "--baseline", "known.json"], root);
      expect([broken.status, broken.stdout]).toEqual([2, ""]);
      expect(broken.stderr).toContain("known.json is no baseline. Write it with");
      expect(run(["audit", ".", "--update-baseline"], root).stderr).toContain("Add --baseline FILE.");
      const narrow = ["audit", ".", "--baseline", "known.json", "--update-baseline", "--rule", "cannot-tell"];
      expect(run(narrow, root)).toMatchObject({ status: 2, stdout: "" });
      expect(readFileSync(join(root, "known.json"), "utf8")).toBe("[]");
    });
  });

  test("--since leaves out what the merge base has; impact compares with it", () => {
    withFolder({}, (root) => {
      startRepository(root, logs, { "b.ts": logs["a.ts"] ?? "" });
      const { status, stdout } = run(["audit", ".", "--since", "main", "--format", "json"], root);
      expect(status).toBe(1);
      const { findings } = JSON.parse(stdout) as ReportDocument;
      expect(findings.map(({ location }) => location.file)).toEqual(["b.ts"]);
      const impact = run(["impact", "--since", "main", "--format", "json"], root);
      expect(impact.status).toBe(1);
      expect(impactSchema.safeParse(JSON.parse(impact.stdout)).error).toBeUndefined();
      expect(run(["impact", "--since", "main", "--fail-on", "never"], root).status).toBe(0);
      git(root, "add", "-A");
      git(root, "commit", "-q", "-m", "second");
      git(root, "checkout", "-q", "main");
      expect(run(["impact", "--since", "change"], root)).toMatchObject({ status: 0 });
    });
  });

  test("2 for a ref that is not there, and outside of a repository", () => {
    withFolder(logs, (root) => {
      const outside = run(["impact", "--since", "main"], root);
      expect([outside.status, outside.stdout]).toEqual([2, ""]);
      expect(outside.stderr).toContain("is in no git repository");
      startRepository(root, {}, {});
      for (const command of ["impact", "audit"]) {
        const { status, stdout, stderr } = run([command, "--since", "nope", "--lang", "zh-CN"], root);
        expect([status, stdout]).toEqual([2, ""]);
        expect(stderr).toContain("git 中没有提交 nope");
      }
    });
  });

  test("impact wants a ref", () => {
    expect(run(["impact"]).stderr).toContain("--since");
  });
});

test("--fail-on-blind-spots ends with 1 for what could not be followed", () => {
  expect(audit(unsure, "--fail-on", "never", "--fail-on-blind-spots").status).toBe(1);
  expect(audit(quiet, "--fail-on-blind-spots").status).toBe(0);
});

test("--lang says everything in Chinese", () => {
  const { stdout } = audit(logs, "--lang", "zh-CN");
  expect(stdout).toContain("写入日志");
  expect(stdout).not.toContain("is written to a log");
});

describe("explain", () => {
  test("shows one finding by the beginning of its id; says what is wrong with others", () => {
    withFolder(logs, (root) => {
      const report = JSON.parse(run(["audit", ".", "--format", "json"], root).stdout) as ReportDocument;
      const id = report.findings[0]?.fingerprint ?? "";
      const shown = run(["explain", id.slice(0, 6)], root);
      expect(shown.status).toBe(0);
      expect(shown.stdout).toContain("console.log(child.email);");
      expect(run(["explain", "zz"], root)).toMatchObject({ status: 2, stdout: "" });
      const rule = run(["explain", "no-child-data-in-logs"], root);
      expect([rule.status, rule.stdout]).toEqual([2, ""]);
      expect(rule.stderr).toContain(`${id}  no-child-data-in-logs  a.ts:6`);
    });
  });
});

describe("starting", () => {
  test("--version and --help need nothing heavy", () => {
    expect(run(["--version"]).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/u);
    expect(run(["--help"]).stdout).toContain("audit");
    const loaded = spawnSync(
      process.execPath,
      [
        "--import",
        `data:text/javascript,${encodeURIComponent('process.on("exit", () => console.error(process.memoryUsage().heapUsed))')}`,
        main,
        "--version",
      ],
      { encoding: "utf8" },
    );
    // The compiler alone takes more than 30 MB.
    expect(Number(loaded.stderr)).toBeLessThan(20_000_000);
  });
});
