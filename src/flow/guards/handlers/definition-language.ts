/** Reads types that are written down in a schema's definition language: which directives stand at their fields. */

/** By `/Type/field`. */
export type Directives = ReadonlyMap<string, ReadonlySet<string>>;

/** Comments and texts, names, and signs one by one. */
const tokens = /#[^\n]*|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*|[^\s,]/gu;
const name = /^[A-Za-z_]/u;
const opening = new Set(["(", "[", "{"]);
const closing = new Set([")", "]", "}"]);

/** Null where a part of the text is not known: that is a `*`, which the language does not have. */
export function directivesIn(text: string): Directives | null {
  const read = [...text.matchAll(tokens)]
    .map(([token]) => token)
    .filter((token) => !token.startsWith("#") && !token.startsWith('"'));
  if (read.includes("*")) return null;
  const found = new Map<string, Set<string>>();
  for (let at = 0; at < read.length; at++) {
    const type = read[at + 1];
    if ((read[at] === "type" || read[at] === "interface") && type !== undefined)
      at = readFields(read, at + 2, type, found);
    else if (opening.has(read[at] ?? "")) at = behindBrackets(read, at) - 1;
  }
  return found;
}

/** The place of the last token of the type. */
function readFields(
  read: readonly string[],
  start: number,
  type: string,
  found: Map<string, Set<string>>,
): number {
  let at = start;
  // `implements A & B @key(fields: "id")`
  while (at < read.length && read[at] !== "{" && !isDefinition(read[at]))
    at = read[at] === "(" ? behindBrackets(read, at) : at + 1;
  if (read[at] !== "{") return at - 1;
  at++;
  while (at < read.length && read[at] !== "}") {
    const field = read[at] ?? "";
    at = behindBrackets(read, at + 1);
    if (!name.test(field) || read[at] !== ":") continue;
    at = behindType(read, at + 1);
    const directives = new Set<string>();
    while (read[at] === "@") {
      directives.add(read[at + 1] ?? "");
      at = behindBrackets(read, at + 2);
    }
    // A schema has it once: of several texts it is one or the other.
    const key = `/${type}/${field}`;
    const before = found.get(key) ?? directives;
    found.set(key, new Set([...directives].filter((each) => before.has(each))));
  }
  return at;
}

function isDefinition(token: string | undefined): boolean {
  return token === "type" || token === "interface" || token === "extend";
}

/** `[Child!]!`, with or without spaces. */
function behindType(read: readonly string[], start: number): number {
  let at = start;
  while (read[at] === "[") at++;
  at++;
  while (read[at] === "]" || read[at] === "!") at++;
  return at;
}

/** Behind the brackets that open there, if any do. */
function behindBrackets(read: readonly string[], start: number): number {
  if (!opening.has(read[start] ?? "")) return start;
  let depth = 0;
  let at = start;
  do {
    if (opening.has(read[at] ?? "")) depth++;
    else if (closing.has(read[at] ?? "")) depth--;
    at++;
  } while (depth > 0 && at < read.length);
  return at;
}
