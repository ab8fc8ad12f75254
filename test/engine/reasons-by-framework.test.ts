/**
 * For each framework an app (`four-ways`, and `four-ways-…` for its other forms) that goes wrong in the ways in which a
 * guard does not take effect: it runs too late, stands elsewhere, is not awaited, its error is swallowed.
 * `// reason: …` stands above each line that is marked, and the message says so; where no guard stands near that could
 * be told, the reason is the sentence that says which would do. The apps are run with the others (`test/apps`).
 */
import { expect, test } from "vitest";
import { audit } from "../../src/audit.js";
import { findApps, setUp, textsOf } from "../support/programs.js";

const frameworks = [...new Set(findApps().map(({ name }) => name.split("/")[1] ?? ""))];

const programs = findApps("/four-ways");

test.each(frameworks)("%s has one", (framework) => {
  expect(programs.map(({ name }) => name)).toContainEqual(
    expect.stringMatching(new RegExp(`^apps/${framework}/four-ways(?:\\.tsx?)?$`, "u")),
  );
});

test.each(programs)("$name", (program) => {
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
    expect(wanted.length).toBeGreaterThanOrEqual(4);
    for (const { place, reason } of wanted)
      expect(messages.get(place)).toContain(
        /^[A-Z]/u.test(reason) ? reason : `does not take effect: ${reason}`,
      );
  } finally {
    dispose();
  }
});
