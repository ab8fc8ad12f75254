/** One difference between what was reported and what happened, and its smallest program. */
import type { FlowOfProgram } from "./compare.js";
import { examine, type Examined } from "./examine.js";
import { shrinksOf, type GeneratedRecipe } from "./generate.js";
import type { Program } from "./write-program.js";
import { writeProgram } from "./write-program.js";

export type FlawKind = "miss" | "false-proven" | "false-possible" | "possible-only" | "stray" | "timeout" | "engine-failure";

export interface Flaw {
  readonly kind: FlawKind;
  readonly recipe: GeneratedRecipe;
  readonly program: Program;
  readonly flows: readonly FlowOfProgram[];
  readonly note: string;
}

/** The flaws of a program, at most one a kind. */
export function flawsOf({ program, outcome, comparison }: Examined, recipe: GeneratedRecipe): Flaw[] {
  if (outcome === null || comparison === null) return [{ kind: "timeout", recipe, program, flows: [], note: "did not end in time" }];
  const byKind: readonly (readonly [FlawKind, readonly FlowOfProgram[]])[] = [
    ["miss", comparison.missed],
    ["false-proven", comparison.invented.filter((flow) => flow.verdict === "proven")],
    ["false-possible", comparison.invented.filter((flow) => flow.verdict === "possible")],
    ["possible-only", comparison.right.filter((flow) => flow.verdict === "possible")],
  ];
  const flaws = byKind.flatMap(([kind, flows]): Flaw[] => (flows.length === 0 ? [] : [{ kind, recipe, program, flows, note: outcome.failure ?? "" }]));
  if (comparison.stray.length > 0) {
    flaws.push({ kind: "stray", recipe, program, flows: [], note: comparison.stray.map((one) => `${one.file}:${String(one.line)} ${one.rule} ${one.field}`).join(", ") });
  }
  return flaws;
}

/** Follows fast-check's shrinks as long as one of them has a flaw of the same kind. */
export async function shrinkFlaw(flaw: Flaw, rounds = 60): Promise<Flaw> {
  let current = flaw;
  for (let round = 0; round < rounds; round++) {
    const smaller = shrinksOf(current.recipe, 40);
    if (smaller.length === 0) return current;
    const examined = await examine(smaller.map((recipe) => writeProgram(recipe.value)));
    const found = examined.flatMap((one, index) => {
      const recipe = smaller[index];
      return recipe === undefined ? [] : flawsOf(one, recipe).filter((other) => other.kind === flaw.kind && sizeOf(other) <= sizeOf(current));
    })[0];
    if (found === undefined) return current;
    current = found;
  }
  return current;
}

function sizeOf(flaw: Flaw): number {
  return flaw.program.files.reduce((sum, file) => sum + file.text.length, 0);
}

const headings: Readonly<Record<FlawKind, string>> = {
  miss: "MISSED (it happened and was not reported)",
  "false-proven": "INVENTED, proven (it happened under no input)",
  "false-possible": "INVENTED, possible (it happened under no input)",
  "possible-only": "ONLY POSSIBLE (it happened)",
  stray: "REPORTED WHERE NO SINK IS",
  timeout: "DID NOT END",
  "engine-failure": "THE ENGINE FAILED",
};

const words: Readonly<Record<FlawKind, string>> = {
  miss: "missed",
  "false-proven": "invented",
  "false-possible": "invented as possible",
  "possible-only": "true, only possible",
  stray: "no sink",
  timeout: "",
  "engine-failure": "",
};

/** The program with a note at each line where the two differ. */
export function describeFlaw(flaw: Flaw): string {
  const files = flaw.program.files.map((file) => {
    const lines = file.text.trimEnd().split("\n").map((line, index) => {
      const fields = flaw.flows.filter(({ sink }) => sink.file === file.path && sink.line === index + 1).map(({ field }) => field);
      return fields.length === 0 ? line : `${line} // <-- ${words[flaw.kind]}: ${fields.join(", ")}`;
    });
    return [`// --- ${file.path}`, ...lines].join("\n");
  });
  return [`## ${headings[flaw.kind]}`, ...(flaw.note === "" ? [] : [`note: ${flaw.note}`]), `features: ${flaw.program.features.join(", ")}`, "```ts", ...files, "```"].join("\n");
}
