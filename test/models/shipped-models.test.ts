import { describe, expect, it } from "vitest";
import type { PathModel, Role } from "../../src/contracts/model.js";
import { describeModelError } from "../../src/models/model-error.js";
import { parseModelFile } from "../../src/models/model-file.js";
import { listModelFiles, readRecipients } from "../../src/project/catalogue-files.js";

describe("shipped models", () => {
  it.each(listModelFiles().map((file) => [file.name, file.text] as const))("%s is valid", (name, text) => {
    const { model, errors } = parseModelFile(text, name);
    expect(errors.map(describeModelError)).toEqual([]);
    expect([...(model?.paths ?? []), ...Object.keys(model?.extends ?? {})]).not.toEqual([]);
  });

  it.each(listModelFiles().map((file) => [file.name, file.text] as const))(
    "%s says of no call that it gives nothing and something of its arguments",
    (name, text) => {
      const paths = (parseModelFile(text, name).model?.paths ?? []).filter(({ when }) => when.length === 0);
      const empty = paths.filter(({ roles }) => roles.some(({ kind }) => kind === "none")).map(keyOf);
      const full = new Set(paths.filter(({ roles }) => roles.some(givesArguments)).map(keyOf));
      expect(empty.filter((key) => full.has(key))).toEqual([]);
    },
  );

  it("recipients.yaml is valid", () => {
    const recipients = readRecipients();
    expect(recipients.length).toBeGreaterThan(0);
    for (const { company } of recipients) expect(company).not.toBeNull();
  });
});

function keyOf({ form, path }: PathModel): string {
  return `${form} ${JSON.stringify(path)}`;
}

/** Something of the arguments or the receiver comes back, other than what a function among them gives. */
function givesArguments(role: Role): boolean {
  return (
    role.kind === "flow" &&
    role.to.some(({ root }) => root.kind === "return") &&
    role.from.some(({ steps }) => steps.every(({ kind }) => kind !== "result" && kind !== "parameter"))
  );
}
