/** Loads the program's own files as modules; packages are the real ones, stores and services are stand-ins. */
import { dirname, join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { SourceTextModule, SyntheticModule, type Module } from "node:vm";
import type { AppJob } from "./job.js";
import { programScheme } from "./recorder.js";
import { putOnDisk } from "./program-on-disk.js";
import { standInModules } from "./stand-ins.js";

export type Exports = Readonly<Record<string, unknown>>;

/** What each root exports, by its path. */
export async function loadProgram(job: AppJob): Promise<ReadonlyMap<string, Exports>> {
  const standIns = standInModules();
  const loaded = new Map<string, Promise<Module>>();

  const once = (key: string, make: () => Promise<Module>): Promise<Module> => {
    const known = loaded.get(key) ?? make();
    loaded.set(key, known);
    return known;
  };
  const own = (path: string): Promise<Module> => once(path, () => Promise.resolve(ownModule(path)));
  const resolve = async (specifier: string, from: string): Promise<Module> => {
    const path = /^(?:\.|@\/)/u.test(specifier) ? ownPath(job, from, specifier) : null;
    if (path !== null) return own(path);
    return once(specifier, async () =>
      wrapped(specifier, standIns[specifier] ?? (await importPackage(job.older[specifier] ?? specifier))),
    );
  };
  const folder = putOnDisk(
    job.modules,
    async (path) => (await evaluated(await own(path))).namespace as Exports,
  );
  const ownModule = (path: string): Module =>
    new SourceTextModule(job.modules[path] ?? "", {
      identifier: programScheme + path,
      initializeImportMeta: (meta) => {
        meta.url = folder === null ? `file:///program/${path}` : pathToFileURL(join(folder, path)).href;
        if (folder !== null) meta.dirname = dirname(join(folder, path));
      },
      importModuleDynamically: async (specifier) => evaluated(await resolve(specifier, path)),
    });
  const evaluated = async (module: Module): Promise<Module> => {
    if (module.status === "unlinked")
      await module.link((specifier, { identifier }) =>
        resolve(specifier, identifier.slice(programScheme.length)),
      );
    await module.evaluate();
    return module;
  };

  const found = new Map<string, Exports>();
  for (const root of job.roots) found.set(root, (await evaluated(await own(root))).namespace as Exports);
  return found;
}

function ownPath(job: AppJob, from: string, specifier: string): string {
  // `@/` is the alias that the tsconfig of an app gives its root.
  const plain = posix
    .join(specifier.startsWith("@/") ? "." : posix.dirname(from), specifier.replace(/^@\//u, ""))
    .replace(/\.jsx?$/u, "");
  const path = ["", ".ts", ".tsx", "/index.ts"]
    .flatMap((ending) => [plain + ending, `src/${plain}${ending}`])
    .find((each) => each in job.modules);
  if (path === undefined) throw new Error(`${from} imports ${specifier}, which is not there`);
  return path;
}

/** Packages without `exports` have files that bundlers find without their ending. */
async function importPackage(specifier: string): Promise<Exports> {
  try {
    return (await import(specifier)) as Exports;
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    if (!isAbsent || specifier.endsWith(".js")) throw error;
    return (await import(`${specifier}.js`)) as Exports;
  }
}

function wrapped(name: string, exports: Exports): Module {
  const names = Object.keys(exports);
  return new SyntheticModule(
    names.includes("default") ? names : [...names, "default"],
    function (this: SyntheticModule) {
      for (const each of names) this.setExport(each, exports[each]);
      if (!names.includes("default")) this.setExport("default", exports);
    },
    { identifier: name },
  );
}
