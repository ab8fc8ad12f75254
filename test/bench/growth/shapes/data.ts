/** Objects, lists, classes and events that are many. */
import { childType, logged, quiet, times, type Shape } from "../shape.js";

export const dataShapes: readonly Shape[] = [
  {
    name: "object literal",
    unit: "properties",
    sizes: [1250, 2500, 5000, 10000],
    write: (size) => ({
      "main.ts": `${childType}export function start(child: Child): void {
  const big = {
${times(size, (i) => `    p${String(i)}: ${i % 2 === 0 ? "child.email" : "child.city"},\n`)}  };
  const copy = { ...big };
  ${logged("big.p10")}  ${quiet("big.p11")}  ${logged("copy.p20")}  ${quiet("copy.p21")}}
`,
    }),
  },
  {
    name: "array of literals",
    unit: "elements",
    sizes: [2500, 5000, 10000, 20000],
    write: (size) => ({
      "main.ts": `${childType}const words = [
${times(size, (i) => `  "word ${String(i)}",\n`)}];
export function start(child: Child): void {
  const list = [child.email, ...words];
  ${logged("list[0]")}  for (const word of words) ${quiet("word")}  ${quiet("words.length")}}
`,
    }),
  },
  {
    name: "derived lists",
    unit: "lists, each filtered from the one before",
    sizes: [125, 250, 500, 1000],
    write: (size) => ({
      "main.ts": `${childType}interface Row {
  key: number;
  label: string;
  note: string;
}
export function start(child: Child): void {
  let rows: Row[] = [{ key: 0, label: "", note: "" }];
${times(size, (i) => `  rows = rows.filter(({ key }) => key !== ${String(i + 1)});\n  if (rows.length > ${String(i)}) rows = [...rows];\n`)}  for (const row of rows) {
    row.label = child.email;
    row.note = child.city;
  }
  ${logged("rows[0].label")}  ${quiet("rows[0].note")}}
`,
    }),
  },
  {
    name: "table of records",
    unit: "object literals in one array",
    sizes: [2500, 5000, 10000],
    write: (size) => ({
      "main.ts": `${childType}const rows: { id: number; label: string; email: string }[] = [
${times(size, (i) => `  { id: ${String(i)}, label: "row ${String(i)}", email: "" },\n`)}];
export function start(child: Child): void {
  for (const row of rows) {
    row.email = child.email;
    ${logged("row.email")}    ${quiet("row.label")}  }
}
`,
    }),
  },
  {
    name: "recursive structure",
    unit: "functions that walk it",
    sizes: [50, 100, 200, 400],
    write: (size) => ({
      "main.ts": `${childType}class Tree {
  left: Tree | null = null;
  right: Tree | null = null;
  parent: Tree | null = null;
  constructor(readonly child: Child) {}
}
export function grow(child: Child): Tree {
  const top = new Tree(child);
  top.left = new Tree(child);
  top.left.parent = top;
  top.right = top.left;
  return top;
}
${times(
  size,
  (i) => `export function walk${String(i)}(tree: Tree | null): void {
  if (tree === null) return;
  ${i % 10 === 0 ? logged("tree.child.email") : quiet("tree.child.city")}  walk${String((i + 1) % size)}(tree.left);
  walk${String((i + 2) % size)}(tree.parent);
}
`,
)}export function start(child: Child): void {
  walk0(grow(child));
}
`,
    }),
  },
  {
    name: "linked list",
    unit: "links made one behind the other",
    sizes: [125, 250, 500, 1000],
    write: (size) => ({
      "main.ts": `${childType}interface Link { value: string; next: Link | null }
export function start(child: Child): void {
  const link0: Link = { value: child.email, next: null };
${times(size, (i) => `  const link${String(i + 1)}: Link = { value: "${String(i)}", next: link${String(i)} };\n`)}  for (let at: Link | null = link${String(size)}; at !== null; at = at.next) {
    ${logged("at.value")}  }
}
`,
    }),
  },
  {
    name: "event names",
    unit: "names on one emitter",
    sizes: [125, 250, 500, 1000],
    write: (size) => ({
      "bus.ts": `import { EventEmitter } from "node:events";
export const bus = new EventEmitter();
`,
      "listen.ts": `import { bus } from "./bus";
${times(size, (i) => `bus.on("event-${String(i)}", (text: string) => {\n  ${i % 2 === 0 ? logged("text") : quiet("text")}});\n`)}`,
      "main.ts": `import { bus } from "./bus";
import "./listen";
${childType}export function start(child: Child): void {
${times(size, (i) => `  bus.emit("event-${String(i)}", child.${i % 2 === 0 ? "email" : "city"});\n`)}}
`,
    }),
  },
  {
    name: "map of constant keys",
    unit: "keys of one Map",
    sizes: [250, 500, 1000, 2000],
    write: (size) => ({
      "main.ts": `${childType}export function start(child: Child): void {
  const map = new Map<string, string>();
${times(size, (i) => `  map.set("k${String(i)}", child.${i % 2 === 0 ? "email" : "city"});\n`)}  ${logged('map.get("k0")')}  ${quiet('map.get("k1")')}}
`,
    }),
  },
  {
    name: "module state",
    unit: "functions that write and read it",
    sizes: [125, 250, 500, 1000],
    write: (size) => ({
      "main.ts": `${childType}const state: { email: string; city: string } = { email: "", city: "" };
${times(
  size,
  (i) => `export function write${String(i)}(child: Child): void {
  state.email = child.email;
  state.city = child.city;
}
export function read${String(i)}(): void {
  ${logged("state.email")}  ${quiet("state.city")}}
`,
)}`,
    }),
  },
];

