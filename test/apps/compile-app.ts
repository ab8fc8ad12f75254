/** An app's files as JavaScript, and the way back from a place in that to the line where the call starts. */
import { SourceMap, type SourceMapPayload } from "node:module";
import ts from "typescript";
import { lineOfCall } from "../support/line-of-call.js";
import type { AppProgram } from "./app-programs.js";
import type { AppJob, Happened } from "./running/job.js";

export interface CompiledApp {
  readonly job: AppJob;
  readonly lineOf: (place: NonNullable<Happened["place"]>) => number;
  /** `file:line` of each call that keeps something or hands it on. */
  readonly operations: readonly string[];
}

export function compileApp({
  framework,
  files,
  requests,
  older,
  hasLegacyDecorators,
}: AppProgram): CompiledApp {
  const modules: Record<string, string> = {};
  const maps = new Map<string, SourceMap>();
  const sources = new Map<string, ts.SourceFile>();
  for (const [path, text] of files) {
    const { outputText, sourceMapText } = ts.transpileModule(text, {
      fileName: path,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        jsx: ts.JsxEmit.ReactJSX,
        sourceMap: true,
        ...(hasLegacyDecorators && {
          experimentalDecorators: true,
          emitDecoratorMetadata: true,
          useDefineForClassFields: false,
        }),
      },
    });
    modules[path] = outputText;
    maps.set(path, new SourceMap(JSON.parse(sourceMapText ?? "{}") as SourceMapPayload));
    sources.set(path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  }
  return {
    job: { framework, modules, roots: rootsOf([...files.keys()]), requests, older },
    lineOf: ({ file, line, column }) => {
      const source = sources.get(file);
      const entry = maps.get(file)?.findEntry(line - 1, column);
      if (source === undefined || entry === undefined || !("originalLine" in entry)) return 0;
      return lineOfCall(source, entry.originalLine + 1, entry.originalColumn);
    },
    operations: [...sources].flatMap(([path, source]) =>
      operationsOf(source).map((line) => `${path}:${String(line)}`),
    ),
  };
}

/** The file that starts the app, if one is named for that; else each of them. */
function rootsOf(paths: readonly string[]): readonly string[] {
  const main = paths.find((path) => /^(?:src\/)?(?:main|app|server|index)\.tsx?$/u.test(path));
  return main === undefined ? paths : [main];
}

/** Lines where a call starts that a stand-in would note. */
function operationsOf(source: ts.SourceFile): number[] {
  const made = new Map(
    [...source.text.matchAll(/(\w+)(?:: \w+)? = new (Queue|Redis)\b/gu)].map(([, name = "", type = ""]) => [
      name,
      type,
    ]),
  );
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isOperation(node, made))
      found.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const writing: Readonly<Record<string, RegExp>> = {
  Queue: /^add(?:Bulk)?$/u,
  Redis: /^(?:set|setex|hset|lpush|rpush|publish)$/u,
};

function isOperation(
  { expression, arguments: [first] }: ts.CallExpression,
  made: ReadonlyMap<string, string>,
): boolean {
  const isOfFiles = (name: string): boolean => /^(?:write|append)File(?:Sync)?$/u.test(name);
  const argument = first?.getText() ?? "";
  if (ts.isIdentifier(expression))
    return (expression.text === "fetch" && !/^["'`]\//u.test(argument)) || isOfFiles(expression.text);
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const name = expression.name.text;
  if (name === "query") return /^(?:[`"']|\{\s*text: ?["'`])\s*(?:INSERT|UPDATE)\b/iu.test(argument);
  if (/^(?:getCurrentPosition|watchPosition|getUserMedia)$/u.test(name)) return true;
  const receiver = /\w+$/u.exec(expression.expression.getText())?.[0] ?? "";
  return isOfFiles(name) || writing[made.get(receiver) ?? ""]?.test(name) === true;
}
