import type { SqlToken } from "./tokenize.js";

/** Thrown inside this folder only, where a statement is not what it began as; caught by `readSql`. */
export class UnexpectedSql extends Error {}

const end: SqlToken = { kind: "sign", text: "", upper: "", placeholders: [] };

/** The tokens of one statement, read from left to right. */
export class TokenStream {
  #position = 0;
  constructor(readonly tokens: readonly SqlToken[]) {}

  get atEnd(): boolean {
    return this.#position >= this.tokens.length;
  }

  peek(ahead = 0): SqlToken {
    return this.tokens[this.#position + ahead] ?? end;
  }

  next(): SqlToken {
    const token = this.peek();
    this.#position++;
    return token;
  }

  /** Whether one of these words or signs comes; a quoted name is never a keyword. */
  sees(...words: readonly string[]): boolean {
    const token = this.peek();
    return token.kind !== "name" && token.kind !== "string" && words.includes(token.upper);
  }

  /** Takes one of these words or signs if it comes. */
  take(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.#position++;
    return true;
  }

  expect(...words: readonly string[]): void {
    if (!this.take(...words))
      throw new UnexpectedSql(`expected ${words.join(" or ")}, found ${this.peek().text}`);
  }

  /** Skips a bracketed group that begins here, if one does. */
  skipGroup(): void {
    if (!this.take("(")) return;
    for (let depth = 1; depth > 0 && !this.atEnd;) {
      const token = this.next();
      if (token.kind !== "sign") continue;
      if (token.text === "(") depth++;
      else if (token.text === ")") depth--;
    }
  }

  /** A table's or column's name, its schema dropped: `public."Child"` is `Child`. */
  readName(): string {
    let token = this.next();
    if (token.kind === "sign" || token.kind === "number")
      throw new UnexpectedSql(`expected a name, found ${token.text}`);
    while (this.take(".")) {
      token = this.next();
      if (token.text === ".") token = this.next();
    }
    return token.kind === "string"
      ? token.text.replaceAll(/^'|'$/gu, "")
      : token.kind === "placeholder"
        ? "*"
        : token.text;
  }
}
