/** Each gadget alone, in many variants: which of them the engine does not understand yet. */
import fc from "fast-check";
import { examine } from "./examine.js";
import { describeFlaw, flawsOf, type Flaw, type FlawKind } from "./flaws.js";
import { gadgets } from "./gadgets/index.js";
import type { Recipe, Step } from "./recipe.js";
import { writeProgram } from "./write-program.js";

const logging: Step = { gadget: "control/log", first: 0, second: 1, choices: [3, 3, 3, 3, 3, 3], body: [] };

/** One gadget over two texts of the child, in one file or several. */
function recipesFor(gadget: string, seed: number, variants: number): Recipe[] {
  const arbitrary = fc.record({
    layout: fc.array(fc.nat(59), { minLength: 8, maxLength: 8 }),
    choices: fc.array(fc.nat(59), { minLength: 6, maxLength: 6 }),
    onTexts: fc.boolean(),
    isOneFile: fc.boolean(),
  });
  return fc.sample(arbitrary, { seed, numRuns: variants }).map(({ layout, choices, onTexts, isOneFile }) => {
    const [style, store, , , , names, , type] = layout;
    const step: Step = { gadget, first: 0, second: 1, choices, body: [logging] };
    const texts: Step[] = [
      { gadget: "objects/destructuring", first: 0, second: 0, choices: [1, 0, 0, 0, 0, 0], body: [] },
    ];
    return {
      layout: isOneFile ? [style ?? 0, store ?? 0, 0, 0, 0, names ?? 0, 0, type ?? 0] : layout,
      fields: 3,
      isAsync: true,
      steps: [...(onTexts ? texts : []), step],
    };
  });
}

/** Flaws of single gadgets, without those that differ only in numbers. */
export async function sweep(seed: number, variants: number): Promise<ReadonlyMap<string, readonly Flaw[]>> {
  const cases = gadgets.flatMap(({ name }) =>
    recipesFor(name, seed, variants).map((recipe) => ({ name, recipe })),
  );
  const found = new Map<string, Flaw[]>();
  const seen = new Set<string>();
  for (let start = 0; start < cases.length; start += 150) {
    const part = cases.slice(start, start + 150);
    const examined = await examine(part.map(({ recipe }) => writeProgram(recipe)));
    examined.forEach((one, index) => {
      const { name, recipe } = part[index] ?? {};
      if (name === undefined || recipe === undefined) return;
      for (const flaw of flawsOf(one, recipe)) {
        const key = `${flaw.kind} ${flaw.program.files.map((file) => file.text.replace(/\d+/gu, "").replace(/console\.\w+|\w+Sync|import .*|\.(?:email|realName|phone|address|school|allergies)/gu, "")).join()}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found.set(name, [...(found.get(name) ?? []), flaw]);
      }
    });
    process.stderr.write(`swept ${String(Math.min(start + 150, cases.length))} of ${String(cases.length)}\n`);
  }
  return found;
}

const order: readonly FlawKind[] = [
  "miss",
  "false-proven",
  "false-possible",
  "possible-only",
  "stray",
  "timeout",
];

/** By kind and gadget, the most frequent first, with the smallest programs of each that differ in what they do. */
export function describeSweep(found: ReadonlyMap<string, readonly Flaw[]>): string {
  const groups = [...found].flatMap(([gadget, flaws]) =>
    order.map((kind) => ({ gadget, kind, flaws: flaws.filter((flaw) => flaw.kind === kind) })),
  );
  const filled = groups
    .filter((group) => group.flaws.length > 0)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.flaws.length - a.flaws.length);
  return filled
    .map(({ gadget, kind, flaws }) =>
      [`# ${kind}: ${gadget} (${String(flaws.length)})`, ...smallest(flaws).map(describeFlaw), ""].join("\n"),
    )
    .join("\n");
}

/** At most four programs, each with a statement that the others do not have. */
function smallest(flaws: readonly Flaw[]): readonly Flaw[] {
  const bySize = [...flaws].sort((a, b) => textOf(a).length - textOf(b).length);
  const known = new Set<string>();
  const chosen: Flaw[] = [];
  for (const flaw of bySize) {
    const statement = keyOf(flaw);
    if (known.has(statement) || chosen.length === 4) continue;
    known.add(statement);
    chosen.push(flaw);
  }
  return chosen;
}

/** The program without what does not matter: names of files and fields, numbers, how a value is logged. */
function keyOf(flaw: Flaw): string {
  return textOf(flaw)
    .split("\n")
    .filter(
      (line) =>
        !/^import|console\.|writeFile|save\(|^\/\/|@childData|: string;$|^(export )?(interface|type) |^[};]*$|exports/u.test(
          line,
        ),
    )
    .join("\n")
    .replace(
      /\b(?:child|a\d+|b\d+)(?:\.\w+)?|\d+|export |default |(?:records|relay|legacy|recordsParts|relayParts)\./gu,
      "",
    );
}

function textOf(flaw: Flaw): string {
  return flaw.program.files.map((file) => file.text).join("");
}
