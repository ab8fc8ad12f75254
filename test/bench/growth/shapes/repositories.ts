/** Whole repositories: how much of the code child data runs through, and how much there is besides. */
import { childType, logged, quiet, times, type Files, type Shape } from "../shape.js";

/** One feature of an application: three files that load, keep and show records of one type. */
function feature(folder: string, type: string, from: string, isMarked: boolean): Files {
  const shown = isMarked ? logged("line") : quiet("line");
  return {
    [`${folder}/store.ts`]: `import type { ${type} } from "${from}";
export class Store {
  private readonly rows = new Map<string, ${type}>();
  constructor(private readonly prefix: string) {}
  add(id: string, row: ${type}): void {
    this.rows.set(this.prefix + id, row);
  }
  find(id: string): ${type} | undefined {
    return this.rows.get(this.prefix + id);
  }
  all(): ${type}[] {
    return [...this.rows.values()];
  }
}
`,
    [`${folder}/format.ts`]: `import type { ${type} } from "${from}";
export interface Line { label: string; text: string; place: string }
export function lineOf(row: ${type}, index: number): Line {
  const text = row.email.trim();
  if (index > 100) return { label: "more", text, place: row.city };
  return { label: \`row \${index}\`, text, place: row.city };
}
export function textOf(line: Line): string {
  return [line.label, line.text].map((part) => part.padEnd(20)).join(" ");
}
export function placeOf(line: Line): string {
  return line.place.toUpperCase();
}
`,
    [`${folder}/show.ts`]: `import type { ${type} } from "${from}";
import { lineOf, placeOf, textOf } from "./format";
import { Store } from "./store";
const store = new Store("${folder}");
export async function keep(id: string, row: ${type}): Promise<void> {
  if (store.find(id) !== undefined) return;
  store.add(id, row);
}
export function show(): void {
  store.all().map(lineOf).forEach((each) => {
    const line = textOf(each);
    ${shown}    ${quiet("placeOf(each)")}  });
}
`,
  };
}

const plainType = `export interface Plain {
  email: string;
  city: string;
}
`;

function repository(marked: number, plain: number): Files {
  const folders = [
    ...Array.from({ length: marked }, (_, i) => ({ folder: `marked${String(i)}`, isMarked: true })),
    ...Array.from({ length: plain }, (_, i) => ({ folder: `plain${String(i)}`, isMarked: false })),
  ];
  const features = folders.map(({ folder, isMarked }) =>
    Object.entries(feature(folder, isMarked ? "Child" : "Plain", "../types", isMarked)),
  );
  return {
    "types.ts": `${childType}${plainType}`,
    ...Object.fromEntries(features.flat()),
    "main.ts": `${times(folders.length, (i) => `import { keep as keep${String(i)}, show as show${String(i)} } from "./${folders[i]?.folder ?? ""}/show";\n`)}import type { Child, Plain } from "./types";
export async function start(child: Child, plain: Plain): Promise<void> {
${times(folders.length, (i) => `  await keep${String(i)}("${String(i)}", ${folders[i]?.isMarked === true ? "child" : "plain"});\n  show${String(i)}();\n`)}}
`,
  };
}

const wholeRepository = 400;

export const repositoryShapes: readonly Shape[] = [
  {
    name: "footprint",
    unit: `features of ${String(wholeRepository)} (3 files each) that child data runs through`,
    sizes: [25, 50, 100, 200],
    write: (size) => repository(size, wholeRepository - size),
  },
  {
    name: "repository",
    unit: "features (3 files each) besides the 20 that child data runs through",
    sizes: [25, 50, 100, 200, 400],
    growth: "flat",
    write: (size) => repository(20, size),
  },
  {
    name: "cycle of files",
    unit: "files that import each other in a ring",
    sizes: [125, 250, 500, 1000],
    write: (size) => ({
      "child.ts": childType,
      ...Object.fromEntries(
        Array.from({ length: size }, (_, i) => [
          `ring${String(i)}.ts`,
          `import { turn as next } from "./ring${String((i + 1) % size)}";
export function turn(mail: string, city: string, left: number): string {
  if (left === 0) return mail;
  ${i === size - 1 ? `${logged("mail")}  ${quiet("city")}  ` : ""}return next(mail, city, left - 1);
}
`,
        ]),
      ),
      "main.ts": `import type { Child } from "./child";
import { turn } from "./ring0";
export function start(child: Child): void {
  ${logged("turn(child.email, child.city, 5000)")}}
`,
    }),
  },
  {
    name: "chain of barrels",
    unit: "files that re-export one another",
    sizes: [125, 250, 500, 1000],
    write: (size) => ({
      "barrel0.ts": `export function show(mail: string, city: string): void {
  ${logged("mail")}  ${quiet("city")}}
`,
      ...Object.fromEntries(
        Array.from({ length: size }, (_, i) => [
          `barrel${String(i + 1)}.ts`,
          `export * from "./barrel${String(i)}";\n`,
        ]),
      ),
      "main.ts": `import { show } from "./barrel${String(size)}";
${childType}export function start(child: Child): void {
  show(child.email, child.city);
}
`,
    }),
  },
  {
    name: "generated file",
    unit: "classes in one file, at last as large as a file may be (2 MB)",
    sizes: [600, 1200, 2400, 4800],
    write: (size) => ({
      "generated.ts": `${childType}${times(
        size,
        (i) => `export class Api${String(i)} {
  private readonly path: string = "/api/v1/resource/${String(i)}";
  constructor(private readonly send: (path: string, body: unknown) => Promise<unknown>) {}
  async load(id: string, options: { page?: number; size?: number } = {}): Promise<unknown> {
    const query = [\`page=\${options.page ?? 1}\`, \`size=\${options.size ?? 20}\`].join("&");
    return this.send(\`\${this.path}/\${id}?\${query}\`, null);
  }
}
`,
      )}export function start(child: Child): void {
  ${logged("child.email")}  ${quiet("child.city")}}
`,
    }),
  },
];
