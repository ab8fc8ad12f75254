import { describe, expect, it } from "vitest";
import type { FunctionGraph, Instruction } from "../../src/contracts/file-graph.js";
import { lowerText } from "./support/lower-text.js";

function functionNamed(text: string, name: string): FunctionGraph {
  const found = lowerText(text).functions.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

function instructionsOf(graph: FunctionGraph | undefined): Instruction[] {
  return graph?.blocks.flatMap((block) => [...block.instructions]) ?? [];
}

function kindsOf(graph: FunctionGraph | undefined): string[] {
  return instructionsOf(graph).map((instruction) => instruction.kind);
}

describe("captures", () => {
  const modeOf = (body: string): (string | undefined)[] =>
    functionNamed(`function outer(p) { ${body} }`, "inner").captures.map(
      (capture) => `${capture.name}:${capture.mode}`,
    );

  it("copies what never changes after the closure exists", () => {
    expect(modeOf("const x = 1; const inner = () => x;")).toEqual(["x:value"]);
    expect(modeOf("let x = 1; const inner = () => x;")).toEqual(["x:value"]);
    expect(modeOf("const inner = () => p;")).toEqual(["p:value"]);
    expect(modeOf("for (const x of p) { const inner = () => x; }")).toEqual(["x:value"]);
    expect(modeOf("try { p(); } catch (e) { const inner = () => e; }")).toEqual(["e:value"]);
    expect(modeOf("function inner() { return p; }")).toEqual(["p:value"]);
    expect(modeOf("const x = 1; { function inner() { return x; } }")).toEqual(["x:value"]);
    expect(modeOf("const { x, ...y } = p; const inner = () => [x, y];")).toEqual(["x:value", "y:value"]);
  });

  it("shares what is assigned, or gets its value after the closure exists", () => {
    expect(modeOf("let x = 1; const inner = () => x; x = 2;")).toEqual(["x:box"]);
    expect(modeOf("let x; x = 1; const inner = () => x;")).toEqual(["x:box"]);
    expect(modeOf("let x = 1; const inner = () => x++;")).toEqual(["x:box"]);
    expect(modeOf("const inner = () => x; const x = 1;")).toEqual(["x:box"]);
    expect(modeOf("const x = 1; function inner() { return x; }")).toEqual(["x:box"]);
    expect(modeOf("const inner = () => inner;")).toEqual(["inner:box"]);
    expect(modeOf("p = 2; const inner = () => p;")).toEqual(["p:box"]);
    expect(modeOf("for (const i of p) { var x = i; const inner = () => x; }")).toEqual(["x:box"]);
    expect(modeOf("for (let i = 0; i < 3; i++) { const inner = () => i; }")).toEqual(["i:box"]);
    expect(modeOf("[p] = [1]; const inner = () => p;")).toEqual(["p:box"]);
  });

  it("passes through the functions between", () => {
    const graph = lowerText("function a(x) { return function b() { return () => x; }; }");
    expect(graph.functions.map((each) => each.captures)).toEqual([
      [],
      [],
      [{ name: "x", mode: "value" }],
      [{ name: "x", mode: "value" }],
    ]);
  });

  it("takes this and arguments into arrow functions only", () => {
    const graph = lowerText(
      "function a() { () => () => this; () => arguments; function b() { return this; } }",
    );
    expect(
      graph.functions.map((each) => [each.capturesThis, each.captures.map((capture) => capture.name)]),
    ).toEqual([
      [false, []],
      [false, []],
      [false, []],
      [true, ["this"]],
      [false, ["arguments"]],
      [true, ["this"]],
    ]);
  });
});

describe("module variables", () => {
  it("are cells where a function or another module sees them", () => {
    const text =
      "const own = 1; const used = 2; export const shown = 3; let later; function f() { return used; } f(); export { later }; class C {} log(own, used); export const g = () => f;";
    const written = instructionsOf(lowerText(text).functions[0]).flatMap((each) =>
      each.kind === "cell-write" ? [each.cell] : [],
    );
    expect(written).toEqual(["f", "used", "shown", "g"]);
  });

  it("are read as values in the module body unless functions write them", () => {
    expect(kindsOf(lowerText("export let a = 1; log(a);").functions[0])).not.toContain("cell-read");
    expect(kindsOf(lowerText("let a = 1; function f() { a = 2; } log(a);").functions[0])).toContain(
      "cell-read",
    );
  });

  it("of blocks and namespaces have cells that are told apart", () => {
    const text =
      "const x = 1; { const x = 2; f(() => x); } namespace N { export const y = 3; export const g = () => y; } f(() => x);";
    const cells = instructionsOf(lowerText(text).functions[0]).flatMap((each) =>
      each.kind === "cell-write" ? [each.cell] : [],
    );
    expect(cells).toEqual(["x", "x@21", "N.y"]);
  });
});

describe("declare", () => {
  const declared = (text: string): string[] =>
    lowerText(text).functions.flatMap((each) =>
      instructionsOf(each).flatMap((i) => (i.kind === "declare" ? [i.name] : [])),
    );

  it("stands for every named variable and pattern element that gets a value by declaration", () => {
    expect(
      declared(
        "const a = 1, { b, c: { d } = {}, ...e } = x; for (const f of x) {} for (const g in x) {} try { x(); } catch (h) {} function fn({ i }, [j], k) {}",
      ),
    ).toEqual(["a", "b", "d", "e", "f", "g", "h", "i", "j"]);
  });

  it("stands for each value of a variable that is declared without one, else for the first alone", () => {
    expect(declared("let a; a = 1; let b = 1; b = 2; a += 1; [b] = [a]; [a] = [1];")).toEqual([
      "a",
      "b",
      "a",
      "a",
    ]);
  });

  it("stands for later values where a type of parts or a tag tells of them", () => {
    expect(declared("let a: A | null = null; a = 1; let b: string = '1'; b = '2';")).toEqual(["a", "a", "b"]);
    expect(declared("/** @childData */ let a = ''; a = '1'; // one\nlet b = ''; b = '2';")).toEqual([
      "a",
      "a",
      "b",
    ]);
  });
});

describe("phis", () => {
  const phisOf = (body: string): number =>
    functionNamed(`function f(a, b) { ${body} }`, "f").blocks.reduce(
      (sum, block) => sum + block.phis.length,
      0,
    );

  it("join what differs and nothing else", () => {
    expect(phisOf("let x = 1; if (a) x = 2; return x;")).toBe(1);
    expect(phisOf("let x = 1; if (a) b(); return x;")).toBe(0);
    expect(phisOf("let x = 1; if (a) x = 2; return 1;")).toBe(0);
    expect(phisOf("let x = 1; while (a) { b(x); } return x;")).toBe(0);
    expect(phisOf("let x = 1; while (a) { x = b(x); } return x;")).toBe(1);
    expect(phisOf("let x = 1; while (a) { while (b) { if (a) b(); } } x = x; return x;")).toBe(0);
    expect(phisOf("let x = 1; try { x = 2; a(); } catch { return x; }")).toBe(0);
    expect(phisOf("let x = 1; try { a(); x = 2; a(); } catch { return x; }")).toBe(1);
  });
});

describe("dead code", () => {
  const called = (body: string): string[] =>
    instructionsOf(functionNamed(`const OFF = false; const ON = !OFF; function f(a) { ${body} }`, "f"))
      .flatMap((i) => (i.kind === "call" ? [i.name] : []))
      .sort();

  it("is not there", () => {
    expect(called("return yes(); no();")).toEqual(["yes"]);
    expect(called("if (OFF) no(); else yes();")).toEqual(["yes"]);
    expect(called("while (ON) { if (a) break; yes(); } yes2();")).toEqual(["yes", "yes2"]);
    expect(called("for (;;) { yes(); } no();")).toEqual(["yes"]);
    expect(
      called(
        "OFF && no(); ON || no(); OFF ? no() : yes(); OFF || yes2(); null ?? yes3(); (a && OFF) ? no() : yes4();",
      ),
    ).toEqual(["yes", "yes2", "yes3", "yes4"]);
    expect(called("try { yes(); } catch { yes2(); } try { 1; } catch { no(); }")).toEqual(["yes", "yes2"]);
    expect(called("switch (a) { case 1: return yes(); no(); default: throw yes2(); } no();")).toEqual([
      "yes",
      "yes2",
    ]);
    expect(
      called("if (0) no(); if ('') no(); if ('x') yes(); do { yes2(); } while (false); yes3();"),
    ).toEqual(["yes", "yes2", "yes3"]);
  });

  it("has no functions, but hoists declarations out of it", () => {
    const graph = lowerText("function f() { return g(); const h = () => 1; function g() {} }");
    expect(graph.functions.map((each) => each.name)).toEqual(["module", "f", "g"]);
  });

  it("is not what only looks constant", () => {
    expect(
      called("let DEBUG = false; if (DEBUG) yes(); if (a.OFF) yes2(); if (undefinedName) yes3();"),
    ).toEqual(["yes", "yes2", "yes3"]);
    const shadowed = "const OFF2 = OFF; if (a) { const OFF = a; if (OFF) yes(); }";
    expect(called(shadowed)).toEqual(["yes"]);
  });
});
