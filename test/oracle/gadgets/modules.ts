/** State and functions that modules share. */
import { text } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

export const moduleGadgets = gadgetsOf("modules", {
  "module variable"(c, x, y) {
    c.remember();
    const cell = c.fresh("stash");
    const api = c.helper("stashApi", (name, _type, file) => {
      file.add([`let ${cell} = "empty";`]);
      return [
        `const ${name} = {`,
        "  put(value: string): void {",
        `    ${cell} = value;`,
        "  },",
        "  take(): string {",
        `    return ${cell};`,
        "  },",
        "};",
      ];
    });
    c.emit(`${api}.put(${c.text(x)});`);
    return [y, c.bind(`${api}.take()`, text)];
  },
  "module object"(c, x, y) {
    c.remember();
    const state = c.helper("state", (name) => [
      `const ${name}: { current: string; other: string } = { current: "none", other: "none" };`,
    ]);
    c.emit(`${state}.current = ${c.text(x)};`);
    if (c.pick(2) === 0) c.emit(`${state}.other = ${c.text(y)};`);
    return [c.bind(`${state}.other`, text), c.bind(`${state}.current`, text)];
  },
  "seen in the next call"(c, x, y) {
    c.remember();
    const state = c.helper("previous", (name) => [`const ${name}: { value: string } = { value: "none" };`]);
    const before = c.bind(`${state}.value`, text);
    c.emit(`${state}.value = ${c.text(x)};`);
    return [y, before];
  },
  "module array"(c, x) {
    c.remember();
    const list = c.helper("seen", (name) => [`const ${name}: string[] = [];`]);
    c.emit(`${list}.push(${c.text(x)});`);
    return [c.bind(`${list}.join()`, text)];
  },
  "exported function with body"(c, x) {
    const { reference, result } = c.bodied("relay", [x]);
    return [c.bind(`${reference}(${x.text}${c.inputArgument()})`, result)];
  },
  namespace(c, x, y) {
    const ns = c.fresh("Tools");
    c.scope.file.add([
      `namespace ${ns} {`,
      "  export const keep = (value: string): string => value;",
      '  export let last = "none";',
      "  export function note(value: string): void {",
      "    last = value;",
      "  }",
      "}",
    ]);
    c.remember();
    c.emit(`${ns}.note(${c.text(y)});`);
    return [c.bind(`${ns}.last`, text), c.bind(`${ns}.keep(${c.text(x)})`, text)];
  },
  "global value"(c, x, y) {
    c.remember();
    const key = c.program.globalName("shared");
    c.emit(`(globalThis as unknown as Record<string, string>)["${key}"] = ${c.text(x)};`);
    return [y, c.bind(`(globalThis as unknown as { ${key}: string }).${key}`, text)];
  },
  "unmodelled package"(c, x, y) {
    c.scope.file.import('import { passThrough, absorb } from "acme-tools";');
    return [y, c.bind(`String(${c.pickOf("passThrough", "absorb")}(${c.text(x)}))`, text)];
  },
  "unmodelled callback"(c, x) {
    c.scope.file.import('import { withEach } from "acme-tools";');
    c.emit(
      `withEach([${c.text(x)}], (item: string) => {`,
      `  ${c.sink("log", { text: "item", shape: text })}`,
      "});",
    );
    return [];
  },
  "default and named"(c, x, y) {
    const file = c.program.library("mixed", "ts");
    const [main, other] = [c.fresh("main"), c.fresh("other")];
    file.add([
      `export default function ${main}(value: string): string {`,
      "  return value;",
      "}",
      `export const ${other} = (value: string): string => \`<\${value}>\`;`,
      `export const ${other}Fixed = (_value: string): string => "fixed";`,
    ]);
    c.scope.file.import(
      c.pickOf(
        `import ${main}, { ${other}, ${other}Fixed } from "${file.specifier}";`,
        `import { default as ${main}, ${other}, ${other}Fixed } from "${file.specifier}";`,
      ),
    );
    return [
      c.bind(`${other}Fixed(${c.text(y)})`, text),
      c.bind(`${other}(${c.text(y)})`, text),
      c.bind(`${main}(${c.text(x)})`, text),
    ];
  },
  required(c, x, y) {
    const inner = c.program.library("inner", "cjs");
    const outer = c.program.library("outer", "cjs");
    inner.add(
      c.pickOf(
        ["module.exports = { keep: (value) => value, drop: () => 'dropped' };"],
        ["exports.keep = (value) => value;", "exports.drop = () => 'dropped';"],
        [
          "module.exports.keep = function keep(value) {",
          "  return value;",
          "};",
          "module.exports.drop = (_value) => 'dropped';",
        ],
      ),
    );
    outer.add(
      c.pickOf(
        [`const { keep, drop: hide } = require("${inner.specifier}");`],
        [`const inner = require("${inner.specifier}");`, "const { keep } = inner, hide = inner.drop;"],
        [
          `const keep = require("${inner.specifier}").keep, hide = (value) => require("${inner.specifier}").drop(value);`,
        ],
      ),
    );
    outer.add([
      "module.exports = function relay(value) {",
      "  return keep(value);",
      "};",
      "module.exports.hide = hide;",
    ]);
    const relay = c.fresh("relay");
    if (c.pick(2) === 0) c.scope.file.import(`import ${relay} from "${outer.specifier}";`);
    else {
      c.scope.file.import('import { createRequire } from "node:module";');
      const load = c.fresh("load");
      c.scope.file.import(`const ${load} = createRequire(import.meta.url);`);
      c.scope.file.import(
        `const ${relay} = ${load}("${outer.specifier}") as { (value: string): string; hide(value: string): string };`,
      );
    }
    return [c.bind(`${relay}.hide(${c.text(y)})`, text), c.bind(`${relay}(${c.text(x)})`, text)];
  },
  "import cycle"(c, x, y) {
    const [forth, back] = [c.fresh("forth"), c.fresh("back")];
    const file = c.program.library("round", "ts");
    c.program.entry.add([
      `export function ${back}(value: string, other: string): string {`,
      `  return ${c.pickOf("value", "other")};`,
      "}",
    ]);
    file.import(`import { ${back} } from "${c.program.entry.specifier}";`);
    file.add([
      `export function ${forth}(value: string, other: string): string {`,
      `  return ${back}(value, other);`,
      "}",
    ]);
    c.scope.file.import(`import { ${forth} } from "${file.specifier}";`);
    return [c.bind(`${forth}(${c.text(x)}, ${c.text(y)})`, text)];
  },
});
