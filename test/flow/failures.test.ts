/** A defect of ours in the analysis of one function: it is told, and all else is found. */
import { afterEach, expect, test, vi } from "vitest";
import { TouchedValues } from "../../src/flow/tabulation/touched-values.js";
import { auditFiles } from "../support/run-code.js";

afterEach(() => {
  vi.restoreAllMocks();
});

test("the function is told as not analysed, and other functions keep their findings", () => {
  const code = (name: string): string =>
    `interface ${name} {\n  /** @childData contact */\n  email: string;\n}\nexport function f(it: ${name}): void {\n  console.log(it.email);\n}\n`;
  const next = Object.getOwnPropertyDescriptor(TouchedValues.prototype, "next")
    ?.value as TouchedValues["next"];
  vi.spyOn(TouchedValues.prototype, "next").mockImplementation(function (this: TouchedValues, ...asked) {
    if (asked[0].file === "bad.ts") throw new Error("a defect");
    return next.apply(this, asked);
  });
  const { report } = auditFiles({ "bad.ts": code("Pupil"), "good.ts": code("Child") });
  expect(report.findings.map(({ location }) => `${location.file}:${String(location.line)}`)).toEqual([
    "good.ts:6",
  ]);
  expect(
    report.blindSpots.map(({ location, note }) => `${location.file}:${String(location.line)} ${note}`),
  ).toEqual(["bad.ts:5 not analysed: f, internal error: a defect"]);
});
