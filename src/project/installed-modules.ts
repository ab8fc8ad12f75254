import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { asObject, type Workspace } from "./workspace-packages.js";

/** Whether packages are installed for a folder, in it or above it. */
export function hasModules(root: string): boolean {
  for (let directory = root; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "node_modules"))) return true;
    if (directory === dirname(directory)) return existsSync(join(root, ".pnp.cjs"));
  }
}

/** Strictness where no config states it, as the project's own TypeScript has it: on since 6.0. */
export function strictByDefault(root: string, workspace: Workspace): boolean {
  const manifest = workspace.manifests.get("")?.json ?? {};
  const declared = [
    asObject(manifest.devDependencies).typescript,
    asObject(manifest.dependencies).typescript,
  ].find((range) => typeof range === "string");
  const version = installedVersion(root) ?? /\d+/.exec(declared ?? "")?.[0];
  return version === undefined || Number.parseInt(version, 10) >= 6;
}

function installedVersion(root: string): string | undefined {
  for (let directory = root; ; directory = dirname(directory)) {
    const manifest = join(directory, "node_modules/typescript/package.json");
    if (existsSync(manifest)) return versionIn(manifest);
    if (directory === dirname(directory)) return undefined;
  }
}

function versionIn(manifest: string): string | undefined {
  try {
    const { version } = asObject(JSON.parse(readFileSync(manifest, "utf8")));
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
