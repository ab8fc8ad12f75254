/** Cuts SQL of any common dialect into tokens: PostgreSQL, MySQL, SQLite, T-SQL and Oracle spellings at once. */

export type SqlPlaceholder =
  /** `$1` and `?`, counted from 0 in the order of the values. */
  | { readonly kind: "position"; readonly index: number }
  /** `:name`, `@name`, `$name`, `${name}`. */
  | { readonly kind: "name"; readonly name: string }
  /** A hole of a template literal or a joined text, as `sqlHole` marked it. */
  | { readonly kind: "hole"; readonly index: number };

export interface SqlToken {
  /** `word`: identifier or keyword; `name`: quoted identifier. */
  readonly kind: "word" | "name" | "string" | "number" | "placeholder" | "sign";
  /** As written; a quoted identifier without its quotes, holes as `*`. */
  readonly text: string;
  /** The same in upper case, for keywords. */
  readonly upper: string;
  readonly placeholders: readonly SqlPlaceholder[];
  /** What opens a quoted identifier. */
  readonly quote?: string | undefined;
  /** Offset in the text; none: it does not stand there. */
  readonly at?: number;
}

const holeStart = "\uE000";
const holeEnd = "\uE001";

/** Marks a hole in a statement's text; it is recognised everywhere, also inside quotes and names. */
export function sqlHole(index: number): string {
  return `${holeStart}${String(index)}${holeEnd}`;
}

const hole = /\uE000(\d+)\uE001/gu;

interface Pattern {
  readonly kind: SqlToken["kind"] | "skip";
  readonly expression: RegExp;
}

const name = "[\\p{L}_#\\uE000\\uE001][\\p{L}\\p{N}_$#\\uE000\\uE001]*";

const patterns: readonly Pattern[] = [
  { kind: "skip", expression: /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|#(?=\s)[^\n]*/uy },
  { kind: "string", expression: /\$([A-Za-z_]*)\$[\s\S]*?\$\1\$/uy },
  {
    kind: "placeholder",
    expression:
      /\$\d+(?::\w+)?|\$(?:\{\s*[\w.]+\s*\}|\(\s*[\w.]+\s*\)|<\s*[\w.]+\s*>|\/[\w.]+\/|\[\s*[\w.]+\s*\])(?::\w+)?/uy,
  },
  { kind: "string", expression: /(?:[EBXN]|U&)?'(?:''|\\'(?!\s*(?:[,);]|$))|[^'])*'/iuy },
  { kind: "name", expression: /"(?:""|[^"])*"|`(?:``|[^`])*`|\[[A-Za-z_][^\]'"(),]*\]/uy },
  { kind: "number", expression: /\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+/iuy },
  { kind: "placeholder", expression: /\$[A-Za-z_]\w*|@[A-Za-z_]\w*|\?\?(?!\|)|\?\d+|\?(?![|&])/uy },
  { kind: "sign", expression: /::|:=/uy },
  { kind: "placeholder", expression: /:[A-Za-z_]\w*|:\d+/uy },
  { kind: "word", expression: new RegExp(name, "uy") },
  { kind: "sign", expression: /[-+*/<>=~!@%^&|`?#]+|[\s\S]/uy },
];

/** All tokens, or null where a text has no end that can be told. */
export function tokenizeSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  const counter = { next: 0 };
  const isNumbered = /\$\d/u.test(text);
  let position = 0;
  let brackets = 0;
  while (position < text.length) {
    const found = takeToken(text, position, isNumbered, brackets);
    const at = position;
    position += found.text.length;
    if (found.kind === "skip") continue;
    if (found.text === "[") brackets++;
    else if (found.text === "]") brackets--;
    tokens.push({ ...makeToken(found.kind, found.text, counter), at });
  }
  return tokens;
}

function takeToken(
  text: string,
  position: number,
  isNumbered: boolean,
  brackets: number,
): { kind: Pattern["kind"]; text: string } {
  for (const { kind, expression } of patterns) {
    expression.lastIndex = position;
    const match = expression.exec(text);
    if (match === null || match[0] === "") continue;
    const found = match[0];
    // In a text with $1, `?` is an operator of jsonb; inside [1:2], a colon parts the bounds; `arr[i]` is no name.
    if (kind === "placeholder" && isNumbered && found.startsWith("?")) continue;
    if (
      kind === "placeholder" &&
      found.startsWith(":") &&
      (brackets > 0 || /[\w)\]]/u.test(text[position - 1] ?? ""))
    )
      continue;
    if (kind === "name" && found.startsWith("[") && /[\w)\]"]/u.test(text[position - 1] ?? "")) continue;
    return { kind, text: found };
  }
  return { kind: "sign", text: text[position] ?? "" };
}

function makeToken(kind: SqlToken["kind"], text: string, counter: { next: number }): SqlToken {
  if (kind === "placeholder") {
    const placeholder = readPlaceholder(text, counter);
    return { kind, text, upper: text, placeholders: [placeholder] };
  }
  const holes: SqlPlaceholder[] = [...text.matchAll(hole)].map((match) => ({
    kind: "hole",
    index: Number(match[1]),
  }));
  const bare = kind === "name" ? text.slice(1, -1).replaceAll('""', '"').replaceAll("``", "`") : text;
  if (
    kind === "word" &&
    holes.length === 1 &&
    text === sqlHole(holes[0]?.kind === "hole" ? holes[0].index : 0)
  ) {
    return { kind: "placeholder", text: "*", upper: "*", placeholders: holes };
  }
  const plain = bare.replaceAll(hole, "*");
  const quote = kind === "name" ? text.slice(0, 1) : undefined;
  return { kind, text: plain, upper: plain.toUpperCase(), placeholders: holes, quote };
}

function readPlaceholder(text: string, counter: { next: number }): SqlPlaceholder {
  const numbered = /^[$?:](\d+)/u.exec(text);
  if (numbered !== null) return { kind: "position", index: Number(numbered[1]) - 1 };
  if (text.startsWith("?")) return { kind: "position", index: counter.next++ };
  return { kind: "name", name: /[\w.]+/u.exec(text)?.[0] ?? text };
}
