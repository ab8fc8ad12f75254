import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderModelSchema } from "../../src/models/model-schema.js";

const file = new URL("../../schema/model.json", import.meta.url);

describe("schema/model.json", () => {
  it("is what the grammar says (npm run generate writes it)", () => {
    expect(existsSync(file) && readFileSync(file, "utf8")).toBe(renderModelSchema());
  });
});
