/** Tables that are written and whose names only the run time knows: `INSERT INTO ${table} (name) VALUES ($1)`. */
import type { SqlToken } from "./tokenize.js";

/** Writes them as names, so that the columns beside them can be read. */
export function nameUnknownTables(tokens: readonly SqlToken[]): readonly SqlToken[] {
  return tokens.map((token, index) =>
    token.kind === "sign" && token.text === "*" && isTablePlace(tokens, index)
      ? { ...token, kind: "name", quote: '"' }
      : token,
  );
}

/** Behind the verb, or the schema behind it. */
function isTablePlace(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens[index - 1];
  if (before?.text === ".") return index > 1 && isBehindVerb(tokens, index - 2);
  return isBehindVerb(tokens, index);
}

/** `DO UPDATE`, `KEY UPDATE` and `FOR UPDATE` are no verbs of their own. */
function isBehindVerb(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens[index - 1];
  if (before?.kind !== "word") return false;
  if (before.upper === "INTO") return true;
  return before.upper === "UPDATE" && !/^(?:DO|KEY|FOR)$/u.test(tokens[index - 2]?.upper ?? "");
}
