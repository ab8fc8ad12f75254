import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkGraph } from "./support/check-graph.js";
import { lowerText } from "./support/lower-text.js";

const root = join(import.meta.dirname, "../..");

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !name.includes("node_modules"))
    .sort()
    .map((name) => `${folder}/${name}`);
}

describe("every graph keeps the invariants", () => {
  it.each(["fixtures", "src", "examples", "test"])("%s", (folder) => {
    const problems = sourcesBelow(folder).flatMap((file) => {
      const graph = lowerText(readFileSync(join(root, file), "utf8"), file);
      const internal = graph.errors
        .filter((error) => error.message.startsWith("not analysed"))
        .map((error) => error.message);
      return [...internal, ...checkGraph(graph)].map((problem) => `${file}: ${problem}`);
    });
    expect(problems).toEqual([]);
  });
});
