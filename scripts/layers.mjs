// The layer law, written once: eslint.config.js and test/laws/layers.test.ts both read it.
import { join } from "node:path";

/**
 * From the top down; names are folders of `src/`, or files of it. A layer imports those below it, never one
 * above, nor one beside it on the same line.
 */
export const layers = [
  ["cli", "rules", "index"],
  ["audit-since"],
  ["audit"],
  ["engine"],
  ["report"],
  ["checks", "register"],
  ["flow"],
  ["annotations", "lower"],
  ["project"],
  ["config", "models"],
  ["contracts"],
  ["base", "tool-version"],
];

/** The faces know the engine's door and what is shown, nothing of how it is found out. */
const faces = ["cli", "rules", "index"];
const behindTheDoor = ["register", "flow", "annotations", "lower", "project", "config", "models"];

const orderText =
  "cli, rules → engine → report → checks, register → flow → annotations, lower → project → config, models → contracts → base";

/** Why one layer must not import another, or null where it may. */
export function layerFault(from, to) {
  if (from === to) return null;
  const upper = layers.findIndex((line) => line.includes(from));
  const lower = layers.findIndex((line) => line.includes(to));
  if (upper === -1 || lower === -1) return null;
  if (lower < upper)
    return `${from} must not import ${to}: arrows never run back (${orderText}). Move what both need to the lowest layer that fits.`;
  // The plugin's entry is the list of its rules.
  if (lower === upper && !(from === "index" && to === "rules")) {
    return `${from} and ${to} stand side by side and know nothing of each other. What both need belongs in contracts or base.`;
  }
  if (faces.includes(from) && behindTheDoor.includes(to)) {
    return `${from} is a face: it knows src/engine.ts, the report and the contracts, and ${to} only through them, so that all faces find the same.`;
  }
  return null;
}

/** Bans on modules: who may know them, and why nobody else. */
export const moduleBans = [
  {
    modules: ["typescript", "ts-morph"],
    allowed: ["project", "annotations", "lower"],
    why: "Only project, annotations and lower know the compiler, and take it as a parameter: the user's version makes the program. The solver sees file graphs, checks see flows.",
  },
  {
    modules: ["eslint", "@typescript-eslint/utils", "@typescript-eslint/parser", "typescript-eslint"],
    allowed: ["rules", "index"],
    why: "Only rules and the plugin's entry know ESLint: what decides must be the same in every face.",
  },
  {
    modules: ["node:fs", "node:fs/promises", "fs", "fs/promises", "node:child_process"],
    allowed: ["project", "cli", "tool-version", "dev"],
    why: "Only project opens files, and cli writes the report: everything between is a function of what it is handed.",
  },
];

/** Zones of import-x/no-restricted-paths. */
export function layerZones(root) {
  const names = layers.flat();
  return names.flatMap((from) =>
    names.flatMap((to) => {
      const message = layerFault(from, to);
      return message === null ? [] : [{ target: pathOf(root, from), from: pathOf(root, to), message }];
    }),
  );
}

const files = new Set(["index", "audit", "engine", "tool-version"]);

function pathOf(root, layer) {
  if (layer === "rules") return join(root, "rules");
  return join(root, "src", files.has(layer) ? `${layer}.ts` : layer);
}

/** Configs of no-restricted-imports, one a layer, with the bans that hold for it. */
export function restrictedImports() {
  return [...layers.flat(), "dev"].flatMap((layer) => {
    const banned = moduleBans.filter((ban) => !ban.allowed.includes(layer));
    const paths = banned.flatMap(({ modules, why }) => modules.map((name) => ({ name, message: why })));
    return [{ files: globsOf(layer), rules: { "no-restricted-imports": ["error", { paths }] } }];
  });
}

function globsOf(layer) {
  if (layer === "rules") return ["rules/**/*.ts"];
  return files.has(layer) ? [`src/${layer}.ts`] : [`src/${layer}/**/*.ts`];
}

/** The layer of a source file, by its path below the repository's root; null: under no law. */
export function layerOf(path) {
  if (path.startsWith("rules/")) return "rules";
  const [, name = ""] = path.split("/");
  const layer = name.replace(/\.ts$/u, "");
  // `src/annotations.ts` is the public entry and imports nothing of the rest.
  if (path === "src/annotations.ts") return null;
  return layers.flat().includes(layer) ? layer : null;
}
