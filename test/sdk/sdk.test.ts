/**
 * Programs that use the SDKs of recipients, run as they are: every address they connect to is a server of ours. What they say
 * they send leaves in a request, nothing else does, and the engine reports just that, at that call and for that recipient.
 */
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { ReportFinding } from "../../src/audit.js";
import { packagesFolder } from "../support/compiled-runner.js";
import { auditFiles } from "../support/run-code.js";
import { expectHostsOfCompanies } from "./hosts-of-companies.js";
import { judgeSdkProgram } from "./judge-sdk-program.js";
import { runSdkPrograms } from "./run-sdk-programs.js";
import type { SdkOutcome } from "./running/job.js";
import { auditedFiles, findSdkPrograms } from "./sdk-program.js";

const programs = ["", "alone/"].flatMap((folder) => findSdkPrograms(process.env.SDK, folder));
let outcome: SdkOutcome;
let findings: readonly ReportFinding[];

beforeAll(async () => {
  expect(existsSync(packagesFolder), "run `npm run setup`").toBe(true);
  const running = runSdkPrograms(programs);
  const { report } = auditFiles(auditedFiles(programs));
  findings = report.findings.filter(({ rule }) => rule === "require-assessment");
  outcome = await running;
}, 120_000);

describe("what is sent is what is reported", () => {
  test.each(programs)("$name", (program) => {
    const own = findings.filter(({ location }) => location.file === `${program.name}.ts`);
    expect(judgeSdkProgram(program, outcome, own)).toEqual([]);
  });
});

test("the hosts that SDKs send to are their companies' in the catalogue", () => {
  expectHostsOfCompanies(programs, outcome);
});
