/**
 * Programs that use the SDKs of pages, run in pages of Chromium that reaches no server but the recorder: what they say they
 * send leaves in a request, nothing else does, and the engine reports just that, at that call and for that recipient.
 */
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { ReportFinding } from "../../src/audit.js";
import { canBrowse } from "../support/browser.js";
import { packagesFolder } from "../support/compiled-runner.js";
import { auditFiles } from "../support/run-code.js";
import { expectHostsOfCompanies } from "./hosts-of-companies.js";
import { judgeSdkProgram } from "./judge-sdk-program.js";
import { runPagePrograms } from "./pages/run-page-programs.js";
import type { SdkOutcome } from "./running/job.js";
import { auditedFiles, findSdkPrograms } from "./sdk-program.js";

const programs = findSdkPrograms(process.env.SDK, "pages/");
let outcome: SdkOutcome;
let findings: readonly ReportFinding[];

const hint = canBrowse() ? "" : " (no Chromium is here, and none may be installed)";

describe.skipIf(!canBrowse() || programs.length === 0)(`what a page sends is what is reported${hint}`, () => {
  beforeAll(async () => {
    expect(existsSync(packagesFolder), "run `npm run setup`").toBe(true);
    // One after the other: the recorder answers in this process, which an audit keeps busy.
    outcome = await runPagePrograms(programs);
    const { report } = auditFiles(auditedFiles(programs));
    // What a recorder films is no value that the program hands over.
    findings = report.findings.filter(({ rule, field }) => rule === "require-assessment" && field != null);
  }, 600_000);

  test.each(programs)("$name", (program) => {
    const own = findings.filter(({ location }) => location.file === `${program.name}.ts`);
    expect(judgeSdkProgram(program, outcome, own)).toEqual([]);
  });

  test("the hosts that pages send to are their companies' in the catalogue", () => {
    expectHostsOfCompanies(programs, outcome);
  });
});
