/** Fixture programs: one file or one folder each, set up in a folder of their own so that they are a world. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export interface FixtureProgram {
  /** `flow/calls/recursion.ts` */
  readonly name: string;
  /** Absolute path of the file or folder. */
  readonly path: string;
}

export const fixturesFolder = fileURLToPath(new URL("../../fixtures", import.meta.url));
/** Apps that are run, too: `test/apps` holds their markers against what happens. */
const appsFolder = fileURLToPath(new URL("../apps/programs", import.meta.url));

const sources = new Set([".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"]);
const texts = new Set([...sources, ".yaml", ".yml", ".prisma", ".sql", ".md"]);

/** Areas that hold further areas. */
const nested = new Set([
  "flow",
  "require-guardian-consent",
  "require-assessment",
  "require-deletion-path",
  "require-retention-period",
  "no-unused-collection",
  "complete-notice",
  "require-correction-path",
  "require-access-record",
  "no-public-disclosure",
]);
/** Areas of areas that are sorted by theme. */
const themed = new Set(["flow/unseen6", "flow/unseen7"]);
/** Areas that other tests run. */
const others = new Set(["lower"]);

/** Rules that judge programs of their own only: elsewhere every store would need a guardian's consent too. */
const rulesApart: Readonly<Record<string, ReadonlySet<string>>> = {
  "require-guardian-consent": new Set(["require-guardian-consent", "valid-age-threshold"]),
  "valid-age-threshold": new Set(["require-guardian-consent", "valid-age-threshold"]),
  apps: new Set(["require-guardian-consent", "valid-age-threshold"]),
  "require-assessment": new Set(["require-assessment", "valid-setup"]),
  "require-correction-path": new Set(["require-correction-path"]),
  "require-deletion-path": new Set(["require-deletion-path"]),
  "require-retention-period": new Set(["require-retention-period"]),
  "no-undeclared-purpose": new Set(["no-undeclared-purpose"]),
  "no-unused-collection": new Set(["no-unused-collection"]),
  "no-public-disclosure": new Set(["no-public-disclosure"]),
  "complete-notice": new Set(["complete-notice"]),
  "require-access-record": new Set(["require-access-record"]),
};
const apart = new Set(
  Object.values(rulesApart)
    .flatMap((rules) => [...rules])
    .filter((rule) => rule !== "valid-setup"),
);

/** Do the markers of a program speak of this rule? */
export function isJudged({ name }: FixtureProgram, rule: string): boolean {
  if (rule === "valid-annotation") return true;
  return rulesApart[name.split("/")[0] ?? ""]?.has(rule) ?? !apart.has(rule);
}

/** All programs whose name contains the filter, by name. */
export function findPrograms(filter = "", folder = fixturesFolder): FixtureProgram[] {
  return foldersOf(folder)
    .filter((area) => !others.has(area))
    .flatMap((area) => [
      ...(nested.has(area) ? [] : [area]),
      ...foldersOf(join(folder, area))
        .filter((inner) => nested.has(area) || isUnseen(inner))
        .map((inner) => `${area}/${inner}`),
    ])
    .flatMap((area) =>
      themed.has(area) ? foldersOf(join(folder, area)).map((theme) => `${area}/${theme}`) : [area],
    )
    .flatMap((area) => programsOf(folder, area))
    .filter((program) => program.name.includes(filter))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Programs that lie where none is looked for: beside the folders of an area that is sorted by them. */
export function findUnread(folder = fixturesFolder): string[] {
  return [...nested].flatMap((area) =>
    readdirSync(join(folder, area), { withFileTypes: true })
      .filter((entry) => entry.isFile() && sources.has(extname(entry.name)))
      .map((entry) => `${area}/${entry.name}`),
  );
}

/** The apps, as `apps/express/paths.ts`. */
export function findApps(filter = ""): FixtureProgram[] {
  return foldersOf(appsFolder)
    .flatMap((framework) => programsOf(appsFolder, framework))
    .map((program) => ({ ...program, name: `apps/${program.name}` }))
    .filter((program) => program.name.includes(filter))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function programsOf(folder: string, area: string): FixtureProgram[] {
  return readdirSync(join(folder, area), { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() ? !isUnseen(entry.name) : sources.has(extname(entry.name))))
    .map((entry) => ({ name: `${area}/${entry.name}`, path: join(folder, area, entry.name) }));
}

/** Programs by authors who had not seen the engine have folders of their own in every area. */
function isUnseen(folder: string): boolean {
  return /^unseen\d*$/u.test(folder);
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Copies a program into a folder of its own and gives its path; `dispose` removes it. */
export function setUp(program: FixtureProgram): { readonly root: string; readonly dispose: () => void } {
  const base = mkdtempSync(join(tmpdir(), "child-privacy-"));
  const root = join(base, "program");
  mkdirSync(root);
  if (statSync(program.path).isDirectory()) cpSync(program.path, root, { recursive: true });
  else cpSync(program.path, join(root, basename(program.path)));
  return {
    root: root.replaceAll("\\", "/"),
    dispose: () => {
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** The text files of a set-up program by their path below its root. */
export function textsOf(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && texts.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    files.map((file) => [relative(root, file).replaceAll("\\", "/"), readFileSync(file, "utf8")]),
  );
}

/** Whether ESLint can lint a file. */
export function isSource(path: string): boolean {
  return sources.has(extname(path)) && !path.endsWith(".d.ts");
}
