/** Order, branches, loops, and values that are replaced. */
import { indented } from "../scope.js";
import { text } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

export const controlGadgets = [
  ...gadgetsOf("control", {
    assign: (c, x) => [c.bind(x.text, x.shape)],
    log(c, x) {
      c.emit(c.sink("log", x));
      return [];
    },
    store(c, x) {
      c.emit(c.sink("store", x));
      return [];
    },
    "log text"(c, x) {
      c.emit(c.sink("log", c.asText(x)));
      return [];
    },
    "log twice"(c, x, y) {
      c.emit(c.sink("log", x), c.sink("store", y));
      return [];
    },
    overwritten(c, x, y) {
      const v = c.fresh("current");
      c.emit(`let ${v} = ${c.text(x)};`, `${v} = ${c.pickOf('"gone"', c.text(y))};`);
      return [{ text: v, shape: text }];
    },
    "overwritten field"(c, x, y) {
      const v = c.fresh("card");
      c.emit(`const ${v} = { a: ${c.text(x)}, b: ${c.text(y)} };`, `${v}.a = "gone";`);
      return [c.bind(`${v}.b`, text), c.bind(`${v}.a`, text)];
    },
    "used before overwriting"(c, x, y) {
      const v = c.fresh("state");
      c.emit(`let ${v} = ${c.text(x)};`);
      const before = c.bind(`\`\${${v}}\``, text);
      c.emit(`${v} = ${c.text(y)};`);
      return [{ text: v, shape: text }, before];
    },
    swap(c, x, y) {
      const [a, b] = [c.fresh("a"), c.fresh("b")];
      c.emit(`let ${a} = ${c.text(x)};`, `let ${b} = ${c.text(y)};`, `[${a}, ${b}] = [${b}, ${a}];`);
      return [
        { text: a, shape: text },
        { text: b, shape: text },
      ];
    },
    "dead branch"(c, x, y) {
      const v = c.fresh("shown");
      c.emit(
        `let ${v} = ${c.text(y)};`,
        `if (${c.pickOf("false", "1 > 2", "!true")}) {`,
        `  ${v} = ${c.text(x)};`,
        "}",
      );
      return [c.bind(v, text)];
    },
    "constant condition"(c, x, y) {
      const flag = c.helper("debug", (name) => [`const ${name} = ${c.pickOf("true", "false")};`]);
      return [c.bind(`${flag} ? ${c.text(x)} : ${c.text(y)}`, text)];
    },
    "code after return"(c, x, y) {
      const f = c.helper("early", (name) => [
        `function ${name}(one: string, two: string): string {`,
        "  let out = one;",
        "  return out;",
        "  out = two;",
        "  return out;",
        "}",
      ]);
      return [c.bind(`${f}(${c.text(x)}, ${c.text(y)})`, text)];
    },
    loop(c, x, y) {
      const v = c.fresh("total");
      c.emit(
        `let ${v} = "";`,
        ...c.pickOf(
          [`for (const part of [${c.text(x)}, ${c.text(y)}]) {`],
          [`for (let i = 0; i < 2; i++) {`, `  const part = ${c.text(x)};`],
          [`for (const part of new Set([${c.text(y)}])) {`],
        ),
        `  ${v} += part;`,
        "}",
      );
      return [c.bind(v, text)];
    },
    "loop carried"(c, x, y) {
      const [a, b, d] = [c.fresh("first"), c.fresh("middle"), c.fresh("last")];
      c.emit(
        `let ${a} = "start";`,
        `let ${b} = ${c.text(y)};`,
        `let ${d} = ${c.text(x)};`,
        `for (let round = 0; round < ${c.count()}; round++) {`,
        `  ${a} = ${b};`,
        `  ${b} = ${d};`,
        "}",
      );
      return [
        { text: d, shape: text },
        { text: b, shape: text },
        { text: a, shape: text },
      ];
    },
    "while and break"(c, x) {
      const v = c.fresh("found");
      c.emit(
        `let ${v} = "nothing";`,
        "while (true) {",
        `  ${v} = ${c.text(x)};`,
        `  if (${v} !== "") break;`,
        `  ${v} = "again";`,
        "  break;",
        "}",
      );
      return [c.bind(v, text)];
    },
    "closures in a loop"(c, x, y) {
      const list = c.fresh("readers");
      c.emit(
        `const ${list}: (() => string)[] = [];`,
        `for (const part of [${c.text(x)}, ${c.text(y)}]) {`,
        `  ${list}.push(() => part);`,
        "}",
      );
      return [c.bind(`${list}[${c.count()} % 2]!()`, text)];
    },
    "labelled loop"(c, x, y) {
      // What is put in may be empty itself.
      c.program.hasFallbacks = true;
      const v = c.fresh("hit");
      c.emit(
        `let ${v} = "";`,
        "outer: for (const a of [1, 2]) {",
        "  for (const b of [1, 2]) {",
        `    if (a * b === ${c.count()}) continue outer;`,
        `    ${v} = ${c.text(x)};`,
        "  }",
        "}",
        `if (${v} === "") ${v} = ${c.text(y)};`,
      );
      return [c.bind(v, text)];
    },
    comma: (c, x, y) => [c.bind(`(${c.text(y)}, ${c.text(x)})`, text)],
    "not carried"(c, x, y) {
      const s = c.text(x);
      return [
        c.bind(
          c.pickOf(
            `String(${s}.length)`,
            `${s} === ${c.text(y)} ? "same" : "other"`,
            `typeof ${s}`,
            `${s} ? "set" : "unset"`,
            `String(Boolean(${s}))`,
            `String(${s}.includes("q"))`,
            `String(${s} < "m")`,
            `\`\${!!${s}}\``,
            `String(${s}.indexOf("@"))`,
            `String(${s}.startsWith("x"))`,
          ),
          text,
        ),
      ];
    },
    "logical assignment"(c, x, y) {
      c.program.hasFallbacks = true;
      const v = c.fresh("name");
      c.emit(
        `let ${v} = ${c.either(c.text(x), '""')};`,
        c.pickOf(`${v} ||= ${c.text(y)};`, `${v} &&= ${c.text(y)};`),
      );
      return [c.bind(v, text)];
    },
    "or and"(c, x, y) {
      c.program.hasFallbacks = true;
      return [
        c.bind(
          c.pickOf(`${c.either(c.text(x), '""')} || ${c.text(y)}`, `${c.text(x)} && ${c.text(y)}`),
          text,
        ),
      ];
    },
    "redacted on every path"(c, x) {
      const v = c.fresh("safe");
      const condition = c.condition() ?? `${c.text(x)}.length > 3`;
      c.emit(
        `let ${v} = ${c.text(x)};`,
        `if (${condition}) {`,
        `  ${v} = "***";`,
        "} else {",
        `  ${v} = "---";`,
        "}",
      );
      return [c.bind(v, text)];
    },
    block(c, x) {
      const inner = c.inner([x], { captures: true });
      const v = c.fresh("out");
      c.emit(`let ${v} = "";`, "{", ...indented([...inner.lines, `${v} = ${c.text(inner.result)};`]), "}");
      return [{ text: v, shape: text }];
    },
    "for each body"(c, x, y) {
      const each = c.fresh("each");
      const inner = c.inner([{ text: each, shape: text }], { captures: true });
      c.emit(`for (const ${each} of [${c.text(x)}, ${c.text(y)}]) {`, ...indented(inner.lines), "}");
      return [];
    },
  }),
  ...gadgetsOf(
    "control",
    {
      branch(c, x, y) {
        const v = c.fresh("picked");
        const condition = c.condition() ?? "true";
        c.emit(`let ${v} = ${c.text(y)};`, `if (${condition}) {`, `  ${v} = ${c.text(x)};`, "}");
        return [c.bind(v, text)];
      },
      "branch with body"(c, x) {
        const inner = c.inner([x], { captures: true });
        const v = c.fresh("kept");
        c.emit(
          `let ${v} = "none";`,
          `if (${c.condition() ?? "true"}) {`,
          ...indented([...inner.lines, `${v} = ${c.text(inner.result)};`]),
          "}",
        );
        return [{ text: v, shape: text }];
      },
      ternary: (c, x, y) => [c.bind(`${c.condition() ?? "true"} ? ${c.text(x)} : ${c.text(y)}`, text)],
      "early return"(c, x, y) {
        const condition = c.condition() ?? "input.f0";
        const f = c.helper("guarded", (name) => [
          `function ${name}(stop: boolean, one: string, two: string): string {`,
          "  if (stop) return one;",
          "  return two;",
          "}",
        ]);
        return [c.bind(`${f}(${condition}, ${c.text(x)}, ${c.text(y)})`, text)];
      },
      "redacted on one path"(c, x) {
        const v = c.fresh("maybe");
        c.emit(`let ${v} = ${c.text(x)};`, `if (${c.condition() ?? "true"}) ${v} = "***";`);
        return [c.bind(v, text)];
      },
      switch(c, x, y) {
        const v = c.fresh("by");
        c.emit(
          `let ${v} = "unset";`,
          `switch (${c.condition() ?? "true"} ? "a" : ${c.condition() ?? "true"} ? "b" : "c") {`,
          '  case "a":',
          `    ${v} = ${c.text(x)};`,
          ...(c.pick(2) === 0 ? ["    break;"] : []),
          '  case "b":',
          `    ${v} += "b";`,
          "    break;",
          "  default:",
          `    ${v} = ${c.text(y)};`,
          "}",
        );
        return [c.bind(v, text)];
      },
      "loop until"(c, x) {
        const v = c.fresh("round");
        c.emit(
          `let ${v} = ${c.text(x)};`,
          `for (let i = 0; i < 2; i++) {`,
          `  if (${c.condition() ?? "true"}) continue;`,
          `  ${v} = "reset";`,
          "}",
        );
        return [c.bind(v, text)];
      },
      "function by condition"(c, x) {
        const f = c.fresh("chosen");
        c.emit(`const ${f} = ${c.condition() ?? "true"} ? (value: string) => value : () => "hidden";`);
        return [c.bind(`${f}(${c.text(x)})`, text)];
      },
      "aliases by condition"(c, x, y) {
        const [a, b, t] = [c.fresh("left"), c.fresh("right"), c.fresh("target")];
        c.emit(
          `const ${a} = { value: "l" };`,
          `const ${b} = { value: ${c.text(y)} };`,
          `const ${t} = ${c.condition() ?? "true"} ? ${a} : ${b};`,
          `${t}.value = ${c.text(x)};`,
        );
        return [c.bind(`${b}.value`, text), c.bind(`${a}.value`, text)];
      },
    },
    "input",
  ),
];
