import { describe, expect, test } from "vitest";
import { lineAt, renderFrame } from "../../src/report/code-frame.js";
import { wrapText } from "../../src/report/wrap-text.js";

const options = { around: 1, highlight: (text: string) => text, dim: (text: string) => text };

describe("a frame", () => {
  test("shows the lines around, and underlines the place", () => {
    const text = "one();\n  two(three);\nfour();\n";
    expect(renderFrame(text, { file: "a", line: 2, column: 3, endLine: 2, endColumn: 13 }, options)).toEqual([
      "  1 | one();",
      "> 2 |   two(three);",
      "    |   ^^^^^^^^^^",
      "  3 | four();",
    ]);
  });

  test("underlines to the end of the line where the place goes on below it", () => {
    expect(
      renderFrame(
        "call(\n  a,\n);",
        { file: "a", line: 1, column: 1, endLine: 3, endColumn: 2 },
        { ...options, around: 0 },
      ),
    ).toEqual(["> 1 | call(", "    | ^^^^^"]);
  });

  test("keeps the mark under its word behind tabs, and shortens long lines", () => {
    expect(
      renderFrame(
        "\tcall();",
        { file: "a", line: 1, column: 2, endLine: 1, endColumn: 8 },
        { ...options, around: 0 },
      ),
    ).toEqual(["> 1 |   call();", "    |   ^^^^^^"]);
    const [line = ""] = renderFrame(
      "x".repeat(5000),
      { file: "a", line: 1, column: 1 },
      { ...options, around: 0 },
    );
    expect(line.length).toBeLessThan(200);
  });

  test("is empty where the line is not there", () => {
    expect(renderFrame("a", { file: "a", line: 7, column: 1 }, options)).toEqual([]);
    expect(lineAt("a\r\n  b  ", 2)).toBe("b");
  });
});

test("Chinese is broken between characters, and no line begins with its comma", () => {
  expect(wrapText("儿童个人信息，以明文写入", 12)).toEqual(["儿童个人信", "息，以明文写", "入"]);
  expect(wrapText("数据经 prisma.child.create 写入数据库", 24)).toEqual([
    "数据经",
    "prisma.child.create 写入",
    "数据库",
  ]);
});

test("text is broken between words", () => {
  expect(wrapText("aa bb cc", 5)).toEqual(["aa bb", "cc"]);
  expect(wrapText("aaaaaaaa b", 4)).toEqual(["aaaaaaaa", "b"]);
  expect(wrapText("", 4)).toEqual([]);
});
