import { runInThisContext } from "node:vm";
import ts from "typescript";
import { expect } from "vitest";
import { checkGraph } from "./check-graph.js";
import { lowerText } from "./lower-text.js";
import { runGraph } from "./run-graph.js";

async function record(run: (log: (...values: unknown[]) => void) => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  try {
    await run((...values) => lines.push(values.map(show).join(" ")));
  } catch (error) {
    lines.push(`threw ${error instanceof Error ? error.name : show(error)}`);
  }
  return lines;
}

function show(value: unknown): string {
  if (typeof value === "function") return "function";
  if (typeof value === "bigint") return `${String(value)}n`;
  if (typeof value === "object" && value !== null && "message" in value)
    return `error ${String(value.message)}`;
  return value === undefined || typeof value === "symbol" ? String(value) : JSON.stringify(value);
}

/** Runs a program (which may `log`, and may `await` at its top level) as JavaScript. */
async function runProgram(text: string, log: (...values: unknown[]) => void): Promise<void> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: false },
  });
  const body = outputText.replace(/^export (default )?(?=\w)|^export \{\};?$/gm, "");
  const program: unknown = runInThisContext(
    `(function (log) { "use strict"; return (async () => {\n${body}\n})(); })`,
  );
  await (program as (write: typeof log) => Promise<void>)(log);
}

/** Both ways must log the same. */
export async function expectSameBehaviour(text: string, file = "a.ts"): Promise<string[]> {
  const graph = lowerText(text, file);
  expect(graph.errors).toEqual([]);
  expect(checkGraph(graph)).toEqual([]);
  const real = await record((log) => runProgram(text, log));
  const ran = await record(async (log) => {
    await runGraph(graph, new Map([["log", log]]));
  });
  expect(ran).toEqual(real);
  return real;
}
