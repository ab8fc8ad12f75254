/** One difference between what was reported and what happened, and its smallest program. */
import type { FlowOfProgram } from "./compare.js";
import { examine, type Examined } from "./examine.js";
import { knownFor } from "./known-inventions.js";
import { cutsOf } from "./generate.js";
import type { Recipe } from "./recipe.js";
import { writeProgram, type Program } from "./write-program.js";

export type FlawKind =
  "miss" | "false-proven" | "false-possible" | "possible-only" | "stray" | "timeout" | "engine-failure";

export interface Flaw {
  readonly kind: FlawKind;
  readonly recipe: Recipe;
  readonly program: Program;
  readonly flows: readonly FlowOfProgram[];
  readonly note: string;
}

/** The flaws of a program, at most one a kind. */
export function flawsOf({ program, outcome, comparison }: Examined, recipe: Recipe): Flaw[] {
  if (outcome === null || comparison === null)
    return [{ kind: "timeout", recipe, program, flows: [], note: "did not end in time" }];
  const byKind: readonly (readonly [FlawKind, readonly FlowOfProgram[]])[] = [
    ["miss", comparison.missed],
    ["false-proven", comparison.invented.filter((flow) => flow.verdict === "proven")],
    ["false-possible", comparison.invented.filter((flow) => flow.verdict === "possible")],
    ["possible-only", comparison.right.filter((flow) => flow.verdict === "possible")],
  ];
  const flaws = byKind.flatMap(([kind, flows]): Flaw[] =>
    flows.length === 0 ? [] : [{ kind, recipe, program, flows, note: outcome.failure ?? "" }],
  );
  if (comparison.stray.length > 0) {
    flaws.push({
      kind: "stray",
      recipe,
      program,
      flows: [],
      note: comparison.stray
        .map((one) => `${one.file}:${String(one.line)} ${one.rule} ${one.field}`)
        .join(", "),
    });
  }
  return flaws;
}

/** Cuts the program down as long as a flaw of the same kind is left. */
export async function shrinkFlaw(flaw: Flaw, rounds = 25): Promise<Flaw> {
  let current = flaw;
  for (let round = 0; round < rounds; round++) {
    const smaller = smallerPrograms(current);
    const examined = await examine(smaller.map(({ program }) => program));
    const found = examined.flatMap((one, index) => {
      const recipe = smaller[index]?.recipe;
      return recipe === undefined ? [] : flawsOf(one, recipe).filter((other) => other.kind === flaw.kind);
    });
    const best = found.sort((a, b) => sizeOf(a.program) - sizeOf(b.program))[0];
    if (best === undefined) return current;
    current = best;
  }
  return current;
}

/** The different programs that are one cut away and shorter. */
function smallerPrograms(flaw: Flaw): { readonly recipe: Recipe; readonly program: Program }[] {
  const known = new Set<string>();
  return cutsOf(flaw.recipe).flatMap((recipe) => {
    const program = writeProgram(recipe);
    const text = program.files.map((file) => file.path + file.text).join("");
    if (known.has(text) || sizeOf(program) >= sizeOf(flaw.program)) return [];
    known.add(text);
    return [{ recipe, program }];
  });
}

function sizeOf(program: Program): number {
  return program.files.reduce((sum, file) => sum + file.text.length + 40, 0);
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

function listedKinds({ program }: Flaw): string {
  const kinds = knownFor(program.features).map(({ kind }) => kind);
  return kinds.length === 0 ? "NO" : kinds.join("; ");
}

/** The program with a note at each line where the two differ. */
export function describeFlaw(flaw: Flaw): string {
  const files = flaw.program.files.map((file) => {
    const lines = file.text
      .trimEnd()
      .split("\n")
      .map((line, index) => {
        const fields = flaw.flows
          .filter(({ sink }) => sink.file === file.path && sink.line === index + 1)
          .map(({ field }) => field);
        return fields.length === 0 ? line : `${line} // <-- ${words[flaw.kind]}: ${fields.join(", ")}`;
      });
    return [`// --- ${file.path}`, ...lines].join("\n");
  });
  return [
    `## ${headings[flaw.kind]}`,
    ...(flaw.note === "" ? [] : [`note: ${flaw.note}`]),
    `features: ${flaw.program.features.join(", ")}`,
    ...(flaw.kind === "false-proven" ? [`listed: ${listedKinds(flaw)}`] : []),
    "```ts",
    ...files,
    "```",
  ].join("\n");
}
