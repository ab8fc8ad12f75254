/** nodemailer knows mail services by name: where the catalogue knows the name's company, the service's host is that company's. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packagesFolder } from "../support/compiled-runner.js";
import { auditFiles } from "../support/run-code.js";
import { auditedFiles } from "./sdk-program.js";

type Services = Readonly<Record<string, { readonly host?: string }>>;

const head = `import nodemailer from "nodemailer";
import type { Child } from "./child.js";
export async function send(child: Child): Promise<void> {
`;
/** What the model says where nothing tells the company. */
const unknown = "Mail server of nodemailer";

test("a mail service's host is the company's that its name means", () => {
  const path = `${packagesFolder}/nodemailer/dist/well-known/services.json`;
  const services = Object.entries(JSON.parse(readFileSync(path, "utf8")) as Services).flatMap(
    ([name, { host }]) => (host === undefined ? [] : [{ name, host }]),
  );
  const calls = services.flatMap(({ name, host }) =>
    [{ service: name }, { host }].map(
      (options) =>
        `  await nodemailer.createTransport(${JSON.stringify(options)}).sendMail({ to: child.email });`,
    ),
  );
  const { report } = auditFiles({ ...auditedFiles([]), "mail.ts": `${head}${calls.join("\n")}\n}\n` });
  const recipients = new Map(
    report.findings
      .filter(({ rule }) => rule === "require-assessment")
      .map(({ location, sink }) => [location.line - head.split("\n").length, sink?.recipient ?? ""]),
  );
  expect(recipients.size).toBe(calls.length);
  const known = services.flatMap(({ name }, index) => {
    const [byName, byHost] = [recipients.get(2 * index), recipients.get(2 * index + 1)];
    return byName === unknown ? [] : [{ name, byName, byHost }];
  });
  expect(known.length).toBeGreaterThan(20);
  expect(known.filter(({ byName, byHost }) => byName !== byHost)).toEqual([]);
});
