import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { TypeScript } from "./typescript-instance.js";

/** The standard library's declaration files of one TypeScript instance. */
export interface LibraryFiles {
  /** Folder that the compiler looks for `lib.*.d.ts` in. */
  readonly location: string;
  read(path: string): string | undefined;
}

interface TsMorph {
  readonly ts: unknown;
  readonly Project: new (options: { useInMemoryFileSystem: boolean }) => {
    getModuleResolutionHost(): { readFile(path: string): string | undefined };
  };
}

let bundled: { readonly ts: TypeScript; readonly library: LibraryFiles } | undefined;

/** ts-morph's own TypeScript with its library. Loaded on first use: it takes a quarter of a second. */
export function loadBundledTypeScript(): { readonly ts: TypeScript; readonly library: LibraryFiles } {
  if (bundled === undefined) {
    const tsMorph = createRequire(import.meta.url)("ts-morph") as TsMorph;
    const host = new tsMorph.Project({ useInMemoryFileSystem: true }).getModuleResolutionHost();
    bundled = {
      ts: tsMorph.ts as TypeScript,
      library: { location: "/node_modules/typescript/lib", read: (path) => host.readFile(path) },
    };
  }
  return bundled;
}

/** The library beside the compiler that was handed in. */
export function installedLibrary(ts: TypeScript): LibraryFiles {
  if (ts === bundled?.ts) return bundled.library;
  const location = dirname(ts.getDefaultLibFilePath({})).replaceAll("\\", "/");
  return { location, read: (path) => ts.sys.readFile(path) };
}
