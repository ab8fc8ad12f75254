import { describe, expect, it } from "vitest";
import type ts from "typescript";
import typescript from "typescript";
import { lowerFile } from "../../src/lower/lower-file.js";
import { checkGraph } from "./support/check-graph.js";
import { lowerText } from "./support/lower-text.js";

const repeat = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join("");

/** What the compiler can parse on the stack of a test; deeper texts never reach the lowering. */
const long: Readonly<Record<string, string>> = {
  "sum of 5,000 operands": `export const x = a${repeat(5000, () => " + b")};`,
  "5,000 conditions": `if (a${repeat(5000, () => " && b")}) f();`,
  "5,000 alternatives": `export const x = a${repeat(5000, () => " ?? b")};`,
  "5,000 commas": `a${repeat(5000, () => ", b")};`,
  "chain of 5,000 calls": `a${repeat(5000, () => ".b(1)")};`,
  "chain of 5,000 optional calls": `a${repeat(5000, () => "?.b(1)")};`,
  "1,000 else ifs": `let x = 0; if (a) {} ${repeat(1000, (i) => `else if (b) { x = ${String(i)}; }`)} f(x);`,
  "1,000 ternaries": `export const x = a${repeat(1000, () => " ? b : c")};`,
  "5,000 cases": `let r = 0; switch (a) { ${repeat(5000, (i) => `case ${String(i)}: r = ${String(i)}; break;\n`)} } f(r);`,
  "10,000 statements": `function f(a) { let r = 0; ${repeat(10000, (i) => `r = g(a.x, r); const v${String(i)} = r;\n`)} return r; }`,
  "10,000 branches": `function f(a) { let r = 0, s = 1; ${repeat(10000, () => "if (a.x) r = g(s);\n")} return r + s; }`,
  "5,000 writes under try": `function f(a) { let r = 0; try { ${repeat(5000, () => "r = g(r);\n")} } catch { return r; } return r; }`,
  "2,000 loops": `function f(a) { let r = 0; ${repeat(2000, () => "for (const x of a) r += x;\n")} return r; }`,
  "100 nested functions": `export const f = ${repeat(100, () => "() => { let a = 1; return ")} 1 ${repeat(100, () => "; }")}`,
  "300 nested calls": `${repeat(300, () => "f(")}x${repeat(300, () => ")")};`,
  "5,000 functions that call each other": repeat(
    5000,
    (i) => `function g${String(i)}(a) { return g${String((i + 1) % 5000)}(a); }\n`,
  ),
};

describe("long and deep code", () => {
  it.each(Object.entries(long))("%s", (_, text) => {
    const graph = lowerText(text);
    expect(graph.errors).toEqual([]);
    expect(checkGraph(graph)).toEqual([]);
  });

  it("gives up on copies of finally bodies nested beyond reason, and says so", () => {
    const graph = lowerText(
      `function f() { ${repeat(14, () => "try { if (a) return 1; } finally { ")} g(); ${repeat(14, () => "}")} }`,
    );
    expect(graph.errors.map((error) => error.message)).toEqual([
      "not analysed: too many ways through nested finally blocks",
    ]);
    expect(checkGraph(graph)).toEqual([]);
    const shallow = lowerText(
      `function f() { ${repeat(4, () => "try { if (a) return 1; } finally { ")} g(); ${repeat(4, () => "}")} }`,
    );
    expect(shallow.errors).toEqual([]);
  });
});

describe("failures", () => {
  const failing = { ...typescript, isThrowStatement: fail } as typeof ts;

  function fail(node: ts.Node): node is ts.ThrowStatement {
    throw new Error(`cannot lower ${String(node.pos)}`);
  }

  it("leaves a function that cannot be lowered empty, and the rest of the file whole", () => {
    const graph = lowerText(
      "export function a() { log(1); throw b; }\nexport function c() { return 1; }",
      "a.ts",
      failing,
    );
    expect(graph.errors).toEqual([{ at: 0, message: "not analysed: cannot lower 29" }]);
    expect(
      graph.functions.map((each) => [each.name, each.blocks[0]?.instructions.map((i) => i.kind)]),
    ).toEqual([
      ["module", ["function", "cell-write", "function", "cell-write"]],
      ["a", []],
      ["c", ["constant"]],
    ]);
    expect(checkGraph(graph)).toEqual([]);
  });

  it("lowers what error recovery gives", () => {
    for (const text of [
      "const",
      "function (",
      "class { x = ; static",
      "a b c }",
      "if (",
      "({ a: , ...",
      "`${",
      "<div>",
      "try {",
      "switch (a) { case",
      "export default",
      "import {",
      "for (const of",
      "x = y ? z",
      "@",
      "a?.",
      "new",
      "enum E { A = , }",
      "return",
      "label:",
      "async (",
      "namespace N {",
    ]) {
      for (const file of ["a.ts", "a.tsx", "a.js"]) {
        const graph = lowerText(`${text}\n`, file);
        expect(graph.errors.filter((error) => error.message.startsWith("not analysed"))).toEqual([]);
        expect(checkGraph(graph).filter((problem) => !problem.includes("nothing fills cell"))).toEqual([]);
      }
    }
  });

  it("takes a file whose nodes do not know their parents", () => {
    const text = "export const a = (x) => { for (const y of x) log(y); };";
    const orphan = typescript.createSourceFile("a.ts", text, typescript.ScriptTarget.Latest, false);
    expect(lowerFile(typescript, orphan, "a.ts")).toEqual(lowerText(text));
  });
});
