import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Span } from "../../src/base/location.js";
import { lowerFile } from "../../src/lower/lower-file.js";

const folder = join(import.meta.dirname, "../../fixtures/lower");
const cases = readdirSync(folder).filter(
  (name) => /\.[cm]?[jt]sx?$/.test(name) && !name.startsWith("recovery"),
);

/** Spans of all nodes, as `start-end`. */
function spansOf(source: ts.SourceFile): Set<string> {
  const spans = new Set<string>([`0-${String(source.text.length)}`]);
  const visit = (node: ts.Node): void => {
    spans.add(`${String(node.getStart(source))}-${String(node.end)}`);
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return spans;
}

describe("places are those of nodes, so that a checker finds them", () => {
  it.each(cases)("%s", (name) => {
    const source = ts.createSourceFile(
      name,
      readFileSync(join(folder, name), "utf8"),
      ts.ScriptTarget.Latest,
      true,
    );
    const graph = lowerFile(ts, source, name);
    const spans = spansOf(source);
    const wrong: string[] = [];
    const expectNode = (what: string, span: Span): void => {
      if (!spans.has(span.join("-"))) wrong.push(`${what} at ${JSON.stringify(source.text.slice(...span))}`);
    };
    for (const each of graph.functions) {
      expectNode(`function ${each.name}`, each.at);
      if (each.kind !== "module") expectNode(`name of ${each.name}`, each.nameAt);
      for (const parameter of each.parameters) expectNode("parameter", parameter.nameAt);
      for (const instruction of each.blocks.flatMap((block) => block.instructions)) {
        expectNode(instruction.kind, instruction.at);
        if ("nameAt" in instruction) expectNode(`name in ${instruction.kind}`, instruction.nameAt);
        if (instruction.kind === "call")
          for (const argument of instruction.arguments) expectNode("argument", argument.at);
      }
    }
    for (const each of graph.classes) {
      expectNode("class", each.at);
      for (const member of each.members) expectNode("member", member.nameAt);
    }
    for (const each of graph.imports) expectNode("import", each.at);
    expect(wrong).toEqual([]);
  });

  it("names a function by what it is assigned to", () => {
    const text =
      "export const save = async () => {}; const api = { load: () => 1, store() {} }; exports.put = function put2() {}; foo(() => 1); class A { on = () => 1; constructor() {} } export default () => 2;";
    const source = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true);
    const named = lowerFile(ts, source, "a.ts").functions.map((each) => [
      each.kind,
      each.name,
      each.path,
      text.slice(...each.nameAt),
    ]);
    expect(named).toEqual([
      ["module", "module", null, ""],
      ["arrow", "save", "save", "save"],
      ["arrow", "api.load", "api.load", "load"],
      ["method", "api.store", "api.store", "store"],
      ["function", "put", "put", "put"],
      ["arrow", "anonymous", null, "=>"],
      ["constructor", "A.constructor", "A.constructor", "constructor"],
      ["field-initializer", "A.fields", "A.*fields", "A"],
      ["arrow", "default", "default", "=>"],
      ["arrow", "A.on", "A.on", "on"],
    ]);
  });
});
