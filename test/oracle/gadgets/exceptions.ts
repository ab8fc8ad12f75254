/** What is thrown, and where it is caught. */
import { indented } from "../scope.js";
import { error, text } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

export const exceptionGadgets = gadgetsOf("exceptions", {
  "error value": (c, x) => [
    c.bind(`new ${c.pickOf("Error", "TypeError", "RangeError")}(${c.text(x)})`, error, "problem"),
  ],
  "thrown and caught"(c, x, y) {
    const out = c.fresh("caught");
    c.emit(
      `let ${out} = "";`,
      "try {",
      `  throw new Error(${c.text(x)});`,
      "} catch (error) {",
      `  ${out} = ${c.pickOf("(error as Error).message", "String(error)", "`${error}`", '"failed"', "(error as Error).name", "error instanceof Error ? error.message : String(error)")};`,
      "}",
    );
    return [y, c.bind(out, text)];
  },
  "thrown by callee"(c, x, y) {
    const fail = c.helper("check", (name) => [
      `function ${name}(value: string, note: string, isBad: boolean): string {`,
      "  if (isBad) throw new Error(`bad ${value}`);",
      "  return note;",
      "}",
    ]);
    const out = c.fresh("why");
    c.emit(
      `let ${out} = "";`,
      "try {",
      `  ${out} = ${fail}(${c.text(x)}, ${c.text(y)}, ${c.condition() ?? "true"});`,
      "} catch (error) {",
      `  ${out} = (error as Error).message;`,
      "}",
    );
    return [c.bind(out, text)];
  },
  "thrown through"(c, x) {
    const fail = c.helper("deep", (name, _type, file) => {
      file.add([`function ${name}Inner(value: string): never {`, "  throw new RangeError(value);", "}"]);
      return [
        `function ${name}(value: string): void {`,
        "  try {",
        `    ${name}Inner(value);`,
        "  } finally {",
        '    void "cleaned";',
        "  }",
        "}",
      ];
    });
    const out = c.fresh("why");
    c.emit(
      `let ${out} = "";`,
      "try {",
      `  ${fail}(${c.text(x)});`,
      "} catch (error) {",
      `  if (error instanceof RangeError) ${out} = error.message;`,
      "}",
    );
    return [c.bind(out, text)];
  },
  "raw value thrown"(c, x, y) {
    const out = c.fresh("thrown");
    c.emit(
      `let ${out} = ${c.text(y)};`,
      "try {",
      `  throw ${c.pickOf(c.text(x), `{ reason: ${c.text(x)} }`)};`,
      "} catch (error) {",
      `  ${out} = JSON.stringify(error);`,
      "}",
    );
    return [c.bind(out, text)];
  },
  "error class"(c, x, y) {
    const Own = c.helper("Refusal", (name) => [
      `class ${name} extends Error {`,
      "  constructor(message: string, readonly detail: { subject: string }) {",
      "    super(message);",
      "  }",
      "}",
    ]);
    const [a, b] = [c.fresh("message"), c.fresh("detail")];
    c.emit(
      `let ${a} = "";`,
      `let ${b} = "";`,
      "try {",
      `  throw new ${Own}(${c.text(y)}, { subject: ${c.text(x)} });`,
      "} catch (error) {",
      `  if (error instanceof ${Own}) {`,
      `    ${a} = error.message;`,
      `    ${b} = error.detail.subject;`,
      "  }",
      "}",
    );
    return [c.bind(a, text), c.bind(b, text)];
  },
  cause(c, x, y) {
    const [out, e] = [c.fresh("root"), c.fresh("wrapped")];
    c.emit(`const ${e} = new Error("outer", { cause: new Error(${c.text(x)}) });`);
    if (c.pick(2) === 0) c.emit(c.sink("log", { text: e, shape: error }));
    c.emit(`const ${out} = (${e}.cause as Error).message;`);
    return [c.bind(`${e}.message`, text), y, { text: out, shape: text }];
  },
  rethrown(c, x) {
    const out = c.fresh("again");
    c.emit(
      `let ${out} = "";`,
      "try {",
      "  try {",
      `    throw new Error(${c.text(x)});`,
      "  } catch (inner) {",
      `    throw ${c.pickOf("inner", 'new Error("other")', 'new Error("wrapped", { cause: inner })', "new Error(`wrapped ${(inner as Error).message}`)")};`,
      "  }",
      "} catch (outer) {",
      `  ${out} = (outer as Error).message;`,
      "}",
    );
    return [c.bind(out, text)];
  },
  finally(c, x, y) {
    const f = c.helper("finishing", (name) => [
      `function ${name}(one: string, two: string): string {`,
      "  let out = one;",
      "  try {",
      c.pickOf("    out = `${out}.`;", "    return out;", '    if (out !== "") throw new Error("stop");'),
      "  } catch {",
      "    out = `caught ${out}`;",
      "  } finally {",
      `    ${c.pickOf("out = two;", "out += two;", "void two;")}`,
      "  }",
      "  return out;",
      "}",
    ]);
    return [c.bind(`${f}(${c.text(x)}, ${c.text(y)})`, text)];
  },
  "finally returning"(c, x, y) {
    const f = c.helper("lastWord", (name) => [
      `function ${name}(one: string, two: string): string {`,
      "  try {",
      "    return one;",
      "  } finally {",
      "    // eslint-disable-next-line no-unsafe-finally",
      "    return two;",
      "  }",
      "}",
    ]);
    return [c.bind(`${f}(${c.text(x)}, ${c.text(y)})`, text)];
  },
  "state before the throw"(c, x, y) {
    const [state, f] = [
      c.fresh("state"),
      c.helper("explode", (name) => [`function ${name}(): never {`, '  throw new Error("boom");', "}"]),
    ];
    c.emit(
      `let ${state} = ${c.text(y)};`,
      "try {",
      `  ${state} = ${c.text(x)};`,
      `  ${f}();`,
      `  ${state} = "never";`,
      "} catch {",
      `  ${state} = \`\${${state}} after\`;`,
      "}",
    );
    return [{ text: state, shape: text }];
  },
  "caught body"(c, x) {
    const inner = c.inner([{ text: "reason", shape: text }], { captures: true });
    c.emit(
      "try {",
      `  throw new Error(${c.text(x)});`,
      "} catch (thrown) {",
      "  const reason = (thrown as Error).message;",
      ...indented(inner.lines),
      "}",
    );
    return [];
  },
  "catch destructured"(c, x) {
    const out = c.fresh("text");
    c.emit(
      `let ${out} = "";`,
      "try {",
      `  throw Object.assign(new Error("plain"), { extra: ${c.text(x)} });`,
      "} catch (error) {",
      `  const { message, extra } = error as Error & { extra: string };`,
      `  ${out} = ${c.pickOf("extra", "message", "message + extra")};`,
      "}",
    );
    return [c.bind(out, text)];
  },
  "error in callback"(c, x, y) {
    const out = c.fresh("text");
    c.emit(
      `let ${out} = ${c.text(y)};`,
      "try {",
      `  ${c.either(`[${c.text(x)}]`, "[]")}.forEach((item: string) => {`,
      "    throw new Error(item);",
      "  });",
      "} catch (error) {",
      `  ${out} = (error as Error).message;`,
      "}",
    );
    return [c.bind(out, text)];
  },
  aggregate(c, x, y) {
    const e = c.fresh("many");
    c.emit(`const ${e} = new AggregateError([new Error(${c.text(x)})], ${c.text(y)});`);
    return [c.bind(`${e}.message`, text), c.bind(`(${e}.errors[0] as Error).message`, text)];
  },
  stack: (c, x) => [c.bind(`new Error(${c.text(x)}).stack!`, text)],
  result(c, x, y) {
    const attempt = c.helper("attempt", (name) => [
      `function ${name}<T>(work: () => T): { ok: true; value: T } | { ok: false; error: string } {`,
      "  try {",
      "    return { ok: true, value: work() };",
      "  } catch (error) {",
      "    return { ok: false, error: (error as Error).message };",
      "  }",
      "}",
    ]);
    const [a, b] = [c.fresh("outcome"), c.fresh("outcome")];
    const [good, bad] = [c.fresh("good"), c.fresh("bad")];
    c.emit(
      // Outside of the functions, where a text may be waited for.
      `const [${good}, ${bad}] = [${c.text(x)}, ${c.text(y)}];`,
      `const ${a} = ${attempt}(() => ${good});`,
      `const ${b} = ${attempt}((): string => {`,
      `  throw new Error(${bad});`,
      "});",
    );
    return [c.bind(`${b}.ok ? "fine" : ${b}.error`, text), c.bind(`${a}.ok ? ${a}.value : "bad"`, text)];
  },
});
