/** A place in a generated function where statements are written, and the values known there. */
import type { Shape } from "./shape.js";
import type { SourceText } from "./source-text.js";

/** An expression without effects, safe as an operand. */
export interface Value {
  readonly text: string;
  readonly shape: Shape;
}

export class Scope {
  readonly lines: string[] = [];

  constructor(
    readonly file: SourceText,
    readonly isAsync: boolean,
    /** Newest last. */
    readonly values: Value[],
    /** How the input that decides branches is called here. */
    readonly input: string | null,
    readonly depth: number,
  ) {}

  emit(lines: readonly string[]): void {
    this.lines.push(...lines);
  }
}

export function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);
}
