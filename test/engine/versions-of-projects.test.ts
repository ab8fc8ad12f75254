/** Several projects in one process, as in an editor: the version that one of them uses says nothing of another. */
import { expect, test } from "vitest";
import { auditFiles } from "../support/run-code.js";

const code = `import * as Sentry from "@sentry/node";
Sentry.init({ dsn: "https://key@o1.ingest.sentry.io/1" });
export interface Child {
  /** @childData contact */
  email: string;
}
`;

function captured(version: string): number {
  const manifest = JSON.stringify({ dependencies: { "@sentry/node": version } });
  const { report } = auditFiles({ "package.json": manifest, "app.ts": code });
  return report.findings.filter(({ rule }) => rule === "require-assessment").length;
}

test("each project's own version of a package decides which of its models holds", () => {
  expect([captured("11.0.0"), captured("8.0.0"), captured("11.0.0")]).toEqual([1, 0, 1]);
});
