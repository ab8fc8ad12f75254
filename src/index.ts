/** The ESLint plugin: the rules and three flat configs. */
import type { ESLint, Linter } from "eslint";
import { rules } from "../rules/index.js";
import { defaultLevelOf, type RuleId } from "./contracts/obligation.js";

const ids = Object.keys(rules) as (keyof typeof rules)[];

type Level = "error" | "warn" | ["error", Readonly<Record<string, unknown>>];

/** Lint's `strict`: every rule an error, with what the rules leave to it. */
function strictLevelOf(id: RuleId): Level {
  if (id === "valid-setup") return ["error", { requireReasons: true }];
  return id === "require-retention-period" ? ["error", { requireEnforcement: true }] : "error";
}

interface Plugin extends ESLint.Plugin {
  readonly configs: Readonly<Record<"recommended" | "strict" | "all", Linter.Config>>;
}

const plugin: ESLint.Plugin = {
  meta: { name: "eslint-plugin-child-privacy", namespace: "child-privacy" },
  rules,
};

function configOf(name: string, levelOf: (id: RuleId) => Level): Linter.Config {
  const levels = Object.fromEntries(ids.map((id) => [`child-privacy/${id}`, levelOf(id)]));
  return { name: `child-privacy/${name}`, plugins: { "child-privacy": plugin }, rules: levels };
}

export default Object.assign(plugin, {
  configs: {
    recommended: configOf("recommended", defaultLevelOf),
    strict: configOf("strict", strictLevelOf),
    all: configOf("all", () => "error"),
  },
}) as Plugin;
