import { isWide, textWidth } from "./text-width.js";

/** What no line begins with in Chinese. */
const closing = /^[，。、；：？！）》」』”’…]$/u;

/**
 * Breaks a paragraph into lines of at most `width` columns: between words, and between Chinese characters, which
 * have no spaces between them.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let taken = 0;
  for (const [index, word] of text.split(/\s+/u).entries()) {
    for (const [part, piece] of piecesOf(word).entries()) {
      const gap = index > 0 && part === 0 && line !== "" ? " " : "";
      const size = textWidth(piece);
      if (line !== "" && taken + gap.length + size > width) {
        lines.push(line);
        line = piece;
        taken = size;
      } else {
        line += gap + piece;
        taken += gap.length + size;
      }
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** A word, broken wherever a line may end in it. */
function piecesOf(word: string): string[] {
  const pieces: string[] = [];
  let isAfterWide = true;
  for (const character of word) {
    const wide = isWide(character);
    const last = pieces.length - 1;
    if (
      last >= 0 &&
      (closing.test(character) || (!wide && !isAfterWide) || /^[（《「『“‘]$/u.test(pieces[last] ?? ""))
    )
      pieces[last] = (pieces[last] ?? "") + character;
    else pieces.push(character);
    isAfterWide = wide && !/^[（《「『“‘]$/u.test(character);
  }
  return pieces;
}
