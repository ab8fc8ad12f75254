/** The plugin as a whole: every obligation that can be checked has its rule, page, level and fixtures, under one name. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { rules } from "../rules/index.js";
import { checks } from "../src/checks/index.js";
import { defaultLevelOf, isRuleId } from "../src/contracts/obligation.js";
import plugin from "../src/index.js";
import { findUnread } from "./support/programs.js";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const ids = Object.keys(rules);

test("every check has a rule; only what is possible of any rule has none of its own", () => {
  expect(checks.map((check) => check.id).filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id) => !checks.some((check) => check.id === id))).toEqual(["cannot-tell"]);
});

test("no fixture lies where nobody reads it", () => {
  expect(findUnread()).toEqual([]);
});

describe.each(ids)("%s", (id) => {
  test("is named in the table of obligations, and has a page and fixtures of its name", () => {
    expect(isRuleId(id)).toBe(true);
    for (const path of [`rules/${id}.ts`, `rules/${id}.md`, `fixtures/${id}`])
      expect(existsSync(at(path)), path).toBe(true);
  });

  test("says what it is for and where its page is, and fixes nothing by itself", () => {
    const meta = plugin.rules?.[id]?.meta;
    expect(meta?.docs?.description).toMatch(/^\S.*[^.]$/u);
    expect(meta?.docs?.url).toMatch(new RegExp(`/${id}\\.md$`, "u"));
    expect(meta?.type).toMatch(/^(?:problem|suggestion)$/u);
    expect(meta?.fixable).toBeUndefined();
  });
});

test("recommended has every rule at the level of the table, all and strict have them as errors", () => {
  const levels = (name: "recommended" | "strict" | "all"): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(plugin.configs[name].rules ?? {}).map(([rule, level]) => [
        rule.replace("child-privacy/", ""),
        Array.isArray(level) ? (level[0] as unknown) : level,
      ]),
    );
  expect(levels("recommended")).toEqual(
    Object.fromEntries(ids.map((id) => [id, isRuleId(id) ? defaultLevelOf(id) : ""])),
  );
  for (const name of ["strict", "all"] as const)
    expect(levels(name)).toEqual(Object.fromEntries(ids.map((id) => [id, "error"])));
});
