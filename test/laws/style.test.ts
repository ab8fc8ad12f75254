import { basename } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { readSources } from "../support/sources.js";

const sources = readSources("src", "rules");
const tests = readSources("test");

function faults(found: readonly { path: string }[]): string[] {
  return found.map(({ path }) => path);
}

function hasAny(text: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found = true;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("x.ts", text, ts.ScriptTarget.ESNext));
  return found;
}

/** Comments and strings may speak of anything. */
function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, "")
    .replace(/`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gu, '""');
}

describe("files", () => {
  test("at most 400 lines", () => {
    const long = sources.filter(({ text }) => text.split("\n").length > 400);
    expect(
      faults(long),
      "Aim for 250 lines; a file over 400 holds two things: give the second its own name.",
    ).toEqual([]);
  });

  test("kebab-case names", () => {
    const odd = [...sources, ...tests].filter(
      ({ path }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|config))?\.ts$/u.test(basename(path)),
    );
    expect(faults(odd), "A file is named in kebab-case after its main export.").toEqual([]);
  });

  test("no drawers", () => {
    const drawers = sources.filter(({ path }) =>
      path.split("/").some((name) => /^(?:utils?|helpers?|common|misc|types|shared)(?:\.ts)?$/u.test(name)),
    );
    expect(
      faults(drawers),
      "A helper's second user moves it to the lowest layer that fits, under its own name.",
    ).toEqual([]);
  });

  test("tests mirror sources", () => {
    const known = new Set([
      "laws",
      "docs",
      "support",
      "heavy",
      "rules",
      "real",
      "bench",
      "packages",
      "oracle",
      "apps",
      "executed",
      "fixtures",
      "servers",
      "mutation",
      "traces",
      "sdk",
    ]);
    const folders = new Set(
      sources
        .filter(({ path }) => path.startsWith("src/"))
        .map(({ path }) => (path.split("/")[1] ?? "").replace(/\.ts$/u, "")),
    );
    const astray = tests.filter(({ path }) => {
      const [, folder = ""] = path.split("/");
      return path.split("/").length > 2 && !known.has(folder) && !folders.has(folder);
    });
    expect(faults(astray), "A test lies where the source that it tests lies, below test/.").toEqual([]);
  });
});

describe("code", () => {
  test("no any", () => {
    const loose = sources.filter(({ text }) => hasAny(text));
    expect(
      faults(loose),
      "`any` switches the compiler off for everything it touches: use unknown and narrow it.",
    ).toEqual([]);
  });

  test("no enum, no default export but the plugin's", () => {
    expect(
      faults(sources.filter(({ text }) => /^(?:export )?(?:const )?enum /mu.test(codeOf(text)))),
      "Kinds are string unions with a `kind` field.",
    ).toEqual([]);
    const defaults = sources.filter(
      ({ path, text }) => path !== "src/index.ts" && /^export default /mu.test(codeOf(text)),
    );
    expect(faults(defaults), "A named export has one name everywhere; ESLint alone wants a default.").toEqual(
      [],
    );
  });

  test("no unfinished work", () => {
    const open = sources.filter(({ text }) => /\b(?:TODO|FIXME|XXX)\b(?!.*#\d)/u.test(text));
    expect(faults(open), "What is not done is an issue, and a comment names its number.").toEqual([]);
  });

  test("no switched-off rules without a reason", () => {
    const silent = [...sources, ...tests].filter(({ text }) =>
      /(?:\/\/|\/\*)\s*(?:eslint-disable(?![^\n]* -- )|@ts-(?:ignore|nocheck))/u.test(
        codeKeepingComments(text),
      ),
    );
    expect(
      faults(silent),
      "Whoever reads it must know why the rule does not hold here: write `-- reason`.",
    ).toEqual([]);
  });

  test("only dev and cli print", () => {
    const loud = sources.filter(
      ({ path, text }) =>
        !/^src\/(?:cli|dev)\//u.test(path) &&
        /\b(?:console\.\w+\(|process\.std(?:out|err)\.write)/u.test(codeOf(text)),
    );
    expect(
      faults(loud),
      "A renderer gives a string, so that it can be tested without a process; the command line writes it.",
    ).toEqual([]);
  });
});

function codeKeepingComments(text: string): string {
  return text.replace(/`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gu, '""');
}
