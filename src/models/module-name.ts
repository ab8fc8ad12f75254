/** Names of modules as models and symbol keys write them: `npm:pg`, `node:fs`, `global`, `lib`, `file:src/kv.ts`. */

/** What `package:` names: a package, or a file of the project (`src/lib/kv.ts`, `./kv.js`). */
export function moduleOfPackage(name: string): string {
  const isTypeScript = /\.[cm]?tsx?$/u.test(name);
  const isScript = /\.[cm]?jsx?$/u.test(name) && name.includes("/") && !name.startsWith("@");
  if (name.startsWith("./") || isTypeScript || isScript) return `file:${name.replace(/^\.\//u, "")}`;
  return name.startsWith("node:") ? name : `npm:${name}`;
}

/** The package of a module name, and what follows it: `npm:@aws-sdk/client-s3/dist` → `npm:@aws-sdk/client-s3`, `dist`. */
export function splitSubpath(module: string): { root: string; subpath: string } {
  const match = /^(npm:(?:@[^/]+\/)?[^/]+|node:[^/]+)(?:\/(.+))?$/u.exec(module);
  return match === null
    ? { root: module, subpath: "" }
    : { root: match[1] ?? module, subpath: match[2] ?? "" };
}
