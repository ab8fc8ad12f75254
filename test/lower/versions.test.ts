import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ts as bundled } from "ts-morph";
import type ts from "typescript";
import typescript from "typescript";
import { describe, expect, it } from "vitest";
import { lowerText } from "./support/lower-text.js";

const folder = join(import.meta.dirname, "../../fixtures/lower");
const cases = readdirSync(folder).filter((name) => /\.[cm]?[jt]sx?$/.test(name));

describe("the TypeScript instance that is handed in does not matter", () => {
  it.each(cases)("%s", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(lowerText(text, name, bundled as unknown as typeof ts)).toEqual(lowerText(text, name, typescript));
  });
});
