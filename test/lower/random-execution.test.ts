import { describe, expect, it } from "vitest";
import { expectSameBehaviour } from "./support/run-both.js";
import { randomProgram } from "./support/random-program.js";

describe("graphs of random programs do what the programs do", () => {
  it.each([0, 1, 2, 3])("batch %i", async (batch) => {
    for (let seed = batch * 1000; seed < batch * 1000 + Number(process.env["SEEDS"] ?? 60); seed++) {
      const text = randomProgram(seed);
      try {
        await expectSameBehaviour(text);
      } catch (error) {
        expect.fail(`seed ${String(seed)}: ${String(error)}\n${text}`);
      }
    }
  });
});
