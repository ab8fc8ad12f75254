/** Long ways from function to function. */
import { childType, logged, quiet, times, type Shape } from "../shape.js";

export const callShapes: readonly Shape[] = [
  {
    name: "call chain",
    unit: "functions, each passing the data on and back",
    sizes: [250, 500, 1000, 2000],
    write: (size) => ({
      "main.ts": `${childType}${times(
        size,
        (i) =>
          `function pass${String(i)}(value: string): string {\n  return pass${String(i + 1)}(value);\n}\n`,
      )}function pass${String(size)}(value: string): string {
  ${logged("value")}  return value;
}
function other(value: string): string {
  return value;
}
export function start(child: Child): void {
  const back = pass0(child.email);
  ${logged("back")}  ${quiet("other(child.city)")}}
`,
    }),
  },
  {
    name: "call chain over files",
    unit: "files, each passing the data on",
    sizes: [250, 500, 1000],
    write: (size) => ({
      "child.ts": childType,
      ...Object.fromEntries(
        Array.from({ length: size }, (_, i) => [
          `step${String(i)}.ts`,
          i + 1 < size
            ? `import { step as next } from "./step${String(i + 1)}";
export function step(value: { mail: string; city: string }): void {
  next({ mail: value.mail, city: value.city });
}
`
            : `export function step(value: { mail: string; city: string }): void {
  ${logged("value.mail")}  ${quiet("value.city")}}
`,
        ]),
      ),
      "main.ts": `import type { Child } from "./child";
import { step } from "./step0";
export function start(child: Child): void {
  step({ mail: child.email, city: child.city });
}
`,
    }),
  },
  {
    name: "nested callbacks",
    unit: "callbacks, each inside the one before",
    sizes: [50, 100, 200],
    write: (size) => ({
      "main.ts": `${childType}function run(value: string, then: (value: string) => void): void {
  then(value);
}
export function start(child: Child): void {
${times(size, (i) => `run(${i === 0 ? "child.email" : `v${String(i - 1)}`}, (v${String(i)}) => {\n`)}${logged(
        `v${String(size - 1)}`,
      )}${quiet("child.city")}${times(size, () => "});\n")}}
`,
    }),
  },
  {
    name: "nested closures",
    unit: "closures, each returned by the one around it",
    sizes: [50, 100, 200],
    write: (size) => ({
      "main.ts": `${childType}export function start(child: Child): void {
const email = child.email;
const city = child.city;
const out = ${times(size, () => "(() => ")}[email, city]${times(size, () => ")()")};
${logged("out[0]")}${quiet("out[1]")}}
`,
    }),
  },
  {
    name: "callers of one helper",
    unit: "callers, half of them with child data",
    sizes: [250, 500, 1000, 2000],
    write: (size) => ({
      "main.ts": `${childType}function tidy(value: string): string {
  const short = value.trim();
  return short.toLowerCase();
}
${times(
  size,
  (i) => `export function caller${String(i)}(child: Child): void {
  const text = tidy(child.${i % 2 === 0 ? "email" : "city"});
  ${i % 2 === 0 ? logged("text") : quiet("text")}}
`,
)}`,
    }),
  },
  {
    name: "mutual recursion",
    unit: "functions, each calling two of the others",
    sizes: [50, 100, 200, 400],
    write: (size) => ({
      "main.ts": `${childType}${times(size, (i) => {
        const [one, two] = [(i + 1) % size, (i * 7 + 3) % size].map(String);
        return `function turn${String(i)}(value: string, city: string, left: number): string {
  if (left === 0) return value;
  ${i === size - 1 ? `${logged("value")}  ${quiet("city")}  ` : ""}return left % 2 === 0 ? turn${one ?? ""}(value, city, left - 1) : turn${two ?? ""}(value, city, left - 2);
}
`;
      })}export function start(child: Child): void {
  ${logged("turn0(child.email, child.city, 100)")}}
`,
    }),
  },
  {
    name: "promise chain",
    unit: "steps of then",
    sizes: [75, 150, 300, 600],
    write: (size) => ({
      "main.ts": `${childType}export async function start(child: Child): Promise<void> {
  const email = await Promise.resolve(child.email)
${times(size, (i) => `    .then((text) => text + "${String(i)}")\n`)};
  ${logged("email")}  const city = await Promise.resolve(child.city)
${times(size, (i) => `    .then((text) => text + "${String(i)}")\n`)};
  ${quiet("city")}}
`,
    }),
  },
];
