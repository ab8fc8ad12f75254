import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generatedFiles } from "../../src/dev/generated-files.js";
import { repository } from "../support/sources.js";

describe("generated files", () => {
  test.for([...generatedFiles(repository)])("%s is up to date", ([path, text]) => {
    const file = join(repository, path);
    expect(existsSync(file) ? readFileSync(file, "utf8") : "", "Run npm run generate.").toBe(text);
  });
});
