/** Columns of a terminal that text takes: Chinese characters, and what is set with them, take two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character) ? 2 : 1;
  return width;
}

/** Fills up with spaces on the right. */
export function padWidth(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

export function isWide(character: string): boolean {
  return /[\p{Script=Han}\u3000-\u303F\uFF01-\uFF60]/u.test(character);
}
