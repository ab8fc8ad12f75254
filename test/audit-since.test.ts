import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { auditBase, type BaseAudit } from "../src/audit-since.js";
import { fixtureDay } from "./support/check-program.js";
import { git, startRepository, write } from "./support/repository-of.js";
import { withFolder, type Files } from "./support/run-code.js";

const child = "export interface Child {\n  /** @childData contact */\n  email: string;\n}\n";
const logging = `import type { Child } from "./child.js";\nexport function log(child: Child): void {\n  console.log(child.email);\n}\n`;
const first: Files = { "app/src/child.ts": child, "app/src/log.ts": logging };

function read(root: string, ref: string): BaseAudit {
  const base = auditBase({ folder: join(root, "app"), today: fixtureDay }, ref);
  if ("kind" in base) throw new Error(JSON.stringify(base));
  return base;
}

function faultOf(root: string, ref: string): unknown {
  const base = auditBase({ folder: root, today: fixtureDay }, ref);
  return "kind" in base ? base : "none";
}

describe("the state that a change began from", () => {
  test("is that of the merge base, whatever the ref and the working tree have since", () => {
    withFolder({}, (root) => {
      startRepository(root, first, { "app/src/more.ts": logging, "app/src/log.ts": null });
      const start = git(root, "rev-parse", "HEAD");
      git(root, "stash", "-q", "-u");
      git(root, "checkout", "-q", "main");
      write(root, { "app/src/other.ts": logging });
      git(root, "add", "-A");
      git(root, "commit", "-q", "-m", "main goes on");
      git(root, "checkout", "-q", "change");
      git(root, "stash", "pop", "-q");
      const { commit, audit } = read(root, "main");
      expect(commit).toBe(start);
      expect(audit.report.findings.map(({ location }) => location.file)).toEqual(["src/log.ts"]);
    });
  });

  test("has the fingerprints of the same code, and leaves nothing behind", () => {
    withFolder({}, (root) => {
      startRepository(root, first, {});
      // A folder for temporary files of this test's own: others audit repositories at the same time.
      withFolder({ ".keep": "" }, (temporary) => {
        vi.stubEnv("TMPDIR", temporary);
        try {
          expect(tmpdir()).toBe(temporary);
          const found = read(root, "main").audit.report.findings;
          expect(found).toHaveLength(1);
          expect(readdirSync(temporary)).toEqual([".keep"]);
        } finally {
          vi.unstubAllEnvs();
        }
      });
    });
  });

  test("uses the config that was named as it was then", () => {
    withFolder({}, (root) => {
      startRepository(
        root,
        {
          ...first,
          "config/child-privacy.yaml": "rules: { no-child-data-in-logs: off, valid-setup: off }\n",
        },
        { "config/child-privacy.yaml": "rules: { valid-setup: off }\n" },
      );
      const config = join(root, "config/child-privacy.yaml");
      const base = auditBase({ folder: join(root, "app"), today: fixtureDay, config }, "main");
      expect("audit" in base ? base.audit.report.findings : null).toEqual([]);
    });
  });

  test("runs nothing of the repository: no hook, no filter, no helper", () => {
    withFolder({}, (root) => {
      startRepository(root, { ...first, ".gitattributes": "*.ts filter=own\n" }, {});
      const trap = `touch ${join(root, "ran")}; cat`;
      git(root, "config", "filter.own.smudge", trap);
      git(root, "config", "core.fsmonitor", trap);
      write(root, { ".git/hooks/post-checkout": `#!/bin/sh\n${trap}\n` });
      expect(read(root, "main").audit.report.findings).toHaveLength(1);
      expect(existsSync(join(root, "ran"))).toBe(false);
    });
  });

  test("of a folder that was not there then is empty", () => {
    withFolder({}, (root) => {
      startRepository(root, { "README.md": "x\n" }, { "app/src/child.ts": child });
      expect(read(root, "main").audit.report.dataMap.fields).toEqual([]);
    });
  });
});

describe("what cannot be compared with", () => {
  test("a ref that is not there, or that is an option", () => {
    withFolder({}, (root) => {
      startRepository(root, first, {});
      for (const ref of ["nope", "--output=x", "", "main:app"])
        expect(faultOf(root, ref)).toEqual({ kind: "no-such-ref", isShallow: false });
    });
  });

  test("a folder without a repository, and a repository without a commit", () => {
    withFolder({ "a.ts": child }, (root) => {
      expect(faultOf(root, "main")).toEqual({ kind: "no-repository" });
      git(root, "init", "-q", "-b", "main");
      expect(faultOf(root, "main")).toEqual({ kind: "no-commit" });
    });
  });

  test("a branch with no commit in common", () => {
    withFolder({}, (root) => {
      startRepository(root, first, {});
      git(root, "checkout", "-q", "--orphan", "alone");
      git(root, "commit", "-q", "-m", "alone");
      expect(faultOf(root, "main")).toEqual({ kind: "no-common-commit", isShallow: false });
    });
  });

  test("a shallow clone says that it is one", () => {
    withFolder({}, (root) => {
      write(root, { "origin/a.ts": child });
      const origin = join(root, "origin");
      git(origin, "init", "-q", "-b", "main");
      git(origin, "add", "-A");
      git(origin, "commit", "-q", "-m", "first");
      git(origin, "checkout", "-q", "-b", "change");
      writeFileSync(join(origin, "b.ts"), logging);
      git(origin, "add", "-A");
      git(origin, "commit", "-q", "-m", "second");
      git(root, "clone", "-q", "--depth", "1", "--branch", "change", `file://${origin}`, "clone");
      expect(faultOf(join(root, "clone"), "main")).toEqual({ kind: "no-such-ref", isShallow: true });
    });
  });
});
