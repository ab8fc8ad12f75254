/** One statement through the parsers: the dialect that its signs speak for first, then the others. */
import type { SqlStatement } from "../statement.js";
import type { SqlToken } from "../tokenize.js";
import { dialectsFor } from "./dialects.js";
import { parsePostgres, parseWith, quotesOf, type Dialect } from "./load-parsers.js";
import { manyDialectsStatement } from "./many-dialects-statement.js";
import { markedText, type MarkedText } from "./marked-text.js";
import type { ParsedStatement } from "./parsed-statement.js";
import { postgresStatement } from "./postgres-statement.js";
import { toldStatement } from "./told-statement.js";

/** Null where no parser takes it. */
export function parseStatement(tokens: readonly SqlToken[]): SqlStatement | null {
  for (const dialect of dialectsFor(tokens)) {
    const marked = markedText(tokens, quotesOf[dialect]);
    const parsed = parsedBy(dialect, marked);
    if (parsed !== null) return toldStatement(parsed, marked);
  }
  return null;
}

/** Parsers throw errors of many kinds, some by mistake: none of them may end the analysis. */
function parsedBy(dialect: Dialect, { text }: MarkedText): ParsedStatement | null {
  try {
    if (dialect === "postgres") {
      const [statement, ...others] = parsePostgres(text);
      return statement === undefined || others.length > 0 ? null : postgresStatement(statement);
    }
    const [tree, ...others] = parseWith(dialect, text);
    return tree === undefined || others.length > 0 ? null : manyDialectsStatement(tree);
  } catch {
    return null;
  }
}
