import type { SqlStatement, SqlVerb } from "./statement.js";
import type { SqlToken } from "./tokenize.js";

const verbs: Readonly<Record<string, SqlVerb>> = {
  SELECT: "select",
  INSERT: "insert",
  REPLACE: "insert",
  UPSERT: "insert",
  UPDATE: "update",
  DELETE: "delete",
  MERGE: "merge",
  TRUNCATE: "truncate",
  DROP: "drop",
  CREATE: "create",
  ALTER: "alter",
  COPY: "copy",
  CALL: "call",
  EXEC: "call",
  EXECUTE: "call",
  BEGIN: "transaction",
  COMMIT: "transaction",
  ROLLBACK: "transaction",
  SAVEPOINT: "transaction",
};

/**
 * What can be told of a statement that the parser does not understand: its verb, and the table after the
 * first word that a table follows. Null where not even a verb stands.
 */
export function readRoughly(tokens: readonly SqlToken[]): SqlStatement | null {
  const first = tokens.find((token) => token.kind === "word" && Object.hasOwn(verbs, token.upper));
  const verb = first === undefined ? undefined : verbs[first.upper];
  if (first === undefined || verb === undefined || (tokens.indexOf(first) > 3 && first !== tokens[0]))
    return null;
  const table = tableAfter(tokens, verb);
  const tables = table === null ? [] : [table];
  const isDelete = verb === "delete" || verb === "truncate" || verb === "drop";
  const isWrite = verb === "insert" || verb === "update" || verb === "merge" || verb === "copy";
  const placeholders = tokens.flatMap((token) => token.placeholders);
  return {
    verb,
    written: isWrite ? tables : [],
    read: verb === "select" ? tables : [],
    deleted: isDelete ? tables : [],
    writes:
      isWrite && table !== null
        ? placeholders.map((placeholder, position) => ({
            table,
            column: null,
            position,
            source: { kind: "placeholder", placeholder },
            expand: null,
          }))
        : [],
    lookups: isWrite ? [] : placeholders,
    results: verb === "select" ? null : [],
    functions: [],
    complete: false,
  };
}

function tableAfter(tokens: readonly SqlToken[], verb: SqlVerb): string | null {
  const before =
    verb === "update"
      ? ["UPDATE"]
      : verb === "truncate" || verb === "drop"
        ? ["TABLE", "TRUNCATE"]
        : ["INTO", "FROM", "COPY"];
  for (let index = 0; index < tokens.length - 1; index++) {
    const token = tokens[index];
    if (token?.kind !== "word" || !before.includes(token.upper)) continue;
    let end = index + 1;
    while (tokens[end + 1]?.text === "." && tokens[end + 2] !== undefined) end += 2;
    const table = tokens[end];
    if (table !== undefined && table.kind !== "sign" && table.kind !== "number")
      return table.kind === "placeholder" ? "*" : table.text;
  }
  return null;
}
