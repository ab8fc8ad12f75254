/** Lints a program in process, as typed linting does: one `ts.Program`, typescript-eslint's parser, our plugin. */
import { Linter } from "eslint";
import * as parser from "@typescript-eslint/parser";
import ts from "typescript";
import plugin from "../../src/index.js";
import { isSource } from "./programs.js";

export interface LintMessage {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
  /** An `eslint-disable` comment silences it. */
  readonly isSilenced: boolean;
}

export interface LintOptions {
  readonly today: string;
  readonly rules?: Linter.RulesRecord;
  readonly config?: string;
  /** ESLint's class, of another version. */
  readonly linter?: typeof Linter;
}

/** Everything that the plugin says about a program's files, silenced messages marked. */
export function lintProgram(
  root: string,
  texts: ReadonlyMap<string, string>,
  options: LintOptions,
): LintMessage[] {
  const files = [...texts.keys()].filter(isSource);
  const program = programOf(ts, root, files, texts);
  const linter = new (options.linter ?? Linter)({ cwd: root, configType: "flat" });
  const config = {
    files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    plugins: { "child-privacy": plugin },
    languageOptions: {
      parser: parser as unknown as Linter.Parser,
      parserOptions: { programs: [program], ecmaFeatures: { jsx: true } },
    },
    settings: { "child-privacy": { root, today: options.today, config: options.config } },
    linterOptions: { reportUnusedDisableDirectives: "off" },
    rules: options.rules ?? plugin.configs.recommended.rules,
  } as unknown as Linter.Config;
  return files.flatMap((file) => {
    const shown = linter.verify(texts.get(file) ?? "", config, { filename: `${root}/${file}` });
    const silenced = (linter as WithSuppressed).getSuppressedMessages();
    return [
      ...shown.map((message) => plain(file, message, false)),
      ...silenced.map((message) => plain(file, message, true)),
    ];
  });
}

/** In ESLint since version 8; its types lack it. */
type WithSuppressed = Linter & { getSuppressedMessages(): Linter.LintMessage[] };

function plain(
  file: string,
  { line, column, ruleId, message }: Linter.LintMessage,
  isSilenced: boolean,
): LintMessage {
  return { file, line, column, rule: (ruleId ?? "fatal").replace("child-privacy/", ""), message, isSilenced };
}

/**
 * The engine makes a program of its own over the folder and takes only texts and syntax trees from this one, so
 * the program need not load libraries.
 */
export function programOf(
  compiler: typeof ts,
  root: string,
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
): ts.Program {
  const options: ts.CompilerOptions = {
    allowJs: true,
    noEmit: true,
    noLib: true,
    noResolve: true,
    types: [],
    target: compiler.ScriptTarget.ESNext,
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    jsx: compiler.JsxEmit.Preserve,
    strict: true,
  };
  const host = compiler.createCompilerHost(options, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name.startsWith(`${root}/`) ? name.slice(root.length + 1) : "");
    return text === undefined ? read(name, ...rest) : compiler.createSourceFile(name, text, rest[0], true);
  };
  host.getCurrentDirectory = () => root;
  return compiler.createProgram({ rootNames: files.map((file) => `${root}/${file}`), options, host });
}
