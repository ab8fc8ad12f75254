import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeModelError } from "../../src/models/model-error.js";
import { parseModelFile } from "../../src/models/model-file.js";
import { roleKeys } from "../../src/models/role-grammar.js";

const page = readFileSync(new URL("../../src/models/GRAMMAR.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^(\d+)\. (.*)\n[\s\S]*?```yaml\n([\s\S]*?)```/gmu)].map(
  (match) => [match[1] ?? "", match[2] ?? "", match[3] ?? ""] as const,
);

describe("GRAMMAR.md", () => {
  it("shows all 27 shapes", () => {
    expect(blocks.map(([number]) => Number(number))).toEqual(
      Array.from({ length: 27 }, (_, index) => index + 1),
    );
    expect(page.match(/```yaml/gu)).toHaveLength(27);
  });

  it.each(blocks)("%s. %s", (number, _title, text) => {
    const { model, errors } = parseModelFile(text, `shape-${number}`);
    expect(errors.map(describeModelError)).toEqual([]);
    expect(model?.paths.length).toBeGreaterThan(0);
  });

  it("describes every role", () => {
    const roles = page.slice(page.indexOf("## 4."), page.indexOf("## 5."));
    expect(roleKeys.filter((role) => !roles.includes(`\`${role}\``))).toEqual([]);
  });
});
