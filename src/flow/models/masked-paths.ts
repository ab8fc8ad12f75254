/** The notation in which loggers list the paths that they mask: pino's. */

/** `user.email`, `*.email`, `users[*].email`, `a["b-c"]` against access-path components. */
export function coversPath(pattern: string, components: readonly string[]): boolean {
  const parts = [...pattern.matchAll(/\[\s*(?:"([^"]*)"|'([^']*)'|([^\]]*))\s*\]|([^.[\]]+)/gu)].map(
    (part) => part[1] ?? part[2] ?? part[3] ?? part[4] ?? "",
  );
  return (
    parts.length <= components.length &&
    parts.every((part, index) => part === "*" || part === components[index])
  );
}
