/** For packages that read a program's folders: its files on the disk, each of which hands on what the module exports. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

type Exports = Readonly<Record<string, unknown>>;

/** The folder, beside this process's own files; null for a program that does not ask where it lies. */
export function putOnDisk(
  modules: Readonly<Record<string, string>>,
  load: (path: string) => Promise<Exports>,
): string | null {
  if (!Object.values(modules).some((text) => text.includes("import.meta.dirname"))) return null;
  // A new one for each run: modules are loaded once.
  const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), "program-"));
  const key = `load:${folder}`;
  Object.assign(globalThis, { [key]: load });
  for (const [path, text] of Object.entries(modules)) {
    const names = [...text.matchAll(/^export (?:async )?(?:const|let|function|class) (\w+)/gmu)].map(
      ([, name = ""]) => name,
    );
    const target = join(folder, path.replace(/\.tsx?$/u, ".mjs"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      [
        `const exported = await globalThis[${JSON.stringify(key)}](${JSON.stringify(path)});`,
        "export default exported.default;",
        ...names.map((name) => `export const ${name} = exported[${JSON.stringify(name)}];`),
      ].join("\n"),
    );
  }
  return folder;
}
