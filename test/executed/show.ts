/** `npm run executed -- <filter>…`: runs fixtures, and says where their markers and what happened differ. */
import { findPrograms } from "../support/programs.js";
import { examineFixtures } from "./examine.js";

const words = process.argv.slice(2);
const programs = (words.length === 0 ? [""] : words).flatMap((word) => findPrograms(word));
const examined = await examineFixtures(programs);
for (const { program, outcome, verdict, packages, isRight } of examined) {
  if (isRight) continue;
  const lines = [
    ...verdict.absent.map((line) => `absent    ${line}`),
    ...verdict.unmarked.map((line) => `unmarked  ${line}`),
    ...verdict.notFalse.map((line) => `not false ${line}`),
    ...(outcome?.failures ?? []).map(([message, count]) => `threw     ${String(count)} times ${message}`),
  ];
  const calls =
    outcome === null ? "did not end" : `${String(outcome.ended)} of ${String(outcome.calls)} calls ended`;
  process.stdout.write(`${program.name} (${[calls, ...packages].join(", ")})\n  ${lines.join("\n  ")}\n`);
}
const right = examined.filter(({ isRight }) => isRight).length;
process.stdout.write(`${String(right)} of ${String(examined.length)} fixtures do what their markers say\n`);
