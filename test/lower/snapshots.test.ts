import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderGraph } from "../../src/lower/render-graph.js";
import { checkGraph } from "./support/check-graph.js";
import { lowerText } from "./support/lower-text.js";

const folder = join(import.meta.dirname, "../../fixtures/lower");
const cases = readdirSync(folder)
  .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
  .sort();

describe("the graph of each form", () => {
  it.each(cases)("%s", async (name) => {
    const graph = lowerText(readFileSync(join(folder, name), "utf8"), name);
    expect(checkGraph(graph)).toEqual([]);
    await expect(renderGraph(graph)).toMatchFileSnapshot(
      join(folder, `${name.replace(/\.\w+$/, "")}.graph.txt`),
    );
  });
});
