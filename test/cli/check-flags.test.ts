import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { english } from "../../src/report/messages/en.js";
import { checkProjects, UsageError } from "../../src/cli/check-flags.js";

test("-p takes a folder for the tsconfig in it, as tsc does", () => {
  const folder = mkdtempSync(join(tmpdir(), "child-privacy-"));
  try {
    expect(() => checkProjects([folder], english)).toThrow(UsageError);
    const file = join(folder, "tsconfig.json");
    writeFileSync(file, "{}");
    expect(checkProjects([folder, file], english)).toEqual([file, file]);
    expect(checkProjects(undefined, english)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
