import { Linter } from "eslint";
import * as parser from "@typescript-eslint/parser";
import { describe, expect, test } from "vitest";
import plugin from "../../src/index.js";
import { ruleIds } from "../../src/contracts/obligation.js";
import { lintFiles, withFolder } from "../support/run-code.js";

const child = `interface Child {
  id: number;
  /** @childData contact */
  email: string;
  /** @childData identity */
  name: string;
}
`;

describe("the plugin", () => {
  test("has a rule for each config entry, and levels as the contract says", () => {
    const { recommended, strict, all } = plugin.configs;
    for (const config of [recommended, strict, all]) {
      expect(Object.keys(config.rules ?? {}).toSorted()).toEqual(
        Object.keys(plugin.rules ?? {})
          .map((id) => `child-privacy/${id}`)
          .toSorted(),
      );
    }
    expect(recommended.rules).toMatchObject({
      "child-privacy/require-encryption": "error",
      "child-privacy/cannot-tell": "warn",
    });
    expect(strict.rules?.["child-privacy/valid-setup"]).toEqual(["error", { requireReasons: true }]);
    expect(all.rules?.["child-privacy/cannot-tell"]).toBe("error");
  });

  test("rules are rules of the contract, with their articles, page and need of types", () => {
    for (const [id, rule] of Object.entries(plugin.rules ?? {})) {
      expect(ruleIds).toContain(id);
      expect(rule.meta?.docs).toMatchObject({
        url: expect.stringMatching(new RegExp(`/rules/${id}\\.md$`, "u")) as unknown,
        requiresTypeChecking: true,
      });
    }
    expect(plugin.rules?.["require-encryption"]?.meta?.docs?.description).toMatch(/\(Art\. 13\)$/u);
  });
});

describe("what is reported", () => {
  test("a rule speaks once a place and lists the fields", () => {
    const messages = lintFiles({
      "a.ts": `${child}export function f(child: Child): void {\n  console.log(child);\n}\n`,
    });
    expect(messages).toMatchObject([{ rule: "no-child-data-in-logs", line: 9, column: 3 }]);
    expect(messages[0]?.message).toMatch(/^Child\.email and name are written to a log by console\.log\./u);
  });

  test("the message says what, why with the article, and the mend", () => {
    const message = lintFiles({
      "a.ts": `${child}import { writeFileSync } from "node:fs";\nexport function f(child: Child): void {\n  writeFileSync("x.txt", child.email);\n}\n`,
    }).find(({ rule }) => rule === "require-encryption");
    expect(message?.message).toContain(
      "Child.email goes to the file (fs, x.txt) in plain text through writeFileSync.",
    );
    expect(message?.message).toContain("Article 13");
    expect(message?.message).toContain("Encrypt it before this call");
  });

  test("what is possible goes through cannot-tell and begins with the rule's name", () => {
    const messages = lintFiles({
      "a.ts": `import { format } from "acme-format";\n${child}export function f(child: Child): void {\n  console.log(format(child.name));\n}\n`,
    });
    expect(messages.map((message) => message.rule)).toEqual(["cannot-tell"]);
    expect(messages[0]?.message).toMatch(
      /^no-child-data-in-logs: Child\.name .*acme-format|^no-child-data-in-logs: Child\.name .*format/u,
    );
  });

  test("a comment that names the duty silences what is possible too", () => {
    const lint = (rule: string) =>
      lintFiles({
        "a.ts": `import { format } from "acme-format";\n${child}export function f(child: Child): void {\n  // eslint-disable-next-line child-privacy/${rule} -- a reason\n  console.log(format(child.name));\n}\n`,
      });
    expect(lint("no-child-data-in-logs")).toMatchObject([{ isSilenced: true }]);
    expect(lint("cannot-tell")).toMatchObject([{ isSilenced: true }]);
    expect(lint("require-encryption")).toMatchObject([{ isSilenced: false, rule: "cannot-tell" }]);
  });

  test("a rule that the config switches off says nothing", () => {
    const files = {
      "a.ts": `${child}export function f(child: Child): void {\n  console.log(child);\n}\n`,
      "child-privacy.yaml": "rules: { no-child-data-in-logs: off, valid-setup: off }\n",
    };
    expect(lintFiles(files)).toEqual([]);
  });

  test("findings that cross files stand in the file of the sink", () => {
    const files = {
      "log.ts": "export function say(text: string): void {\n  console.log(text);\n}\n",
      "child.ts": `import { say } from "./log";\n${child}export function f(child: Child): void {\n  say(child.email);\n}\n`,
    };
    expect(lintFiles(files)).toMatchObject([{ file: "log.ts", line: 2, rule: "no-child-data-in-logs" }]);
  });
});