export const classShapes: readonly Shape[] = [
  {
    name: "implementations",
    unit: "classes of one interface, called through it by type",
    sizes: [250, 500, 1000, 2000],
    write: (size) => ({
      "main.ts": `${childType}interface Handler { handle(text: string, place: string): void }
${times(
  size,
  (i) => `export class Handler${String(i)} implements Handler {
  handle(text: string, place: string): void {
    ${i % 2 === 0 ? logged("text") : quiet("place")}  }
}
`,
)}export function start(handler: Handler, child: Child): void {
  handler.handle(child.email, child.city);
}
`,
    }),
  },
  {
    name: "implementations in a list",
    unit: "classes of one interface, made and kept in an array",
    sizes: [250, 500, 1000, 2000],
    write: (size) => ({
      "main.ts": `${childType}interface Handler { handle(text: string, place: string): void }
${times(
  size,
  (i) => `class Handler${String(i)} implements Handler {
  handle(text: string, place: string): void {
    ${i % 2 === 0 ? logged("text") : quiet("place")}  }
}
`,
)}const all: Handler[] = [
${times(size, (i) => `  new Handler${String(i)}(),\n`)}];
export function start(child: Child): void {
  for (const handler of all) handler.handle(child.email, child.city);
}
`,
    }),
  },
  {
    name: "table of functions",
    unit: "functions in one object, called by a key that is not known",
    sizes: [250, 500, 1000, 2000],
    write: (size) => ({
      "main.ts": `${childType}const handlers: Record<string, (text: string, place: string) => void> = {
${times(size, (i) => `  h${String(i)}: (text, place) => {\n    ${i % 2 === 0 ? logged("text") : quiet("place")}  },\n`)}};
export function start(name: string, child: Child): void {
  handlers[name]?.(child.email, child.city);
}
`,
    }),
  },
  {
    name: "inheritance",
    unit: "classes, each extending the one before",
    sizes: [125, 250, 500, 1000],
    write: (size) => ({
      "main.ts": `${childType}class Step0 {
  protected text = "";
  protected place = "";
  take(text: string, place: string): void {
    this.text = text;
    this.place = place;
  }
}
${times(
  size,
  (i) => `class Step${String(i + 1)} extends Step${String(i)} {
  override take(text: string, place: string): void {
    super.take(text, place);
  }
}
`,
)}class Last extends Step${String(size)} {
  show(): void {
    ${logged("this.text")}    ${quiet("this.place")}  }
}
export function start(child: Child): void {
  const last = new Last();
  last.take(child.email, child.city);
  last.show();
}
`,
    }),
  },
  {
    name: "wide class",
    unit: "fields and methods of one class",
    sizes: [125, 250, 500, 1000],
    write: (size) => ({
      "main.ts": `${childType}class Wide {
${times(size, (i) => `  f${String(i)} = "";\n  set${String(i)}(text: string): void {\n    this.f${String(i)} = text;\n  }\n  show${String(i)}(): void {\n    ${i % 2 === 0 ? logged(`this.f${String(i)}`) : quiet(`this.f${String(i)}`)}  }\n`)}}
export function start(child: Child): void {
  const wide = new Wide();
${times(size, (i) => `  wide.set${String(i)}(child.${i % 2 === 0 ? "email" : "city"});\n  wide.show${String(i)}();\n`)}}
`,
    }),
  },
];
