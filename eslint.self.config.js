/** The plugin as it is built, over its own code: `npm run lint` runs it after the house's own rules. */
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import childPrivacy from "./dist/src/index.js";

export default defineConfig({
  files: ["src/**/*.ts", "rules/**/*.ts"],
  extends: [tseslint.configs.base, childPrivacy.configs.strict],
  languageOptions: { parserOptions: { projectService: true } },
  // The fixtures beside it are programs of their own.
  settings: { "child-privacy": { root: `${import.meta.dirname}/src` } },
  // The directives here are meant for the rules of eslint.config.js.
  linterOptions: { reportUnusedDisableDirectives: "off" },
});
