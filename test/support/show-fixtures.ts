/**
 * `npm run fixtures -- <filter>`: what is missing and extra, program by program, without ESLint. The apps whose findings
 * are not right yet are left out, unless the filter begins with `apps/`.
 */
import { checkProgram } from "./check-program.js";
import { findApps, findPrograms } from "./programs.js";

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const isQuiet = process.argv.includes("--summary");
const lint = process.argv.includes("--lint");
const folder = process.argv.find((word) => word.startsWith("--folder="))?.slice("--folder=".length);

let good = 0;
let missed = 0;
let extras = 0;
const programs = [
  ...new Map(
    (words.length === 0 ? [""] : words)
      .flatMap((word) => [...findPrograms(word, folder), ...(folder === undefined ? findApps(word) : [])])
      .map((program) => [program.name, program]),
  ).values(),
];
for (const program of programs) {
  const lines: string[] = [];
  try {
    const { missing, extra, mended, disagreements } = checkProgram(program, { lint });
    lines.push(
      ...missing.map((each) => `  missing  ${each}`),
      ...extra.map((each) => `  extra    ${each}`),
      ...mended.map((each) => `  mended   ${each}`),
      ...disagreements.map((each) => `  faces    ${each}`),
    );
    missed += missing.length;
    extras += extra.length;
  } catch (error) {
    lines.push(`  crash    ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  if (lines.length === 0) good++;
  else
    console.log(isQuiet ? `${program.name}: ${String(lines.length)}` : [program.name, ...lines].join("\n"));
}
console.log(
  `${String(good)} of ${String(programs.length)} programs as marked; ${String(missed)} missing, ${String(extras)} extra`,
);
