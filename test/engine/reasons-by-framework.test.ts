/**
 * For each framework an app (`four-ways`) that goes wrong in the ways in which a guard does not take effect: it runs
 * too late, stands elsewhere, is not awaited, its error is swallowed. `// reason: …` stands above each line that is
 * marked, and the message says so. The apps are run with the others (`test/apps`).
 */
import { expect, test } from "vitest";
import { audit } from "../../src/audit.js";
import { findApps, setUp, textsOf } from "../support/programs.js";

const frameworks = [...new Set(findApps("", true).map(({ name }) => name.split("/")[1] ?? ""))];

test.each(frameworks)("%s", (framework) => {
  const program = findApps(`apps/${framework}/four-ways`, true)[0];
  expect(program).toBeDefined();
  if (program === undefined) return;
  const { root, dispose } = setUp(program);
  try {
    const wanted = [...textsOf(root)].flatMap(([file, text]) =>
      text.split("\n").flatMap((line, index) => {
        const reason = /\/\/ reason: (?<reason>.*)$/u.exec(line)?.groups?.["reason"];
        return reason === undefined ? [] : [{ place: `${file}:${String(index + 2)}`, reason }];
      }),
    );
    const messages = new Map(
      audit({ folder: root, today: "2026-11-24" })
        .report.findings.filter(({ rule }) => rule === "require-guardian-consent")
        .map(({ location, message }) => [`${location.file}:${String(location.line)}`, message]),
    );
    expect([...messages.keys()].sort()).toEqual(wanted.map(({ place }) => place).sort());
    expect(wanted.length).toBe(4);
    for (const { place, reason } of wanted)
      expect(messages.get(place)).toContain(`does not take effect: ${reason}`);
  } finally {
    dispose();
  }
});
