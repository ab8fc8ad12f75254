/** Globs in the names of project files (`file:app/**\/route.ts`), for conventions that hold in many files. */

/** Tells whether a module name is meant. */
export type FileGlob = (module: string) => boolean;

export function isGlob(module: string): boolean {
  return module.startsWith("file:") && /[*{]/u.test(module);
}

/** Compiles `**` (any folders), `*` (anything within a name) and `{a,b}`. */
export function compileGlob(pattern: string): FileGlob {
  let depth = 0;
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|[{},]|[.+^$()|[\]\\?]/gu, (token) => {
    switch (token) {
      case "**/":
        return "(?:.*/)?";
      case "**":
        return ".*";
      case "*":
        return "[^/]*";
      case "{":
        depth++;
        return "(?:";
      case "}":
        depth--;
        return ")";
      case ",":
        return depth > 0 ? "|" : ",";
      default:
        return `\\${token}`;
    }
  });
  const expression = new RegExp(`^${source}$`, "u");
  return (module) => expression.test(module);
}
