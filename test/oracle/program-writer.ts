/** Puts declarations into files and gives references to them, through whatever import a program may use. */
import {
  exportStyles,
  SourceText,
  type Declared,
  type ExportStyle,
  type Sink,
  type WrittenFile,
} from "./source-text.js";
import type { MarkedType } from "./shape.js";

const logMethods = ["log", "log", "info", "warn", "error", "debug"];

export interface WrittenProgram {
  readonly files: readonly WrittenFile[];
  readonly sinks: readonly Sink[];
}

export class ProgramWriter {
  readonly entry: SourceText;
  private readonly types: SourceText;
  private readonly libraries: readonly SourceText[];
  private readonly common: SourceText | null;
  private readonly barrel: SourceText;
  private readonly added: SourceText[] = [];
  private readonly features = new Set<string>();
  private names = 0;
  private sinkCount = 0;
  /** Flags of the input that conditions read. */
  flags = 0;
  /** Whether a blank field may take another way than a filled one. */
  hasFallbacks = false;
  /** Whether the input's count decides something. */
  hasCounts = false;
  /** Whether something outlives one call of the entry. */
  isStateful = false;

  constructor(private readonly layout: readonly number[]) {
    const at = (index: number): number => layout[index] ?? 0;
    const file = (stem: string, language: "ts" | "cjs", salt: number): SourceText =>
      new SourceText(stem, language, logMethods[(at(0) + salt) % logMethods.length] ?? "log", at(1) + salt);
    this.entry = file("entry", "ts", 0);
    const count = at(2) % 4;
    this.types = count > 0 && at(3) % 2 === 0 ? file("model", "ts", 1) : this.entry;
    this.libraries = [
      this.entry,
      ...["records", "relay"]
        .slice(0, Math.max(0, count - 1))
        .map((stem, index) => file(stem, "ts", index + 2)),
    ];
    this.common = count > 0 && at(4) % 3 === 0 ? file("legacy", "cjs", 5) : null;
    this.barrel = file("index", "ts", 6);
  }

  cover(feature: string): void {
    this.features.add(feature);
  }

  get covered(): readonly string[] {
    return [...this.features].sort();
  }

  fresh(word: string): string {
    this.names += 1;
    return `${word}${String(this.names)}`;
  }

  /** A name that no other program of a batch is likely to use, for what the process shares. */
  globalName(word: string): string {
    return `${word}${this.fresh("N")}x${this.layout.join("x")}`;
  }

  nextSink(): number {
    return this.sinkCount++;
  }

  get sinks(): number {
    return this.sinkCount;
  }

  nextFlag(): string {
    this.flags += 1;
    return `f${String(this.flags)}`;
  }

  /** Where the next helper goes. A leaf refers to nothing and may stand in a CommonJS file. */
  fileFor(choice: number, isLeaf: boolean): SourceText {
    const files = isLeaf && this.common !== null ? [...this.libraries, this.common] : this.libraries;
    return files[choice % files.length] ?? this.entry;
  }

  /** A file of its own, that holds nothing yet. */
  library(word: string, language: "ts" | "cjs"): SourceText {
    const file = new SourceText(this.fresh(word), language, "log", this.layout[1] ?? 0);
    this.added.push(file);
    return file;
  }

  declare(file: SourceText, name: string, lines: readonly string[], choice: number): Declared {
    if (file === this.entry) {
      file.add(lines);
      return { name, file, style: "named" };
    }
    return file.export(name, lines, exportStyles[choice % exportStyles.length] ?? "named");
  }

  declareType(name: string, lines: readonly string[]): void {
    if (this.types === this.entry) this.entry.add([`export ${lines.join("\n")}`]);
    else this.types.export(name, lines, "named");
  }

  /** A schema and the type of its values, which are marked in the schema. */
  declareSchema(lines: readonly string[]): void {
    this.types.import('import { z } from "zod";');
    this.types.add([`export ${lines.join("\n")}`]);
  }

  typeName(type: { readonly name: MarkedType["name"] }, from: SourceText): string {
    if (from.language === "ts" && from !== this.types) {
      from.import(`import type { ${type.name} } from "${this.types.specifier}";`);
    }
    return type.name;
  }

  /** The expression by which `from` names a declaration. */
  reference(from: SourceText, declared: Declared): string {
    const { name, file, style } = declared;
    if (file === from) return name;
    if (file !== this.entry && style !== "named") this.cover(`module ${style}`);
    if (file === this.entry) {
      file.trail(`export { ${name} };`);
      this.cover("module cycle");
    }
    if (file.language === "cjs") return this.commonReference(from, name, file, style);
    this.cover("module import");
    const via = this.viaBarrel(from, declared);
    if (via !== null) return via;
    return directReference(from, name, file, style);
  }

  private commonReference(from: SourceText, name: string, file: SourceText, style: ExportStyle): string {
    this.cover("module commonjs");
    if (style === "default") {
      from.import(`import ${file.stem} from "${file.specifier}";`);
      return `${file.stem}.${name}`;
    }
    if (style === "namespace") {
      from.import(`import * as ${file.stem}Module from "${file.specifier}";`);
      return `${file.stem}Module.${name}`;
    }
    from.import(`import { ${name} } from "${file.specifier}";`);
    return name;
  }

  private viaBarrel(from: SourceText, { name, file, style }: Declared): string | null {
    if (from === this.barrel || !style.endsWith("barrel")) return null;
    if (style === "barrel") this.barrel.trail(`export { ${name} } from "${file.specifier}";`);
    if (style === "star-barrel") this.barrel.trail(`export * from "${file.specifier}";`);
    if (style === "namespace-barrel") {
      this.barrel.trail(`export * as ${file.stem}Parts from "${file.specifier}";`);
      from.import(`import { ${file.stem}Parts } from "${this.barrel.specifier}";`);
      return `${file.stem}Parts.${name}`;
    }
    from.import(`import { ${name} } from "${this.barrel.specifier}";`);
    return name;
  }

  finish(): WrittenProgram {
    const files = [
      ...new Set([
        this.entry,
        this.types,
        ...this.libraries,
        ...(this.common === null ? [] : [this.common]),
        this.barrel,
        ...this.added,
      ]),
    ].filter((file) => !file.isEmpty);
    const written = files.map((file) => file.write());
    return {
      files: written.map(({ file }) => file),
      sinks: written.flatMap(({ sinks }) => sinks).sort((a, b) => a.id - b.id),
    };
  }
}

function directReference(from: SourceText, name: string, file: SourceText, style: ExportStyle): string {
  if (style === "default") {
    from.import(`import ${name} from "${file.specifier}";`);
    return name;
  }
  if (style === "namespace") {
    from.import(`import * as ${file.stem} from "${file.specifier}";`);
    return `${file.stem}.${name}`;
  }
  if (style === "renamed") {
    from.import(`import { ${name}Out as ${name} } from "${file.specifier}";`);
    return name;
  }
  const specifier =
    style === "alias" ? file.alias : style === "package" ? file.packageSpecifier : file.specifier;
  from.import(`import { ${name} } from "${specifier}";`);
  return name;
}
