/** A new duty is one file in src/checks, one in rules, and its fixture: shown on a copy of the repository. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../support/sources.js";

const check = `import { defineCheck } from "./define-check.js";
import { flowFindings } from "./flow-finding.js";

export const noPublicDisclosure = defineCheck({
  id: "no-public-disclosure",
  description: "children's personal information is not disclosed",
  texts: {
    printed: (p: { readonly fields: readonly string[] }) => ({ what: \`\${p.fields.join(", ")} is shown.\`, why: "Article 18.", mend: "Do not." }),
  },
  find: (facts, say) =>
    flowFindings("no-public-disclosure", facts.flows.filter((flow) => flow.sink.callee === "console.table"), facts.annotations, (_, field) =>
      say("printed", { fields: [field.name] }),
    ),
});
`;

const rule = `import { noPublicDisclosure as check } from "../src/checks/no-public-disclosure.js";
import { defineRule } from "./define-rule.js";

export const noPublicDisclosure = defineRule(check);
`;

const page = `# no-public-disclosure

\`\`\`ts incorrect
interface Child {
  /** @childData contact */
  email: string;
}
export function f(child: Child): void {
  console.table(child.email);
}
\`\`\`
`;

const fixture = `interface Child {
  /** @childData contact */
  email: string;
}
export function f(child: Child): void {
  console.table(child.email); // expect: no-child-data-in-logs Child.email; no-public-disclosure Child.email
}
`;

function run(folder: string, command: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, words, {
    env: { ...process.env, HEAVY: "0" },
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  return status === 0 ? "" : `${command} ${words.join(" ")}\n${stdout}${stderr}`;
}

test("one check, one rule, one fixture", () => {
  const folder = mkdtempSync(join(tmpdir(), "child-privacy-duty-"));
  try {
    for (const name of [
      "src",
      "rules",
      "schema",
      "scripts",
      "test/support",
      "test/docs/rule-pages.test.ts",
      "test/laws",
      "test/fixtures",
      "README.md",
      "package.json",
      "tsconfig.json",
      "vitest.config.ts",
    ]) {
      cpSync(join(repository, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "src/checks/no-public-disclosure.ts"), check);
    writeFileSync(join(folder, "rules/no-public-disclosure.ts"), rule);
    writeFileSync(join(folder, "rules/no-public-disclosure.md"), page);
    cpSync(join(repository, "fixtures/README.md"), join(folder, "fixtures/no-public-disclosure/README.md"));
    writeFileSync(join(folder, "fixtures/no-public-disclosure/shown.ts"), fixture);
    expect(run(folder, "node", "scripts/run-ts.mjs", "src/dev/generate.ts")).toBe("");
    expect(run(folder, "npx", "tsc", "--noEmit", "-p", ".")).toBe("");
    expect(
      run(
        folder,
        "npx",
        "vitest",
        "run",
        "test/fixtures",
        "test/docs/rule-pages.test.ts",
        "test/laws/generated.test.ts",
      ),
    ).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
