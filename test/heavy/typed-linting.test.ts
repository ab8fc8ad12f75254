/** ESLint as users run it: files on disk, the project service, the plugin's `recommended`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import { expect, test } from "vitest";
import { audit } from "../../src/audit.js";
import plugin from "../../src/index.js";
import { lintReports } from "../../rules/lint-session.js";
import { repository } from "../support/sources.js";

const today = "2026-11-24";

test("the example app: lint and audit say the same", async () => {
  const root = join(repository, "examples/after-school-club");
  const config = {
    files: ["**/*.ts"],
    ...plugin.configs.recommended,
    languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: root } },
    settings: { "child-privacy": { root, today } },
  } as unknown as Linter.Config;
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: config });
  const results = await eslint.lintFiles(["src"]);
  const said = results.flatMap((result) =>
    [...result.messages, ...result.suppressedMessages].map(
      ({ line, column, ruleId, message }) =>
        `${result.filePath.slice(root.length + 1)}:${String(line)}:${String(column)} ${ruleId ?? "fatal"} ${message}`,
    ),
  );
  const expected = lintReports(audit({ folder: root, today }).analysis).filter(({ location }) =>
    location.file.startsWith("src/"),
  );
  expect(
    said.filter((each) => !/child-privacy\/valid-setup child-privacy\.yaml/u.test(each)).toSorted(),
  ).toEqual(
    expected
      .map(
        ({ location, rule, message }) =>
          `${location.file}:${String(location.line)}:${String(location.column)} child-privacy/${rule} ${message}`,
      )
      .toSorted(),
  );
  expect(readFileSync(join(root, "tsconfig.json"), "utf8")).toContain("compilerOptions");
});
