import { describe, expect, test } from "vitest";
import { layerFault, layerOf, moduleBans } from "../../scripts/layers.mjs";
import { importsOf, readSources } from "../support/sources.js";

const imports = readSources("src", "rules").flatMap(importsOf);

describe("the order of layers", () => {
  test("an import goes downward only", () => {
    const faults = imports.flatMap(({ from, to }) => {
      const upper = layerOf(from);
      const lower = to === null ? null : layerOf(to);
      const fault = upper === null || lower === null ? null : layerFault(upper, lower);
      return fault === null ? [] : [`${from} imports ${to ?? ""}: ${fault}`];
    });
    expect(faults, "Arrows never run back: move what both need to the lowest layer that fits.").toEqual([]);
  });

  test("the law itself knows up, down and beside", () => {
    expect(layerFault("flow", "models")).toBeNull();
    expect(layerFault("models", "flow")).toContain("never run back");
    expect(layerFault("lower", "annotations")).toContain("side by side");
    expect(layerFault("cli", "project")).toContain("face");
    expect(layerFault("cli", "engine")).toBeNull();
  });

  test.for(moduleBans)("only $allowed import $modules", ({ modules, allowed, why }) => {
    const faults = imports.filter(({ from, specifier }) => {
      const layer = from.startsWith("src/dev/") ? "dev" : layerOf(from);
      return (
        layer !== null &&
        !allowed.includes(layer) &&
        modules.some((name) => specifier === name || specifier.startsWith(`${name}/`))
      );
    });
    expect(
      faults.map(({ from, specifier }) => `${from} imports ${specifier}`),
      why,
    ).toEqual([]);
  });

  test("the compiler is imported as a type and handed in at run time", () => {
    const faults = imports.filter(({ specifier, isTypeOnly }) => specifier === "typescript" && !isTypeOnly);
    expect(
      faults.map(({ from }) => from),
      "The user's TypeScript made the program, and versions differ in their flags: take `ts` as a parameter.",
    ).toEqual([]);
  });
});
