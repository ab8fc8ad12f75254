/** What the README tells people to write is valid, and what it names is there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { categories, tags } from "../../src/contracts/vocabulary.js";
import { readUserModels } from "../../src/models/user-models.js";
import { parseAssessment } from "../../src/register/parse-assessment.js";
import { auditFiles } from "../support/run-code.js";
import { repository } from "../support/sources.js";

const readme = readFileSync(join(repository, "README.md"), "utf8");

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gmu"))].map(
    (match) => match[1] ?? "",
  );
}

function blockWith(language: string, word: string): string {
  return blocks(language).find((block) => block.includes(word)) ?? "";
}

describe("the README", () => {
  test("has the table of rules that `npm run generate` keeps up to date", () => {
    expect(readme).toContain("<!-- rules: made by npm run generate -->");
    expect(readme).toContain("<!-- /rules -->");
  });

  test("names commands that are there, and the test command of .ci/run", () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      scripts: Readonly<Record<string, string>>;
    };
    const named = [...readme.matchAll(/npm run (\w+)/gu)].map((match) => match[1] ?? "");
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
    const steps = readFileSync(join(repository, ".ci/run"), "utf8").split("\n");
    for (const step of blockWith("sh", "npm test").trim().split(" && ")) expect(steps).toContain(step);
  });

  test("links to files that are there", () => {
    const paths = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/gu)].map((match) => match[1] ?? "");
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });

  test("shows a config without a problem", () => {
    const place = { file: "child-privacy.yaml", folder: "", inside: "" };
    const { config, problems } = parseConfig(blockWith("yaml", "officer:"), place);
    expect(problems).toEqual([]);
    expect(readUserModels([config]).problems).toEqual([]);
    expect(config.stores).toHaveLength(1);
  });

  test("shows a record without a problem", () => {
    const { value, problems } = parseAssessment(blockWith("yaml", "assessor:"), "a.yaml");
    expect(problems).toEqual([]);
    expect(value?.role).toBe("processor");
  });

  test("lists every category and every tag", () => {
    expect(readme).toContain(`\`${categories.join(" ")}\``);
    expect(tags.filter((tag) => !readme.includes(`@${tag}`))).toEqual([]);
  });

  test("shows annotations that are understood and mark what they stand at", () => {
    const { report } = auditFiles({
      "a.ts": blockWith("ts", "interface Child"),
    });
    expect(report.findings).toEqual([]);
    const fields = report.dataMap.fields.map((field) => (field as { readonly name: string }).name);
    expect(fields.toSorted()).toEqual(["Child.allergies", "Child.name", "Guardian.phone"]);
  });
});
