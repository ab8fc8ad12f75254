import { describe, expect, test } from "vitest";
import type { Protection } from "../../../src/contracts/flow.js";
import { FactTable } from "../../../src/flow/tabulation/fact.js";
import { apply } from "../../../src/flow/protection/protection.js";

const encoded: Protection = { kind: "encoded", by: "base64" };
const hashed: Protection = { kind: "hashed", by: "sha256", slow: false };
const weak: Protection = { kind: "weak", by: "des-cbc", reason: "algorithm" };
const pseudonymised: Protection = { kind: "pseudonymised", by: "hmac" };
const encrypted: Protection = { kind: "encrypted", by: "aes-256-gcm" };

function after(...steps: readonly Protection[]): string {
  const facts = new FactTable();
  return steps.reduce((state, step) => apply(facts, state, step), facts.state("Child.email")).protection.kind;
}

describe("protection adds up", () => {
  test.each([
    [[encoded, encrypted], "encrypted"],
    [[encrypted, encoded], "encrypted"],
    [[hashed, encoded], "hashed"],
    [[weak, encrypted], "encrypted"],
    [[encrypted, weak], "encrypted"],
    [[pseudonymised, hashed], "pseudonymised"],
  ] as const)("%j is %s", (steps, kind) => {
    expect(after(...steps)).toBe(kind);
  });

  test("decrypting and decoding reveal", () => {
    expect(after(encrypted, { kind: "raw" })).toBe("raw");
    expect(after(encrypted, { kind: "raw" }, encoded)).toBe("encoded");
  });
});

describe("states are unique", () => {
  test("the same field in the same state is one object; whether a step was assumed is part of it", () => {
    const facts = new FactTable();
    const state = facts.state("Child.email", encoded);
    expect(facts.state("Child.email", { kind: "encoded", by: "base64" })).toBe(state);
    expect(facts.state("Child.name", encoded)).not.toBe(state);
    expect(facts.assume(state)).not.toBe(state);
    expect(facts.assume(facts.assume(state))).toBe(facts.assume(state));
  });
});
