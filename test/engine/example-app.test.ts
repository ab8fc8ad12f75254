/** The example app: what the audit finds there is what its page says, place by place, and nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { audit, type Audit } from "../../src/audit.js";
import { english } from "../../src/report/messages/en.js";
import { renderPretty } from "../../src/report/pretty.js";
import { fixtureDay } from "../support/check-program.js";
import { repository } from "../support/sources.js";

const page = readFileSync(join(repository, "examples/after-school-club.expected.md"), "utf8");
const readme = readFileSync(join(repository, "README.md"), "utf8");
const appPage = readFileSync(join(repository, "examples/after-school-club/README.md"), "utf8");
const rules = [
  "require-encryption",
  "no-child-data-in-logs",
  "require-guardian-consent",
  "valid-age-threshold",
  "require-assessment",
  "no-undeclared-purpose",
  "no-public-disclosure",
  "require-deletion-path",
  "complete-notice",
  "require-access-record",
  "require-correction-path",
  "require-retention-period",
  "no-unused-collection",
] as const;

/** The text of a section of the page, up to the next heading of its level. */
function section(title: RegExp): string {
  return page.split(/^## /mu).find((text) => title.test(text.split("\n")[0] ?? "")) ?? "";
}

/** Rows `| E1 | \`file:line:column\` | …` by their name. */
function placesOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^\|\s*([A-Z]\d+)\s*\|\s*`([^`]+:\d+:\d+)`/gmu)].map(([, name = "", place = ""]) => [
      name,
      place,
    ]),
  );
}

/** What the page admits is not found yet: a place that is found must leave that list. */
const misses = placesOf(section(/^Not found yet/u));

describe("examples/after-school-club", () => {
  let done: Audit;
  beforeAll(() => {
    done = audit({ folder: join(repository, "examples/after-school-club"), today: fixtureDay });
  });

  const placesFound = (rule: string): string[] => [
    ...new Set(
      done.report.findings
        .filter((finding) => finding.rule === rule)
        .map(({ location: { file, line, column } }) => `${file}:${String(line)}:${String(column)}`),
    ),
  ];
  const fieldsAt = (place: string): string[] =>
    done.report.findings
      .filter(({ rule }) => rule === "require-encryption" || rule === "no-child-data-in-logs")
      .filter(({ location: { file, line, column } }) => `${file}:${String(line)}:${String(column)}` === place)
      .map(({ field }) => field?.name ?? "");

  test.for([...rules, "valid-setup"] as const)("%s speaks where the page says", (rule) => {
    const title = section(new RegExp(`^\`${rule}\`: \\d+ places`, "u"));
    const expected = placesOf(title);
    expect(expected.size).toBe(Number(/: (\d+) places/u.exec(title)?.[1]));
    const found = [...expected].filter(([name]) => !misses.has(name)).map(([, place]) => place);
    expect(placesFound(rule).toSorted()).toEqual(found.toSorted());
  });

  test("each article of the app's page is broken somewhere, and met somewhere near", () => {
    const rows = [...appPage.matchAll(/^\| ([\d, ]+), [a-z ]+\|([^|]*)\|([^|]*)\|$/gmu)];
    const articles = rows.flatMap(([, numbers = ""]) => numbers.split(",").map(Number));
    expect(articles).toEqual([2, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 23]);
    for (const [row, , broken = "", met = ""] of rows)
      expect([broken.trim().length > 1, met.trim().length > 1], row).toEqual([true, true]);
    const violated = done.report.articles.filter(({ status }) => status === "violated");
    expect(violated.map(({ article }) => article)).toEqual(expect.arrayContaining(articles));
  });

  test("of two ways to end the service one erases everything, and the other is reported", () => {
    const ends = done.report.dataMap.deletion.filter(({ kind }) => kind === "shutdown");
    expect(ends.map(({ entry, misses }) => [entry, misses.length > 0])).toEqual([
      ["DeregistrationService.closeClub", false],
      ["DeregistrationService.windDown", true],
    ]);
  });

  test("what is not found yet stands on the page with its own place", () => {
    const all = new Map(rules.flatMap((rule) => [...placesOf(section(new RegExp(`^\`${rule}\`: `, "u")))]));
    for (const [name, place] of misses) expect(all.get(name)).toBe(place);
  });

  test("every finding of the two duties is proven", () => {
    const found = done.report.findings.filter(
      ({ rule }) => rule.startsWith("require-encryption") || rule.startsWith("no-child"),
    );
    expect(found.filter(({ verdict }) => verdict !== "proven")).toEqual([]);
  });

  test("sealed keys beside a copied object and redacted paths are not named", () => {
    for (const sealed of ["fullName", "birthDate", "homeAddress", "schoolName", "allergies", "religion"])
      expect(fieldsAt("src/repositories/child-repository.ts:23:23").join()).not.toContain(`.${sealed}`);
    expect(fieldsAt("src/services/guardian-service.ts:49:5")).toEqual(["guardianInput.fullName"]);
  });

  test("what a comment suppresses is listed, with its reason and its last day", () => {
    expect(done.report.suppressed).toMatchObject([
      { location: { file: "src/jobs/school-feed-import.ts", line: 29, column: 7 }, until: "2027-03-01" },
    ]);
  });

  test("the README counts what is found and what is known", () => {
    const known = rules.reduce(
      (sum, rule) => sum + placesOf(section(new RegExp(`^\`${rule}\`: `, "u"))).size,
      0,
    );
    const found = rules.reduce((sum, rule) => sum + placesFound(rule).length, 0);
    expect(readme).toContain(`${String(known)} places are known`);
    expect(readme).toContain(`finds ${String(found)} of them`);
    expect(readme).toContain(`prints ${String(found)} places`);
    const printed = renderPretty(done.analysis, english, { color: false, width: 100 });
    const last = / at (\d+) places/u.exec(printed.split("\n").slice(-4).join("\n"))?.[1];
    expect(readme).toContain(`Its last line says ${String(last)} places`);
  });

  test("the finding that the README shows is printed so", () => {
    const shown = /^```text\n\$ [^\n]*after-school-club[^\n]*\n([\s\S]*?)^```$/mu.exec(readme)?.[1] ?? "";
    const printed = renderPretty(done.analysis, english, { color: false, width: 100 });
    const parts = shown.split(/^…\n/mu).filter((part) => part.trim() !== "");
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) expect(printed).toContain(part.trim());
  });
});
