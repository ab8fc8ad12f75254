/** Code that is deep or long fills no stack: what it holds is found, or told as not analysed, and other files are as ever. */
import { describe, expect, test } from "vitest";
import { describeExpectation, readMarkers } from "../support/markers.js";
import { auditFiles, type Files } from "../support/run-code.js";
import { shapes } from "../bench/growth/shapes/index.js";

/** Sizes at which a walk that recursed over them would fill the stack, or an answer found again each time would show. */
const deep: Readonly<Record<string, number>> = {
  "call chain": 1200,
  "call chain over files": 700,
  "cycle of files": 700,
  "nested callbacks": 200,
  "nested closures": 200,
  "mutual recursion": 120,
  "promise chain": 300,
  "chain of barrels": 700,
  sum: 3000,
  "nested ternaries": 500,
  "nested calls": 500,
  "nested objects": 300,
  "nested templates": 300,
  "chain of methods": 600,
  "linked list": 400,
  "derived lists": 400,
  inheritance: 400,
  implementations: 300,
  "implementations in a list": 300,
  "wide switch": 5000,
  "long function": 6000,
  "branches in a row": 2500,
  "loops in a row": 600,
};

describe("long ways and deep nests", () => {
  test.each(Object.entries(deep))("%s of %i", (name, size) => {
    const shape = shapes.find((each) => each.name === name);
    const files = shape?.write(size) ?? {};
    const { report } = auditFiles(files);
    const found = report.findings.map(({ location: { file, line }, rule, field, verdict }) =>
      describeExpectation({ file, line, rule, field: field?.name ?? null, verdict }),
    );
    const expected = Object.entries(files).flatMap(([file, text]) => readMarkers(file, text).expected);
    expect(found.sort()).toEqual(expected.map(describeExpectation).sort());
    expect(report.blindSpots).toEqual([]);
  });
});

describe("beyond what the compiler takes in", () => {
  const good =
    "interface Child {\n  /** @childData contact */\n  email: string;\n}\nexport function f(child: Child): void {\n  console.log(child.email);\n}\n";

  test.each(["nested callbacks", "nested calls", "nested objects", "chain of methods", "nested blocks"])(
    "5,000 of %s: the file is told as not analysed, and the other one is as ever",
    (name) => {
      const shape = shapes.find((each) => each.name === name);
      const files: Files = { ...shape?.write(5000), "good.ts": good };
      const { report } = auditFiles(files);
      expect(
        report.findings.map(({ location, rule }) => `${location.file}:${String(location.line)} ${rule}`),
      ).toEqual(["good.ts:6 no-child-data-in-logs"]);
      expect(
        report.blindSpots.map(({ location, note }) => `${location.file}:${String(location.line)} ${note}`),
      ).toEqual(["main.ts:1 not analysed: more than 900 levels"]);
    },
  );
});
