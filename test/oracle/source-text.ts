/** The files of one generated program: declarations, imports between them, and the places of sinks. */
import ts from "typescript";

export interface Sink {
  readonly id: number;
  readonly kind: "log" | "store";
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

export interface WrittenFile {
  readonly path: string;
  /** What the engine reads. */
  readonly text: string;
  /** The same file with each sink's callee replaced by its recorder. */
  readonly executed: string;
}

/** How other files get at a declaration. */
export type ExportStyle =
  | "named"
  | "default"
  | "namespace"
  | "renamed"
  | "barrel"
  | "star-barrel"
  | "namespace-barrel"
  | "alias"
  | "package";

export const exportStyles: readonly ExportStyle[] = [
  "named",
  "default",
  "namespace",
  "renamed",
  "barrel",
  "star-barrel",
  "namespace-barrel",
  "alias",
  "package",
];

/** Stands for the name of the folder that a program is written to; the names by which it is imported hold it. */
export const folderName = "__FOLDER__";

export interface Declared {
  readonly name: string;
  readonly file: SourceText;
  readonly style: ExportStyle;
}

const sinkCall = /__SINK(\d+)__\.(log|store|add)/gu;

/** The callee of sink `id` before the program is written; `queue.__SINK1__.add` is the `add` of a queue. */
export function sinkCallee(id: number, kind: Sink["kind"]): string {
  return `__SINK${String(id)}__.${kind}`;
}

export class SourceText {
  private readonly imports = new Set<string>();
  private readonly declarations: string[] = [];
  private readonly trailing = new Set<string>();
  private hasDefault = false;

  constructor(
    /** Relative to the program's folder, without extension. */
    readonly stem: string,
    readonly language: "ts" | "cjs",
    private readonly logMethod: string,
    private readonly storeStyle: number,
  ) {}

  get path(): string {
    return `${this.stem}.${this.language}`;
  }

  /** What another file imports it as. */
  get specifier(): string {
    return `./${this.stem}.${this.language === "ts" ? "js" : "cjs"}`;
  }

  /** The same through a path alias of the tsconfig. */
  get alias(): string {
    return `@at/${folderName}/${this.stem}.js`;
  }

  /** The same through the name of the workspace's package. */
  get packageSpecifier(): string {
    return `@oracle/${folderName}/${this.stem}`;
  }

  get isEmpty(): boolean {
    return this.declarations.length === 0 && this.trailing.size === 0;
  }

  import(line: string): void {
    this.imports.add(line);
  }

  /** Adds a declaration, not exported. */
  add(lines: readonly string[]): void {
    this.declarations.push(lines.join("\n"));
  }

  /** Exports what `add` declares; gives the style that was possible. */
  export(name: string, lines: readonly string[], wish: ExportStyle): Declared {
    const style = this.possibleStyle(wish);
    if (this.language === "cjs") {
      this.add(lines);
      this.trailing.add(`exports.${name} = ${name};`);
    } else if (style === "default") {
      this.hasDefault = true;
      this.add(lines);
      this.trailing.add(`export default ${name};`);
    } else if (style === "renamed") {
      this.add(lines);
      this.trailing.add(`export { ${name} as ${name}Out };`);
    } else {
      this.add(
        lines.map((line, index) =>
          index === 0 || line.startsWith(`function ${name}(`) ? `export ${line}` : line,
        ),
      );
    }
    return { name, file: this, style };
  }

  trail(line: string): void {
    this.trailing.add(line);
  }

  private possibleStyle(wish: ExportStyle): ExportStyle {
    if (this.language === "cjs") return wish === "default" || wish === "namespace" ? wish : "named";
    return wish === "default" && this.hasDefault ? "named" : wish;
  }

  write(): { file: WrittenFile; sinks: readonly Sink[] } {
    const body = [...this.declarations, [...this.trailing].join("\n")]
      .filter((part) => part !== "")
      .join("\n\n");
    const imports = [...this.imports, ...(body.includes("__.store") ? [this.storeImport()] : [])];
    const whole = `${imports.join("\n")}${imports.length > 0 ? "\n\n" : ""}${body}\n`;
    const typed = this.language === "cjs" ? stripTypes(whole) : whole;
    const sinks: Sink[] = [];
    typed.split("\n").forEach((line, index) => {
      for (const [, id, kind] of line.matchAll(sinkCall)) {
        sinks.push({
          id: Number(id),
          kind: kind === "log" ? "log" : "store",
          file: this.path,
          line: index + 1,
        });
      }
    });
    const shown = typed.replace(sinkCall, (_, __, kind) => this.callee(String(kind)));
    return { file: { path: this.path, text: shown, executed: typed }, sinks };
  }

  private storeImport(): string {
    if (this.language === "cjs")
      return this.storeStyle % 2 === 0
        ? 'const fs = require("node:fs");'
        : 'const { writeFileSync } = require("node:fs");';
    return (
      [
        'import fs from "node:fs";',
        'import { writeFileSync } from "node:fs";',
        'import * as fs from "node:fs";',
        'import { writeFileSync as save } from "node:fs";',
      ][this.storeStyle % 4] ?? ""
    );
  }

  private callee(kind: string): string {
    if (kind === "add") return kind;
    return kind === "log" ? `console.${this.logMethod}` : this.storeCallee();
  }

  private storeCallee(): string {
    if (this.language === "cjs") return this.storeStyle % 2 === 0 ? "fs.writeFileSync" : "writeFileSync";
    return ["fs.writeFileSync", "writeFileSync", "fs.writeFileSync", "save"][this.storeStyle % 4] ?? "";
  }
}

/** TypeScript as JavaScript of the same lines of thought; comments stay. */
function stripTypes(source: string): string {
  return ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.Preserve,
      verbatimModuleSyntax: false,
    },
  }).outputText;
}
