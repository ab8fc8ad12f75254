import { describe, expect, it } from "vitest";
import { describeModelError } from "../../src/models/model-error.js";
import { parseModelFile } from "../../src/models/model-file.js";
import { listModelFiles, readRecipients } from "../../src/project/catalogue-files.js";

describe("shipped models", () => {
  it.each(listModelFiles().map((file) => [file.name, file.text] as const))("%s is valid", (name, text) => {
    const { model, errors } = parseModelFile(text, name);
    expect(errors.map(describeModelError)).toEqual([]);
    expect([...(model?.paths ?? []), ...Object.keys(model?.extends ?? {})]).not.toEqual([]);
  });

  it("recipients.yaml is valid", () => {
    const recipients = readRecipients();
    expect(recipients.length).toBeGreaterThan(0);
    for (const { company } of recipients) expect(company).not.toBeNull();
  });
});
