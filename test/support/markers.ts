/** What a fixture says about itself: `// expect: RULE Field.a, Field.b[ possible][; RULE2 …]`. */
export interface Expectation {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  /** Null for findings that are about no field. */
  readonly field: string | null;
  readonly verdict: "proven" | "possible";
}

export interface Markers {
  readonly expected: readonly Expectation[];
  /** Not found yet; the test fails when it starts to be found, so that the marker is moved. */
  readonly misses: readonly Expectation[];
  /** Reported though it does not happen; the test fails when it is no longer reported, so that the marker goes. */
  readonly inventions: readonly Expectation[];
}

const markerPattern =
  /(?:\/\/|#|\/\*|<!--|--|\*)\s*(expect|expect-next-line|known-miss|known-miss-next-line|known-false|known-false-next-line):\s*/gu;

/** Reads the markers of one file. */
export function readMarkers(file: string, text: string): Markers {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u);
  const expected: Expectation[] = [];
  const misses: Expectation[] = [];
  const inventions: Expectation[] = [];
  lines.forEach((content, index) => {
    for (const { kind, body } of markersIn(content)) {
      const line = kind.endsWith("-next-line") ? nextCodeLine(lines, index) : index + 1;
      const found = parseBody(body, file, line);
      (kind.startsWith("expect") ? expected : kind.startsWith("known-miss") ? misses : inventions).push(
        ...found,
      );
    }
  });
  return { expected, misses, inventions };
}

function markersIn(line: string): { kind: string; body: string }[] {
  const matches = [...line.matchAll(markerPattern)];
  return matches.map((match, index) => {
    const end = matches[index + 1]?.index ?? line.length;
    const body = line.slice(match.index + match[0].length, end).replace(/\*\/\}?.*$|-->.*$/u, "");
    return { kind: match[1] ?? "", body };
  });
}

/** Markers may be stacked: each means the first line below that is none. */
function nextCodeLine(lines: readonly string[], from: number): number {
  let index = from + 1;
  while (/(?:expect|known-miss|known-false)-next-line:/u.test(lines[index] ?? "")) index++;
  return index + 1;
}

function parseBody(body: string, file: string, line: number): Expectation[] {
  // A known miss says why in parentheses.
  const plain = body.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)\s*$/u, "").trim();
  return plain.split(";").flatMap((part): Expectation[] => {
    const [rule = "", ...rest] = part.trim().split(/\s+/u);
    const words = rest.join(" ");
    const isPossible = /(?:^|\s)possible$/u.test(words);
    const fields = words
      .replace(/(?:^|\s)possible$/u, "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    const verdict = isPossible ? "possible" : "proven";
    if (rule === "") return [];
    if (fields.some((name) => /[()\s]/u.test(name)))
      throw new Error(`${file}:${String(line)}: a marker that cannot be read: ${body}`);
    return fields.length === 0
      ? [{ file, line, rule, field: null, verdict }]
      : fields.map((field) => ({ file, line, rule, field, verdict }));
  });
}

/** One line a finding, for comparing and for people. */
export function describeExpectation({ file, line, rule, field, verdict }: Expectation): string {
  return `${file}:${String(line)} ${rule}${field === null ? "" : ` ${field}`}${verdict === "possible" ? " possible" : ""}`;
}
