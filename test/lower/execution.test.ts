import { describe, expect, it } from "vitest";
import { expectSameBehaviour } from "./support/run-both.js";
import { programs } from "./support/programs.js";

describe("a graph does what its program does", () => {
  it.each(Object.entries(programs))("%s", async (_, text) => {
    const lines = await expectSameBehaviour(text);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.at(-1)).toBe('"end"');
  });
});
