/** Lets Node load the project's TypeScript with the engine's rules made switchable. */
import { fileURLToPath } from "node:url";
import { load as loadPlain, resolve } from "../oracle/typescript-hooks.mjs";
import { instrument } from "./instrument.mjs";

export { resolve };

const root = fileURLToPath(new URL("../../", import.meta.url)).replaceAll("\\", "/");

export function load(url, context, next) {
  return loadPlain(url, context, next, (path, text) =>
    instrument(path.replaceAll("\\", "/").slice(root.length), text),
  );
}
