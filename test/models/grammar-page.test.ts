import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeModelError } from "../../src/models/model-error.js";
import { parseModelFile } from "../../src/models/model-file.js";
import type { JsonSchema } from "../../src/models/reader.js";
import { roleForms, roleKeys } from "../../src/models/role-grammar.js";

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

  it("describes every role with all its keys, and no others", () => {
    const roles = page.slice(page.indexOf("## 4."), page.indexOf("## 5."));
    const told = new Map<string, readonly string[]>();
    for (const [, names = "", keys = ""] of roles.matchAll(/^\| (`[^|]*?) *\| ([^|]*?) *\| /gmu))
      for (const name of wordsIn(names)) told.set(name, wordsIn(keys).sort());
    const known = roleKeys.map((role) => [role, keysOf(roleForms[role]?.schema).sort()] as const);
    expect([...told].sort()).toEqual(known.sort());
  });
});

/** Words in code: `store`, `data`. */
function wordsIn(text: string): string[] {
  return [...text.matchAll(/`(\w+)`/gu)].map(([, word = ""]) => word);
}

/** The keys that a role may be written with, one by itself or in a list. */
function keysOf(schema: JsonSchema | undefined): string[] {
  const { properties, anyOf } = (schema ?? {}) as { properties?: object; anyOf?: readonly JsonSchema[] };
  const own = properties === undefined ? [] : Object.keys(properties);
  return [...new Set([...own, ...(anyOf ?? []).flatMap(keysOf)])];
}
