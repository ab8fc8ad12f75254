/** Functions that are long, wide or deep. */
import { childType, logged, quiet, times, type Shape } from "../shape.js";

export const controlShapes: readonly Shape[] = [
  {
    name: "wide switch",
    unit: "cases",
    sizes: [1250, 2500, 5000, 10000],
    write: (size) => ({
      "main.ts": `${childType}export function start(child: Child, kind: number): void {
  let text = "";
  let place = "";
  switch (kind) {
${times(size, (i) => `    case ${String(i)}:\n      text = child.email + "${String(i)}";\n      place = child.city;\n      break;\n`)}  }
  ${logged("text")}  ${quiet("place")}}
`,
    }),
  },
  {
    name: "wide switch of sinks",
    unit: "cases, each with a sink of its own",
    sizes: [625, 1250, 2500, 5000],
    write: (size) => ({
      "main.ts": `${childType}export function start(child: Child, kind: number): void {
  const { email, city } = child;
  switch (kind) {
${times(size, (i) => `    case ${String(i)}:\n      ${i % 2 === 0 ? logged("email") : quiet("city")}      break;\n`)}  }
}
`,
    }),
  },
  {
    name: "long function",
    unit: "statements, each deriving from the one before",
    sizes: [1250, 2500, 5000, 10000],
    write: (size) => ({
      "main.ts": `${childType}export function start(child: Child): void {
  const a0 = child.email;
  const b0 = child.city;
${times(size / 2, (i) => `  const a${String(i + 1)} = a${String(i)} + "${String(i)}";\n  const b${String(i + 1)} = b${String(i)} + "${String(i)}";\n`)}  ${logged(`a${String(size / 2)}`)}  ${quiet(`b${String(size / 2)}`)}}
`,
    }),
  },
  {
    name: "long function of calls",
    unit: "statements, each handing one object to a function",
    sizes: [1250, 2500, 5000, 10000],
    write: (size) => ({
      "main.ts": `${childType}function count(box: { text: string; n: number }): void {
  box.n = box.n + 1;
}
export function start(child: Child): void {
  const box = { text: child.email, n: 0 };
${times(size, () => "  count(box);\n")}  ${logged("box.text")}  ${quiet("box.n")}}
`,
    }),
  },
  {
    name: "branches in a row",
    unit: "ifs, each of which may replace the value",
    sizes: [1250, 2500, 5000, 10000],
    write: (size) => ({
      "main.ts": `${childType}export function start(child: Child, flags: boolean[]): void {
  let text = "";
  let place = "";
${times(size, (i) => `  if (flags[${String(i)}]) text = ${i % 2 === 0 ? "child.email" : 'text + "x"'};\n  else place = child.city;\n`)}  ${logged("text")}  ${quiet("place")}}
`,
    }),
  },
  {
    name: "loops in a row",
    unit: "loops over the children",
    sizes: [250, 500, 1000, 2000],
    write: (size) => ({
      "main.ts": `${childType}export function start(children: Child[]): void {
  let text = "";
  let place = "";
${times(size, () => "  for (const child of children) {\n    text += child.email;\n    place += child.city;\n  }\n")}  ${logged("text")}  ${quiet("place")}}
`,
    }),
  },
  {
    name: "nested blocks",
    unit: "ifs inside each other",
    sizes: [50, 100, 200, 400],
    write: (size) => ({
      "main.ts": `${childType}export function start(child: Child, flags: boolean[]): void {
${times(size, (i) => `if (flags[${String(i)}]) {\n`)}${logged("child.email")}${quiet("child.city")}${times(size, () => "}\n")}}
`,
    }),
  },
];

/** Expressions inside expressions. */
export const expressionShapes: readonly Shape[] = [
  nested(
    "sum",
    "operands of +",
    [500, 1000, 2000, 4000],
    (size, leaf) => `${leaf}${times(size, (i) => ` + "${String(i)}"`)}`,
  ),
  nested(
    "nested ternaries",
    "ternaries",
    [100, 200, 400, 800],
    (size, leaf) => `${times(size, (i) => `flags[${String(i)}] ? "${String(i)}" : `)}${leaf}`,
  ),
  nested(
    "nested calls",
    "calls",
    [75, 150, 300, 600],
    (size, leaf) => `${times(size, () => "same(")}${leaf}${times(size, () => ")")}`,
  ),
  nested(
    "nested brackets",
    "brackets",
    [125, 250, 500],
    (size, leaf) => `${times(size, () => "(")}${leaf}${times(size, () => ")")}`,
  ),
  nested(
    "nested objects",
    "objects",
    [50, 100, 200, 400],
    (size, leaf) => `JSON.stringify(${times(size, () => "{ a: ")}${leaf}${times(size, () => "}")})`,
  ),
  nested(
    "nested templates",
    "templates",
    [50, 100, 200, 400],
    (size, leaf) => `${times(size, () => "`x${")}${leaf}${times(size, () => "}y`")}`,
  ),
  nested(
    "chain of methods",
    "calls",
    [100, 200, 400, 800],
    (size, leaf) => `${leaf}${times(size, () => ".trim()")}`,
  ),
];

function nested(
  name: string,
  unit: string,
  sizes: readonly number[],
  expression: (size: number, leaf: string) => string,
): Shape {
  return {
    name,
    unit,
    sizes,
    write: (size) => ({
      "main.ts": `${childType}function same<T>(value: T): T {
  return value;
}
export function start(child: Child, flags: boolean[]): void {
  const text = ${expression(size, "child.email")};
  const place = ${expression(size, "child.city")};
  ${logged("text")}  ${quiet("place")}  ${quiet("same(flags)")}}
`,
    }),
  };
}
