import { createRequire } from "node:module";
import { join } from "node:path";
import type { TypeScript } from "./typescript-instance.js";

/** Who makes the programs of typed linting, as seen from a project: the compiler is the one that they see. */
const parsers = ["typescript-eslint", "@typescript-eslint/parser"];

/** The `typescript` that made a lint run's programs, or undefined where none can be found. */
export function loadTypeScript(workingDirectory: string): TypeScript | undefined {
  const ownRequire = createRequire(import.meta.url);
  const projectRequire = createRequire(join(workingDirectory, "package.json"));
  for (const require of [projectRequire, ownRequire]) {
    for (const parser of parsers) {
      const found = attempt(() => createRequire(require.resolve(parser))("typescript") as TypeScript);
      if (found !== undefined) return found;
    }
    const found = attempt(() => require("typescript") as TypeScript);
    if (found !== undefined) return found;
  }
  return undefined;
}

function attempt<T>(load: () => T): T | undefined {
  try {
    return load();
  } catch {
    return undefined;
  }
}
