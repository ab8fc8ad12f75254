/**
 * Apps written with the real packages, each run with guardians that refuse, say nothing and consent. What it keeps or hands on
 * where they do not consent is marked, and nothing else is.
 */
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { findApps } from "./app-programs.js";
import { examineApps, type ExaminedApp } from "./examine-apps.js";
import { judgeApp } from "./judge-app.js";
import { packagesFolder } from "../support/compiled-runner.js";

const apps = findApps(process.env.APPS);
let examined: readonly ExaminedApp[] = [];

beforeAll(async () => {
  expect(existsSync(packagesFolder), "run `npm run setup`").toBe(true);
  examined = await examineApps(apps);
}, 600_000);

describe("apps do what their markers say", () => {
  test.each(apps.map(({ name }) => name))("%s", (name) => {
    const one = examined.find(({ app }) => app.name === name);
    expect(one?.verdict.faults).toEqual([]);
    expect(one?.app.requests.length).toBeGreaterThan(0);
  });
});

test("what cannot be shown by running is listed, and only that", () => {
  const shown = examined.filter(
    ({ app, compiled, outcome }) =>
      app.notShown !== null && judgeApp({ ...app, notShown: null }, compiled, outcome).faults.length === 0,
  );
  expect(shown.map(({ app }) => app.name)).toEqual([]);
});

test("every framework has both kinds", () => {
  const frameworks = new Map<string, { marked: number; guarded: number }>();
  for (const { app, verdict } of examined.filter((one) => one.app.isWholeApp)) {
    const sum = frameworks.get(app.framework) ?? { marked: 0, guarded: 0 };
    frameworks.set(app.framework, {
      marked: sum.marked + verdict.marked,
      guarded: sum.guarded + verdict.guarded,
    });
  }
  for (const [framework, { marked, guarded }] of frameworks) {
    process.stdout.write(`${framework}: ${String(marked)} places without consent, ${String(guarded)} with\n`);
    expect(marked, framework).toBeGreaterThan(0);
    expect(guarded, framework).toBeGreaterThan(0);
  }
});

test("markers that are wrong are noticed", () => {
  const one = examined.find(({ app }) => app.name === "express/enrolment.ts");
  if (one === undefined) return;
  const faultsOf = (change: (text: string) => string): readonly string[] => {
    const files = new Map([...one.app.files].map(([path, text]) => [path, change(text)]));
    return judgeApp({ ...one.app, files }, one.compiled, one.outcome).faults;
  };
  const marker = /\/\/ expect: .*/u;
  expect(faultsOf((text) => text.replace(marker, "")).join("\n")).toMatch(/no marker says so/u);
  expect(faultsOf((text) => text.replace(", Pupil.nickname", "")).join("\n")).toMatch(/nickname is kept/u);
  expect(
    faultsOf((text) =>
      text.replace(/(?<=INTO imports.*\n?.*;)/u, " // expect: require-guardian-consent Pupil.email"),
    ).join("\n"),
  ).toMatch(/was not kept/u);
});
