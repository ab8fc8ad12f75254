import eslint from "@eslint/js";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";
import { layerZones, restrictedImports } from "./scripts/layers.mjs";

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "coverage/",
      "examples/",
      "fixtures/",
      "test/packages/",
      "test/**/programs/",
      "**/*.d.ts",
    ],
  },
  eslint.configs.recommended,
  {
    files: ["src/**/*.ts", "rules/**/*.ts", "test/**/*.ts", "*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 400 }],
    },
  },
  {
    files: ["src/**/*.ts", "rules/**/*.ts"],
    plugins: { "import-x": importX },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: layerZones(import.meta.dirname) }],
      // A function fits a screen.
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  ...restrictedImports(),
  {
    // The compiler's API as several versions have it: what 6.0 calls deprecated or always there is neither in 5.4,
    // and a switch over the kinds of syntax names the few that matter.
    files: ["src/project/**/*.ts", "src/annotations/**/*.ts", "src/lower/**/*.ts"],
    rules: {
      "@typescript-eslint/no-deprecated": "off",
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "off",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "max-lines": ["error", { max: 600 }],
    },
  },
  {
    files: ["scripts/**/*.mjs", "test/**/*.mjs", "*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
