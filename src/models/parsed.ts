/** What a small text (an address, a path) could not be read for: the wrong word, and what it may have meant. */
export interface TextProblem {
  readonly word: string;
  readonly nearest: string | null;
  readonly expected: readonly string[];
}

/** The outcome of reading a small text; nothing in this folder throws on what a user wrote. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: TextProblem };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function unreadable(word: string, nearest: string | null, expected: readonly string[]): Parsed<never> {
  return { ok: false, problem: { word, nearest, expected } };
}
