/** Runs code of a test as a program of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { audit, type Audit, type AuditOptions } from "../../src/audit.js";
import { fixtureDay } from "./check-program.js";
import { lintProgram, type LintMessage, type LintOptions } from "./lint-program.js";
import { textsOf } from "./programs.js";

export type Files = Readonly<Record<string, string>>;

/** Writes files into a fresh folder, works there, and removes it. */
export function withFolder<T>(files: Files, work: (root: string) => T): T {
  const base = mkdtempSync(join(tmpdir(), "child-privacy-"));
  const root = join(base, "project").replaceAll("\\", "/");
  try {
    mkdirSync(root);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return work(root);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

export function auditFiles(files: Files, options: Partial<AuditOptions> = {}): Audit {
  return withFolder(files, (root) => audit({ folder: root, today: fixtureDay, ...options }));
}

export function lintFiles(files: Files, options: Partial<LintOptions> = {}): LintMessage[] {
  return withFolder(files, (root) => lintProgram(root, textsOf(root), { today: fixtureDay, ...options }));
}
