/**
 * Flows that the engine reports and that happen under no input: each kind with the gadgets that show it, its
 * smallest program, and why it stays. `recorded` is a sink; `child.name` and `child.phone` are child data,
 * `child.team` is none.
 */

export interface KnownInvention {
  readonly kind: string;
  /** A program with one of these may show it. */
  readonly gadgets: readonly string[];
  readonly program: string;
  readonly reason: string;
}

export const knownInventions: readonly KnownInvention[] = [
  {
    kind: "only the last round of a loop is left",
    gadgets: ["async/async generator"],
    program: `async function* parts() { yield child.name; yield child.team; }
let last = "";
for await (const part of parts()) last = part;
recorded(last); // invented: name`,
    reason: "A loop is one place for all of its rounds: which of them comes last is not told.",
  },
  {
    kind: "the place that a loop gave an element",
    gadgets: ["collections/map grouping", "control/closures in a loop"],
    program: `const list: string[] = [];
for (const item of [child.team, child.name]) list.push(item);
recorded(list[0]); // invented: name`,
    reason: "What is pushed in a loop may stand anywhere: its rounds are not told apart.",
  },
  {
    kind: "the order of a set",
    gadgets: ["collections/set reading"],
    program: `const set = new Set([child.team]).add(child.name);
recorded([...set][0]); // invented: name`,
    reason:
      "An element that is there already keeps its place, so the place of a later one depends on what is equal.",
  },
  {
    kind: "a branch that arithmetic excludes",
    gadgets: ["control/labelled loop"],
    program: `let hit = "";
outer: for (const a of [1, 2])
  for (const b of [1, 2]) {
    if (a * b === input.count) continue outer;
    hit = "found";
  }
if (hit === "") hit = child.name; // never
recorded(hit); // invented: name`,
    reason:
      "Conditions are decided by constants and by types; no numbers are calculated and no loops are run.",
  },
  {
    kind: "two keys that are data",
    gadgets: ["objects/string record", "collections/map reading"],
    program: `const record: Record<string, string> = {};
record[child.phone] = child.name;
recorded(record[child.name]); // invented: name`,
    reason: "Whether two fields hold the same text is not known; where they do, the flow happens.",
  },
  {
    kind: "state that is overwritten before it is read",
    gadgets: ["classes/statics"],
    program: `class Registry {
  static last = "none";
  static note(text: string): void {
    Registry.last = text;
  }
}
Registry.note(child.name);
Registry.last = child.team;
recorded(Registry.last); // invented: name`,
    reason: "What several functions reach is kept without an order, since any of them may run in between.",
  },
  {
    kind: "the place of an element behind a callback or a copy",
    gadgets: ["collections/array mapping", "collections/array fill"],
    program: `const list = [child.team, child.name].map(String);
recorded(list[0]); // invented: name`,
    reason: "A callback is one place for all elements: from which of them its result comes is not told.",
  },
  {
    kind: "a list of objects written out as a text",
    gadgets: ["objects/object entries", "collections/array to text"],
    program: `recorded([{ name: child.name }].join()); // invented: name ("[object Object]")`,
    reason: "An object may have a toString of its own that shows what it holds.",
  },
  {
    kind: "a text that is always empty",
    gadgets: ["control/logical assignment", "control/or and"],
    program: `const [, ...rest] = [child.team];
let text = rest.join();
text &&= child.name; // never
recorded(text); // invented: name`,
    reason: "Which texts a value may be is known of constants, not of what is calculated.",
  },
  {
    kind: "a value of another type than is written",
    gadgets: ["calls/destructured parameter"],
    program: `const other = child.name as unknown as { phone: string };
recorded(other.phone); // invented: name`,
    reason:
      "A part of what is child data as a whole is child data; that a text has no such part is not known.",
  },
  {
    kind: "what variables that closures share were before",
    gadgets: ["control/swap", "exceptions/state before the throw"],
    program: `const attempt = (work: () => string) => work();
let held = child.name;
let other = child.phone;
[held, other] = [other, held];
recorded(held); // invented: name
attempt(() => held);
attempt(() => other);`,
    reason: "Variables that two closures share, which are handed on, are one place for all times.",
  },
  {
    kind: "a branch that an argument excludes",
    gadgets: ["calls/overloads"],
    program: `function choose(one: Child, two?: string): unknown {
  return two === undefined ? one : two;
}
recorded(choose(child, JSON.stringify(child.team))); // invented: name`,
    reason: "Of an argument it is not noted that it cannot be undefined.",
  },
  {
    kind: "a branch that the content of a text excludes",
    gadgets: ["texts/regexp"],
    program: `recorded(child.name.match(/@/)?.input ?? "none"); // invented: name`,
    reason: "What a text may hold is not known: the names of the trial hold no such sign.",
  },
  {
    kind: "a part of a part of a text",
    gadgets: ["texts/words"],
    program: `const [first = ""] = child.name.split("@");
recorded(first.split("@")[1] ?? "none"); // invented: name`,
    reason: "What a text may hold is not known, nor what it holds no more once it was split.",
  },
  {
    kind: "an index that a number pushes past the end",
    gadgets: ["texts/index"],
    program: `const last = child.name.at(-1 - 8 * input.count) ?? "";
if (input.count >= 2) recorded(last); // invented: name`,
    reason: "No numbers are calculated, and how long a text is is not known.",
  },
];

/** The listed kinds that a program with these gadgets may show. */
export function knownFor(features: readonly string[]): readonly KnownInvention[] {
  return knownInventions.filter(({ gadgets }) => gadgets.some((gadget) => features.includes(gadget)));
}
