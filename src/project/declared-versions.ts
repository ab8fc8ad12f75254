/** The versions of packages that the folder's manifests ask for: text of the project, whatever is installed. */
import type { Folder } from "./folder.js";
import { asObject } from "./workspace-packages.js";

const keys = ["peerDependencies", "devDependencies", "dependencies"] as const;

/** By module (`npm:express`): a version that a manifest's range begins with; null where none is told, or several are. */
export function declaredVersions(folder: Pick<Folder, "paths" | "read">): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  for (const path of folder.paths) {
    if (path !== "package.json" && !path.endsWith("/package.json")) continue;
    for (const [name, version] of versionsOf(folder.read(path))) {
      const module = `npm:${name}`;
      const known = found.get(module);
      const isOther = known !== undefined && majorOf(known) !== majorOf(version);
      found.set(module, isOther ? null : version);
    }
  }
  return found;
}

/** Of one manifest; what is needed to run counts before what is needed to build. */
function versionsOf(text: string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  const manifest = parse(text);
  for (const key of keys)
    for (const [name, range] of Object.entries(asObject(manifest[key]))) {
      const version = typeof range === "string" ? firstVersion(range) : null;
      if (version !== null) found.set(name, version);
    }
  return found;
}

/** `^4.21.2`, `npm:express@^4.21.2`; a range without an upper end may be any later one. */
function firstVersion(range: string): string | null {
  const written = /^npm:.+@([^@]+)$/u.exec(range)?.[1] ?? range;
  return /^[\^~=v\s]*(\d+(?:\.\d+)*)/u.exec(written)?.[1] ?? null;
}

function majorOf(version: string | null): string | null {
  return version === null ? null : (version.split(".")[0] ?? null);
}

function parse(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}
