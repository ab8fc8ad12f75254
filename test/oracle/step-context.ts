/** What a gadget writes with: names, helpers, sinks, conditions and nested bodies. */
import type { ProgramWriter } from "./program-writer.js";
import type { Step } from "./recipe.js";
import { indented, Scope, type Value } from "./scope.js";
import { isPlain, isShown, text, typeText, type Shape } from "./shape.js";
import { sinkCallee, type Sink, type SourceText } from "./source-text.js";

export type WriteSteps = (scope: Scope, steps: readonly Step[]) => void;

/** Prints types as the file that a helper stands in knows them. */
export type TypePrinter = (shape: Shape) => string;

export interface InnerOptions {
  readonly isAsync?: boolean;
  readonly file?: SourceText;
  /** Enclosing values that the body may use as well. */
  readonly captures?: boolean;
  readonly input?: string | null;
}

export interface Inner {
  readonly lines: readonly string[];
  readonly result: Value;
}

export class StepContext {
  private next = 0;

  constructor(
    readonly program: ProgramWriter,
    readonly scope: Scope,
    private readonly step: Step,
    private readonly writeSteps: WriteSteps,
  ) {}

  get isAsync(): boolean {
    return this.scope.isAsync;
  }

  /** A number below `count` that the recipe decides. */
  pick(count: number): number {
    const { choices } = this.step;
    const round = Math.floor(this.next / choices.length);
    const choice = (choices[this.next % choices.length] ?? 0) + round;
    this.next += 1;
    return choice % count;
  }

  pickOf<const Item>(...items: readonly [Item, ...Item[]]): Item {
    return items[this.pick(items.length)] ?? items[0];
  }

  fresh(word: string): string {
    return this.program.fresh(word);
  }

  type(shape: Shape, file: SourceText = this.scope.file): string {
    return typeText(shape, (type) => this.program.typeName(type, file));
  }

  emit(...lines: readonly string[]): void {
    this.scope.emit(lines);
  }

  /** `const word1 = expression;` */
  bind(expression: string, shape: Shape, word = "value"): Value {
    const name = this.fresh(word);
    this.emit(`const ${name} = ${expression};`);
    return { text: name, shape };
  }

  /** The same with its type written out. */
  bindTyped(expression: string, shape: Shape, word = "value"): Value {
    const name = this.fresh(word);
    this.emit(`const ${name}: ${this.type(shape)} = ${expression};`);
    return { text: name, shape };
  }

  /**
   * A declaration beside the function being written, in whatever file; gives the expression that names it here.
   * `build` gets the name and prints types; a leaf uses no other declaration.
   */
  helper(
    word: string,
    build: (name: string, type: TypePrinter, file: SourceText) => readonly string[],
    isLeaf = true,
  ): string {
    const name = this.fresh(word);
    const file = this.program.fileFor(this.pick(60), isLeaf);
    const lines = build(name, (shape) => this.type(shape, file), file);
    return this.program.reference(this.scope.file, this.program.declare(file, name, lines, this.pick(60)));
  }

  /** Makes sure that a later call of the entry may see what an earlier one left. */
  remember(): void {
    this.program.isStateful = true;
  }

  condition(): string | null {
    const { input } = this.scope;
    if (input === null || this.program.flags >= 6) return null;
    return `${input}.${this.program.nextFlag()}`;
  }

  /** A number from 0 to 3 that the input decides, or a constant where there is no input. */
  count(): string {
    const { input } = this.scope;
    if (input === null) return "2";
    this.program.hasCounts = true;
    return `${input}.count`;
  }

  /** The value, or the other expression, as the input decides; the value where nothing can decide. */
  either(value: string, other: string): string {
    const condition = this.condition();
    return condition === null ? value : `(${condition} ? ${value} : ${other})`;
  }

