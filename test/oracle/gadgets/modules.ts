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
});