describe("what stands around the code", () => {
  test("is told at the first line of the file linted first, with its own place", () => {
    const messages = lintFiles({
      "a.ts": "export const a = 1;\n",
      "b.ts": "export const b = 1;\n",
      "child-privacy.yaml": "\nfeilds: []\n",
    });
    expect(messages).toMatchObject([{ file: "a.ts", line: 1, rule: "valid-setup" }]);
    expect(messages[0]?.message).toMatch(
      /^child-privacy\.yaml:2: "feilds" is no key of the config\. .*Did you mean "fields"\?$/u,
    );
  });

  test("suppressions without a reason are strict's", () => {
    const files = {
      "a.ts": `${child}export function f(child: Child): void {\n  // eslint-disable-next-line child-privacy/no-child-data-in-logs\n  console.log(child.email);\n}\n`,
    };
    const shown = (rules: Linter.Config["rules"]) =>
      lintFiles(files, rules === undefined ? {} : { rules: rules as Linter.RulesRecord }).filter(
        (message) => !message.isSilenced,
      );
    expect(shown(undefined)).toEqual([]);
    expect(shown(plugin.configs.strict.rules)).toMatchObject([{ rule: "valid-setup", line: 9 }]);
  });

  test("the day decides whether a suppression holds", () => {
    const files = {
      "a.ts": `${child}export function f(child: Child): void {\n  // eslint-disable-next-line child-privacy/no-child-data-in-logs -- x (until 2027-03-01)\n  console.log(child.email);\n}\n`,
    };
    expect(lintFiles(files, { today: "2027-03-01" }).filter((message) => !message.isSilenced)).toEqual([]);
    expect(lintFiles(files, { today: "2027-03-02" }).filter((message) => !message.isSilenced)).toMatchObject([
      { rule: "valid-setup", line: 9 },
    ]);
  });
});

describe("lint never fails", () => {
  function lintWithoutTypes(files: readonly string[]): Linter.LintMessage[][] {
    const linter = new Linter({ configType: "flat" });
    const config = {
      files: ["**/*.ts"],
      ...plugin.configs.recommended,
      languageOptions: { parser: parser },
    } as Linter.Config;
    const languageOptions = config.languageOptions;
    return files.map((filename) =>
      linter.verify("export const a = 1;\n", { ...config, languageOptions } as Linter.Config, { filename }),
    );
  }

  test("without type information: one clear message", () => {
    const [messages] = lintWithoutTypes(["a.ts"]);
    expect(messages).toMatchObject([{ ruleId: "child-privacy/valid-setup", line: 1 }]);
    expect(messages?.[0]?.message).toContain("projectService");
  });

  test("on a file with a syntax error beside others", () => {
    const messages = lintFiles({
      "good.ts": `${child}export function f(child: Child): void {\n  console.log(child.email);\n}\n`,
      "bad.ts": "export function ( {\n",
    });
    expect(messages.filter((message) => message.file === "good.ts")).toMatchObject([
      { rule: "no-child-data-in-logs" },
    ]);
  });

  test("in an empty folder's only file", () => {
    expect(lintFiles({ "empty.ts": "" })).toEqual([]);
  });

  test("with a config that is not there", () => {
    withFolder({}, (root) => {
      expect(lintFiles({ "a.ts": "export const a = 1;\n" }, { config: `${root}/none.yaml` })).toMatchObject([
        { rule: "valid-setup", line: 1 },
      ]);
    });
  });
});
