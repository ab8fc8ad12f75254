/** `npm run apps -- [filter] [--all] [--from=FOLDER]`: runs apps, and shows what each request did; with `--all` also for those that are right. */
import { findApps } from "./app-programs.js";
import { examineApps, type ExaminedApp } from "./examine-apps.js";
import type { Run } from "./running/job.js";

const words = process.argv.slice(2);
const from = words.find((word) => word.startsWith("--from="))?.slice("--from=".length);
const filters = words.filter((word) => !word.startsWith("--"));
const examined = await examineApps(
  (filters.length === 0 ? [""] : filters).flatMap((word) =>
    findApps(word, from === undefined ? from : [from]),
  ),
);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

for (const one of examined) {
  if (one.verdict.faults.length === 0 && !words.includes("--all")) continue;
  say(one.app.name);
  if (typeof one.outcome !== "string") {
    show("guardians refuse", one.outcome.refused, one);
    show("guardians say nothing", one.outcome.unanswered, one);
    show("guardians consent", one.outcome.granted, one);
  }
  for (const fault of one.verdict.faults) say(`  FAULT ${fault}`);
}
const right = examined.filter(({ verdict }) => verdict.faults.length === 0).length;
say(`${String(right)} of ${String(examined.length)} apps do what their markers say`);

function show(title: string, { answers, operations, escaped }: Run, { app, compiled }: ExaminedApp): void {
  say(`  ${title}`);
  for (const [index, answer] of answers.entries()) {
    const { verb = "", text = "" } = app.requests[index] ?? {};
    const done = operations
      .filter(({ tokens }) => tokens.some((token) => token.endsWith(`r${String(index)}`)))
      .map(({ what, place }) => `${what} at ${place === null ? "?" : String(compiled.lineOf(place))}`);
    say(`    ${verb} ${text.split(" ")[0] ?? ""} -> ${[answer, ...done].join(", ")}`);
  }
  for (const error of escaped) say(`    nobody caught: ${error}`);
}
