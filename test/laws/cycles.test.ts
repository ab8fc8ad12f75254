import { expect, test } from "vitest";
import { importsOf, readSources } from "../support/sources.js";

/** A way through the imports that ends where it began, or null. */
function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): string[] | null => {
    const index = way.indexOf(file);
    if (index !== -1) return [...way.slice(index), file];
    if (done.has(file)) return null;
    for (const next of edges.get(file) ?? []) {
      const cycle = walk(next, [...way, file]);
      if (cycle !== null) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of edges.keys()) {
    const cycle = walk(file, []);
    if (cycle !== null) return cycle;
  }
  return null;
}

test("no import cycle", () => {
  const edges = new Map(
    readSources("src", "rules").map((source) => [
      source.path,
      importsOf(source).flatMap(({ to }) => to ?? []),
    ]),
  );
  expect(
    findCycle(edges),
    "Files that import each other cannot be understood or loaded one at a time: move what both need into a file of its own.",
  ).toBeNull();
});

test("a cycle would be seen", () => {
  expect(
    findCycle(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["b"]],
      ]),
    ),
  ).toEqual(["b", "c", "b"]);
  expect(
    findCycle(
      new Map([
        ["a", ["b", "c"]],
        ["b", ["c"]],
        ["c", []],
      ]),
    ),
  ).toBeNull();
});
