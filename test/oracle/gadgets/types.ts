/** Values whose static type says little, something else, or much. */
import { recordOf, text } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

export const typeGadgets = gadgetsOf("types", {
  "generic class"(c, x, y) {
    const Box = c.helper("Holder", (name) => [
      `class ${name}<T> {`,
      "  constructor(private readonly value: T) {}",
      "  get(): T {",
      "    return this.value;",
      "  }",
      `  map<R>(change: (value: T) => R): ${name}<R> {`,
      `    return new ${name}(change(this.value));`,
      "  }",
      "}",
    ]);
    return [
      c.bind(`new ${Box}(${y.text}).get()`, y.shape),
      c.bind(
        `new ${Box}(${x.text}).map((value) => ${c.pickOf("value", "({ value }).value", "[value][0]!")}).get()`,
        x.shape,
      ),
    ];
  },
  "cast through any"(c, x) {
    const loose = c.fresh("loose");
    c.emit(`const ${loose}: any = ${x.text};`);
    return [c.bind(`${loose} as ${c.type(x.shape)}`, x.shape)];
  },
  "any parameter"(c, x) {
    const f = c.helper("describe", (name) => [
      `function ${name}(value: any): string {`,
      '  return typeof value === "string" ? value : JSON.stringify(value);',
      "}",
    ]);
    return [c.bind(`${f}(${x.text})`, text)];
  },
  "any field"(c, x) {
    if (x.shape.kind !== "marked") return [x];
    const field = x.shape.type.fields.find((known) => known.shape.kind === "text");
    if (field === undefined) return [x];
    const f = c.helper("peek", (name) => [
      `function ${name}(value: any): string {`,
      `  return value.${field.name};`,
      "}",
    ]);
    return [c.bind(`${f}(${x.text})`, text)];
  },
  "unknown narrowed"(c, x, y) {
    const f = c.helper("asText", (name) => [
      `function ${name}(value: unknown): string {`,
      '  if (typeof value === "string") return value;',
      '  if (value !== null && typeof value === "object" && "inner" in value) return String(value.inner);',
      '  return "other";',
      "}",
    ]);
    return [c.bind(`${f}({ inner: ${c.text(y)} })`, text), c.bind(`${f}(${c.text(x)})`, text)];
  },
  "type guard"(c, x) {
    const f = c.helper("isText", (name) => [
      `function ${name}(value: unknown): value is string {`,
      '  return typeof value === "string";',
      "}",
    ]);
    const v = c.fresh("unsure");
    c.emit(`const ${v}: unknown = ${c.text(x)};`);
    return [c.bind(`${f}(${v}) ? ${v} : "no text"`, text)];
  },
  "assertion function"(c, x) {
    const f = c.fresh("assertText");
    c.scope.file.add([
      `function ${f}(value: unknown): asserts value is string {`,
      '  if (typeof value !== "string") throw new Error("no text");',
      "}",
    ]);
    const v = c.fresh("unsure");
    c.emit(`const ${v}: unknown = ${c.text(x)};`, `${f}(${v});`);
    return [c.bind(v, text)];
  },
  "tagged union"(c, x, y) {
    const f = c.helper("render", (name) => [
      `function ${name}(shape: { kind: "note"; note: string } | { kind: "pair"; left: string; right: string }): string {`,
      "  switch (shape.kind) {",
      '    case "note":',
      "      return shape.note;",
      '    case "pair":',
      "      return shape.right;",
      "  }",
      "}",
    ]);
    return [
      c.bind(`${f}({ kind: "pair", left: ${c.text(x)}, right: "fixed" })`, text),
      c.bind(`${f}({ kind: "note", note: ${c.text(y)} })`, text),
    ];
  },
  satisfies(c, x, y) {
    const made = c.fresh("config");
    c.emit(`const ${made} = { one: ${c.text(x)}, two: ${c.text(y)} } satisfies Record<string, string>;`);
    return [c.bind(`${made}.two`, text), c.bind(`${made}.one`, text)];
  },
  partial(c, x) {
    if (x.shape.kind !== "marked") return [x];
    const field = x.shape.type.fields.find((known) => known.shape.kind === "text");
    if (field === undefined) return [x];
    const made = c.fresh("patch");
    c.emit(
      `const ${made}: ${c.pickOf("Partial", "Readonly", "Required")}<${c.type(x.shape)}> = { ...${x.text} };`,
    );
    return [c.bind(`${made}.${field.name} ?? "absent"`, text)];
  },
  "picked type"(c, x) {
    if (x.shape.kind !== "marked") return [x];
    const field = x.shape.type.fields.find((known) => known.shape.kind === "text");
    if (field === undefined) return [x];
    const made = c.fresh("slim");
    c.emit(
      `const ${made}: Pick<${c.type(x.shape)}, "${field.name}"> = { ${field.name}: ${x.text}.${field.name} };`,
    );
    return [{ text: made, shape: recordOf({ [field.name]: text }) }];
  },
  "wider than its type"(c, x) {
    if (x.shape.kind !== "marked") return [x];
    const field = x.shape.type.fields.find((known) => known.shape.kind === "text");
    if (field === undefined) return [x];
    const made = c.fresh("narrow");
    c.emit(
      `const ${made}: { ${field.name}: string } = ${x.text};`,
      c.sink("log", { text: made, shape: recordOf({}) }),
    );
    return [];
  },
  "constant of the marked type"(c, x, y) {
    if (x.shape.kind !== "marked") return [x];
    const type = x.shape.type;
    const field = type.fields.find((known) => known.shape.kind === "text");
    if (field === undefined) return [x];
    const made = c.fresh("blank");
    c.emit(`const ${made}: Pick<${c.type(x.shape)}, "${field.name}"> = { ${field.name}: "none" };`);
    return [y, c.bind(`${made}.${field.name}`, text)];
  },
  "union of types"(c, x, y) {
    const f = c.helper("either", (name) => [
      `function ${name}(value: string | { text: string }): string {`,
      '  return typeof value === "string" ? value : value.text;',
      "}",
    ]);
    return [c.bind(`${f}({ text: ${c.text(y)} })`, text), c.bind(`${f}(${c.text(x)})`, text)];
  },
  "generic constraint"(c, x, y) {
    const f = c.helper("textIn", (name) => [
      `function ${name}<T extends { text: string }>(value: T): T["text"] {`,
      "  return value.text;",
      "}",
    ]);
    return [c.bind(`${f}({ text: ${c.text(x)}, other: ${c.text(y)} })`, text)];
  },
  "mapped by keys"(c, x, y) {
    const f = c.helper("mapped", (name) => [
      `function ${name}<T extends Record<string, string>>(from: T): { [K in keyof T]: string } {`,
      "  const out = {} as { [K in keyof T]: string };",
      "  for (const key in from) out[key] = `<${from[key]}>`;",
      "  return out;",
      "}",
    ]);
    return [c.bind(`${f}({ one: ${c.text(x)}, two: ${c.text(y)} }).one`, text)];
  },
  interface(c, x, y) {
    const Face = c.helper("makeEntry", (name) => [
      `function ${name}(subject: string, note: string): { readonly subject: string; readonly note: string } {`,
      "  return { subject, note } as const;",
      "}",
    ]);
    const made = c.fresh("entry");
    c.emit(`const ${made} = ${Face}(${c.text(x)}, ${c.text(y)});`);
    return [c.bind(`${made}.note`, text), c.bind(`${made}.subject`, text)];
  },
  "inferred schema"(c, x, y) {
    const schema = c.helper("entrySchema", (name, _type, file) => {
      file.import(file.language === "cjs" ? 'const { z } = require("zod");' : 'import { z } from "zod";');
      return [
        `const ${name} = z.object({`,
        "  one: z.string(),",
        `  two: z.string()${c.pickOf("", ".optional()", '.default("none")')},`,
        `})${c.pickOf("", ".partial()", ".strict()")};`,
      ];
    });
    const parsed = c.fresh("parsed");
    const input = `{ one: ${c.text(x)}, two: ${c.text(y)} } as unknown`;
    c.emit(
      c.pickOf(
        `const ${parsed} = ${schema}.parse(${input});`,
        `const ${parsed} = ${schema}.safeParse(${input}).data!;`,
      ),
    );
    return [c.bind(`${parsed}.two ?? "none"`, text), c.bind(`${parsed}.one ?? "none"`, text)];
  },
});
