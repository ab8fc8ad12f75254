/** Traces that a person can follow: the whole of each is kept as text, so that a change is read before it is taken. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { findPrograms } from "../support/programs.js";
import { chosen } from "./chosen.js";
import { renderTraces } from "./render-traces.js";

const programs = new Map(findPrograms().map((program) => [program.name, program]));

test("thirty fixtures are chosen", () => {
  expect(new Set(chosen).size).toBe(30);
});

test.for(chosen)("%s", async (name) => {
  const program = programs.get(name);
  if (program === undefined) throw new Error(`no fixture ${name}`);
  const file = `${name
    .replace(/^flow\//u, "")
    .replace(/\.\w+$/u, "")
    .replaceAll("/", ".")}.txt`;
  await expect(renderTraces(program)).toMatchFileSnapshot(join(import.meta.dirname, "snapshots", file));
});
