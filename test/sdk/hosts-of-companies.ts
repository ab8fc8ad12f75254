/** Whether the hosts that companies' SDKs send to are the companies' in the catalogue. */
import { expect } from "vitest";
import { auditFiles } from "../support/run-code.js";
import { recipientsByHost } from "./judge-sdk-program.js";
import type { SdkOutcome } from "./running/job.js";
import { auditedFiles, type SdkProgram } from "./sdk-program.js";

export function expectHostsOfCompanies(programs: readonly SdkProgram[], outcome: SdkOutcome): void {
  const sent = programs.flatMap((program) => [...recipientsByHost(program, outcome)]);
  const calls = sent.map(
    ([host]) => `  await fetch("https://${host}/", { method: "POST", body: child.note });`,
  );
  const text = `import type { Child } from "./child.js";\nexport async function send(child: Child) {\n${calls.join("\n")}\n}\n`;
  const { report } = auditFiles({ ...auditedFiles([]), "hosts.ts": text });
  const found = report.findings
    .filter(({ rule }) => rule === "require-assessment")
    .map(({ location, sink }) => `${sent[location.line - 3]?.[0] ?? ""}: ${sink?.recipient ?? ""}`);
  expect(found).toEqual(sent.map(([host, recipient]) => `${host}: ${recipient}`));
}
