import { describe, expect, test } from "vitest";
import { accessPath } from "../../../src/flow/paths/access-path.js";
import { FactTable } from "../../../src/flow/tabulation/fact.js";
import { WorkList } from "../../../src/flow/tabulation/work-list.js";

const facts = new FactTable();

const page = {};

function item(field: string, ...path: readonly string[]) {
  return { entry: { node: page }, fact: facts.fact(1, accessPath(path), facts.state(field)) };
}

describe("the order of work", () => {
  test("near data first, each in the order of arrival", () => {
    const list = new WorkList<ReturnType<typeof item>>();
    const far = item("a", "w", "x", "y", "z");
    const first = item("a", "x");
    const second = item("b");
    for (const each of [far, first, second]) expect(list.push(each)).toBe(true);
    expect([list.next(), list.next(), list.next(), list.next()]).toEqual([first, second, far, undefined]);
  });

  test("one field's far data does not use up another's share, nor what is near", () => {
    const list = new WorkList<ReturnType<typeof item>>();
    const far = item("a", "w", "x", "y", "z");
    let pushed = 0;
    while (list.push(far)) pushed++;
    expect(pushed).toBeGreaterThan(1000);
    expect(list.push(item("b", "w", "x", "y", "z"))).toBe(true);
    expect(list.push(item("a", "x"))).toBe(true);
  });

  test("what one function has used up leaves the others a little each", () => {
    const list = new WorkList<ReturnType<typeof item>>();
    const far = item("a", "w", "x", "y", "z");
    while (list.push(far));
    const elsewhere = { ...far, entry: { node: {} } };
    let pushed = 0;
    while (list.push(elsewhere)) pushed++;
    expect(pushed).toBeGreaterThan(10);
    expect(pushed).toBeLessThan(1000);
  });

  test("many fields share what all of them may take, and each has its own part of it", () => {
    const list = new WorkList<ReturnType<typeof item>>();
    const steps = (field: string): number => {
      let pushed = 0;
      for (const near = item(field, "x"); list.push(near); list.next()) pushed++;
      return pushed;
    };
    const shares = ["a", "b", "c", "d", "e", "f", "g", "h"].map(steps);
    expect(shares[0]).toBeGreaterThan(400_000);
    expect(shares[7]).toBeLessThan(shares[0]! / 3);
    expect(shares[7]).toBeGreaterThan(100_000);
  });
});
