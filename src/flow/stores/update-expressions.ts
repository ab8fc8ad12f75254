/** Expressions that say what is changed in an item: `SET phone = :none, kids = list_append(kids, :kid) REMOVE #n`. */

interface Change {
  /** As written, a path too: `guardian.phone`. */
  readonly column: string;
  /** The name of what it is set to; null: it is removed. */
  readonly value: string | null;
}

/** The clauses of an expression that remove attributes or set them to one value. */
export function changesIn(text: string): readonly Change[] {
  const clauses = text.split(/\b(SET|REMOVE|ADD|DELETE)\b/iu);
  const moved = new Set(
    clauses
      .filter((_, index) => clauses[index - 1]?.toUpperCase() === "SET")
      .flatMap((clause) => clause.split(","))
      .flatMap((part) => part.slice(part.indexOf("=")).match(/(?<![:\w])[#\w.-]+/gu) ?? []),
  );
  return clauses.flatMap((clause, index): readonly Change[] => {
    const verb = clauses[index - 1]?.toUpperCase();
    if (index % 2 === 1 || (verb !== "SET" && verb !== "REMOVE")) return [];
    return clause.split(",").flatMap((part): readonly Change[] => {
      const [, path = "", value] = /^\s*([#\w.*[\]-]+)\s*(?:=\s*(:\w+)\s*)?$/u.exec(part) ?? [];
      if (path === "" || (verb === "SET") !== (value !== undefined)) return [];
      // What is put under another name first is not gone.
      if (moved.has(path)) return [];
      return [{ column: path, value: value ?? null }];
    });
  });
}

/** What a value goes into, as written. */
export function pathsSetTo(text: string, value: string): readonly string[] {
  const clauses = text.split(/\b(SET|REMOVE|ADD|DELETE)\b/iu);
  return clauses
    .filter((_, index) => clauses[index - 1]?.toUpperCase() === "SET")
    .flatMap((clause) => [...clause.matchAll(/([#\w.*[\]-]+)\s*=((?:[^,(]|\([^)]*\))*)/gu)])
    .flatMap(([, path = "", given = ""]) =>
      [...given.matchAll(/:\w+/gu)].some(([name]) => name === value) ? [path] : [],
    );
}