  /** An expression of type string made from the value, which may throw where the value holds nothing. */
  text(value: Value): string {
    const { shape, text: at } = value;
    switch (shape.kind) {
      case "text":
        return at;
      case "marked":
      case "record": {
        const fields = shape.kind === "marked" ? shape.type.fields : shape.fields;
        const field = fields[this.pick(fields.length)];
        return field === undefined
          ? '"none"'
          : this.text({ text: `${at}.${field.name}`, shape: field.shape });
      }
      case "list":
        return this.text({ text: `${at}[0]!`, shape: shape.of });
      case "map":
        return this.text({ text: `[...${at}.values()][0]!`, shape: shape.of });
      case "set":
        return this.text({ text: `[...${at}][0]!`, shape: shape.of });
      case "promise":
        return this.isAsync ? this.text({ text: `(await ${at})`, shape: shape.of }) : '"pending"';
      case "thunk":
        return this.text({ text: `${at}()`, shape: shape.of });
      case "error":
        return `${at}.message`;
    }
  }

  asText(value: Value): Value {
    return value.shape.kind === "text" ? value : { text: this.text(value), shape: text };
  }

  /** The statement that writes a value to a log or a file, at a line of its own. */
  sink(kind: Sink["kind"], value: Value): string {
    const callee = sinkCallee(this.program.nextSink(), kind);
    if (kind === "log") return `${callee}(${this.logged(value)});`;
    return `${callee}("out/${this.fresh("part")}.txt", ${isPlain(value.shape) && value.shape.kind !== "text" ? `JSON.stringify(${value.text})` : this.text(value)});`;
  }

  /** The callee that adds a job to a queue, which stores the job. */
  jobSink(queue: string): string {
    return `${queue}.__SINK${String(this.program.nextSink())}__.add`;
  }

  private logged(value: Value): string {
    if (!isShown(value.shape)) return this.text(value);
    const shown = value.text;
    switch (this.pick(5)) {
      case 0:
        return `"saw", ${shown}`;
      case 1:
        return `{ event: "seen", ${value.shape.kind === "text" ? "detail" : "subject"}: ${shown} }`;
      case 2:
        return value.shape.kind === "text" ? `\`seen \${${shown}}\`` : shown;
      default:
        return shown;
    }
  }

  /** The steps of this step's body over `values`; the newest value that they leave is the result. */
  inner(values: readonly Value[], options: InnerOptions = {}): Inner {
    const {
      file = this.scope.file,
      captures = false,
      isAsync = this.isAsync,
      input = this.scope.input,
    } = options;
    const known = captures ? [...this.scope.values, ...values] : [...values];
    const scope = new Scope(file, isAsync, known, input, this.scope.depth + 1);
    this.writeSteps(scope, this.step.body);
    const result = scope.values.at(-1) ?? values[0] ?? { text: '"none"', shape: text };
    return { lines: scope.lines, result };
  }

  /** Lines of a body with `return result;`, indented. */
  returning(inner: Inner): string[] {
    return indented([...inner.lines, `return ${inner.result.text};`]);
  }

  /** A function declaration somewhere with this step's body; call it with `values` and `inputArgument()`. */
  bodied(
    word: string,
    values: readonly Value[],
    options: { readonly isAsync?: boolean } = {},
  ): { readonly reference: string; readonly result: Shape } {
    const { isAsync = false } = options;
    const known = values.map((value, index) => ({
      text: ["first", "second", "third"][index] ?? "more",
      shape: value.shape,
    }));
    let result: Shape = text;
    const reference = this.helper(
      word,
      (name, type, file) => {
        const inner = this.inner([...known].reverse(), { isAsync, file, input: this.innerInput });
        result = inner.result.shape;
        const parameters = known.map((value) => `${value.text}: ${type(value.shape)}`).join(", ");
        const returned = isAsync ? `Promise<${type(awaited(result))}>` : type(result);
        return [
          `${isAsync ? "async " : ""}function ${name}(${parameters}${this.inputParameter(file)}): ${returned} {`,
          ...this.returning(inner),
          "}",
        ];
      },
      false,
    );
    return { reference, result: isAsync ? awaited(result) : result };
  }

  /** `, input: Choices` for a helper that has a body. */
  inputParameter(file: SourceText): string {
    return this.scope.input === null ? "" : `, input: ${this.program.typeName({ name: "Choices" }, file)}`;
  }

  inputArgument(): string {
    return this.scope.input === null ? "" : `, ${this.scope.input}`;
  }

  get innerInput(): string | null {
    return this.scope.input === null ? null : "input";
  }
}

function awaited(shape: Shape): Shape {
  return shape.kind === "promise" ? awaited(shape.of) : shape;
}
