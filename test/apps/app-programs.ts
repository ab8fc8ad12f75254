/** The apps: one file or one folder each, written for one framework, with the requests that drive them. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { notShown } from "./not-shown.js";
import { isFramework } from "./running/drivers/driver-of.js";
import type { Request } from "./running/job.js";

const folders = [
  fileURLToPath(new URL("programs", import.meta.url)),
  fileURLToPath(new URL("../../fixtures/require-guardian-consent", import.meta.url)),
].filter((folder) => existsSync(folder));

export interface AppProgram {
  /** `express/enrolment.ts` */
  readonly name: string;
  readonly framework: string;
  /** The text of each source file, by its path in the program. */
  readonly files: ReadonlyMap<string, string>;
  readonly requests: readonly Request[];
  /** Packages that its manifest wants in an older version, by the name under which that is installed. */
  readonly older: Readonly<Record<string, string>>;
  /** Whether its requests reach every operation, or only what it is there to show. */
  readonly isWholeApp: boolean;
  /** Whether decorators are those that TypeScript had first. */
  readonly hasLegacyDecorators: boolean;
  /** Why its markers are not compared with what happens; null for most. */
  readonly notShown: string | null;
}

/** By the folder that names their framework; other programs are known by what they import. */
export function findApps(filter = "", from: readonly string[] = folders): AppProgram[] {
  return (
    from
      .flatMap((folder) =>
        readdirSync(folder)
          .filter((area) => statSync(join(folder, area)).isDirectory())
          .flatMap((area) => readdirSync(join(folder, area)).map((entry) => ({ folder, area, entry }))),
      )
      .map(({ folder, area, entry }) => readApp(area, join(folder, area, entry), `${area}/${entry}`))
      .filter(({ name, files }) => name.includes(filter) && files.size > 0)
      // A fixture without requests is read only; an app without any is a fault.
      .filter(({ requests, isWholeApp }) => requests.length > 0 || isWholeApp)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  );
}

function frameworkOf(area: string, texts: readonly string[]): string {
  if (isFramework(area)) return area;
  const imported = texts.flatMap((text) =>
    [...text.matchAll(/^import .*from "([^"]+)"/gmu)].map(([, name]) => name),
  );
  return ["fastify", "koa", "hono"].find((name) => imported.includes(name)) ?? "node";
}

function readApp(area: string, path: string, name: string): AppProgram {
  const isFolder = statSync(path).isDirectory();
  const root = isFolder ? path : dirname(path);
  const paths = isFolder
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : /\.tsx?$/u.test(path)
      ? [path]
      : [];
  const files = new Map(
    paths.map((each) => [relative(root, each).replaceAll("\\", "/"), readFileSync(each, "utf8")]),
  );
  const texts = [...files.values()];
  return {
    name,
    framework: frameworkOf(area, texts),
    files,
    requests: texts.flatMap(requestsOf),
    older: isFolder ? olderPackages(join(path, "package.json")) : {},
    isWholeApp: isFramework(area),
    hasLegacyDecorators: area === "nestjs" || (isFolder && isLegacy(join(path, "tsconfig.json"))),
    notShown: texts.map(reasonOf).find((reason) => reason !== null) ?? notShown[name] ?? null,
  };
}

function isLegacy(tsconfig: string): boolean {
  return existsSync(tsconfig) && /"experimentalDecorators":\s*true/u.test(readFileSync(tsconfig, "utf8"));
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

/** `// request: POST /children [x-guardian: g1] {"email":"TOKEN1"}`, `// job: mails {…}`, `// call: enrol […]` */
function requestsOf(text: string): Request[] {
  return [...text.matchAll(/^\/\/ (?:request: (\S+)|(job|call):) ?(.*)$/gmu)].map(
    ([, word, other, rest = ""]) => {
      const verb = word ?? other?.toUpperCase() ?? "";
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
    },
  );
}
