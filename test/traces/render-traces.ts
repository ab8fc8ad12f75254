/** The traces of a fixture's findings as text: place, what stands there, and the note that a reader sees. */
import { english } from "../../src/report/messages/en.js";
import { wordStep } from "../../src/report/word-finding.js";
import type { Location } from "../../src/base/location.js";
import { analyse } from "../../src/engine.js";
import { fixtureDay } from "../support/check-program.js";
import { isJudged, setUp, textsOf, type FixtureProgram } from "../support/programs.js";

/** One paragraph a finding, the steps from the source to the sink. */
export function renderTraces(program: FixtureProgram): string {
  const { root, dispose } = setUp(program);
  try {
    const texts = textsOf(root);
    const { findings } = analyse({ root, today: fixtureDay });
    const traces = findings.flatMap((finding) => {
      if (!("sink" in finding) || !isJudged(program, finding.rule)) return [];
      const { location, rule, field, verdict, trace } = finding;
      const heading = `${placeOf(location)} ${rule} ${field.name} ${verdict}`;
      const steps = trace.map((step) =>
        [
          placeOf(step.location).padEnd(28),
          wordStep(english, step.note).padEnd(58),
          shownAt(texts, step.location),
        ]
          .join("  ")
          .trimEnd(),
      );
      return [[heading, ...steps.map((step) => `  ${step}`)].join("\n")];
    });
    return `${traces.join("\n\n")}\n`;
  } finally {
    dispose();
  }
}

function placeOf({ file, line, column }: Location): string {
  return `${file}:${String(line)}:${String(column)}`;
}

/** The code from the place on, to the end of its line, without a marker. */
function shownAt(texts: ReadonlyMap<string, string>, { file, line, column }: Location): string {
  const text = texts.get(file)?.split("\n")[line - 1] ?? "";
  return `| ${text.slice(column - 1).replace(/\s*\/\/ .*$/u, "")}`.slice(0, 70);
}
