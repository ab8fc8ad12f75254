import { expect, test } from "vitest";
import { gadgetNames } from "./gadgets/index.js";
import { knownFor, knownInventions } from "./known-inventions.js";

test("every listed kind names gadgets that there are, a program and a reason", () => {
  for (const { kind, gadgets, program, reason } of knownInventions) {
    for (const gadget of gadgets) expect(gadgetNames, kind).toContain(gadget);
    expect(program, kind).toContain("invented: ");
    expect(reason, kind).toMatch(/^[A-Z].+\.$/u);
  }
  expect(new Set(knownInventions.map(({ kind }) => kind)).size).toBe(knownInventions.length);
});

test("kinds are found by the gadgets of a program", () => {
  expect(knownFor(["control/assign"])).toEqual([]);
  expect(knownFor(["control/assign", "async/async generator"]).map(({ gadgets }) => gadgets)).toEqual([
    ["async/async generator"],
  ]);
});
