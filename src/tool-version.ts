import { readFileSync } from "node:fs";

interface Manifest {
  readonly name: string;
  readonly version: string;
}

let manifest: Manifest | undefined;

/** Our own manifest: one folder up from the sources, two from the compiled code. */
function readManifest(): Manifest {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const found = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Manifest;
      if (found.name === "eslint-plugin-child-privacy") return found;
    } catch {
      // The other place holds it.
    }
  }
  return { name: "eslint-plugin-child-privacy", version: "0.0.0" };
}

/** The version of this package, as its manifest says. */
export function toolVersion(): string {
  manifest ??= readManifest();
  return manifest.version;
}
