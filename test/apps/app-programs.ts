/** The apps: one file or one folder each, written for one framework, with the requests that drive them. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Request } from "./running/job.js";

export const appsFolder = fileURLToPath(new URL("programs", import.meta.url));

export interface AppProgram {
  /** `express/enrolment.ts` */
  readonly name: string;
  readonly framework: string;
  /** The text of each source file, by its path in the program. */
  readonly files: ReadonlyMap<string, string>;
  readonly requests: readonly Request[];
  /** Packages that its manifest wants in an older version, by the name under which that is installed. */
  readonly older: Readonly<Record<string, string>>;
  /** Why its markers are not compared with what happens; null for most. */
  readonly notShown: string | null;
}

export function findApps(filter = "", folder = appsFolder): AppProgram[] {
  return readdirSync(folder)
    .filter((framework) => statSync(join(folder, framework)).isDirectory())
    .flatMap((framework) =>
      readdirSync(join(folder, framework)).map((entry) => ({
        framework,
        path: join(folder, framework, entry),
      })),
    )
    .map(({ framework, path }) => readApp(framework, path, relative(folder, path).replaceAll("\\", "/")))
    .filter(({ name }) => name.includes(filter))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readApp(framework: string, path: string, name: string): AppProgram {
  const isFolder = statSync(path).isDirectory();
  const root = isFolder ? path : dirname(path);
  const paths = isFolder
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [path];
  const files = new Map(
    paths.map((each) => [relative(root, each).replaceAll("\\", "/"), readFileSync(each, "utf8")]),
  );
  const texts = [...files.values()];
  return {
    name,
    framework,
    files,
    requests: texts.flatMap(requestsOf),
    older: isFolder ? olderPackages(join(path, "package.json")) : {},
    notShown: texts.map(reasonOf).find((reason) => reason !== null) ?? null,
  };
}

function olderPackages(manifest: string): Record<string, string> {
  if (!existsSync(manifest)) return {};
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as {
    dependencies?: Record<string, string>;
  };
  return dependencies.express?.startsWith("^4") === true ? { express: "express4" } : {};
}

function reasonOf(text: string): string | null {
  return /^\/\/ not shown by running: (.+)$/mu.exec(text)?.[1] ?? null;
}

/** `// request: POST /children [x-guardian: g1] {"email":"TOKEN1"}` */
function requestsOf(text: string): Request[] {
  return [...text.matchAll(/^\/\/ request: (\S+) ?(.*)$/gmu)].map(([, verb = "", rest = ""]) => {
    const parts = /^(\S*)((?:\s+\[[\w-]+: [^\]]*\])*)(?:\s+[^{["\s].*?)?\s*([{["].*)?$/u.exec(rest);
    const { 1: target = "", 2: headers = "", 3: body } = parts ?? [];
    return {
      verb,
      target,
      headers: Object.fromEntries(
        [...headers.matchAll(/\[([\w-]+):\s*([^\]]*)\]/gu)].map(([, key = "", value = ""]) => [key, value]),
      ),
      body: body === undefined ? undefined : (JSON.parse(body) as unknown),
      text: rest,
    };
  });
}
