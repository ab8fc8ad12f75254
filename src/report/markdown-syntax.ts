/** Text in Markdown, as GitHub and CommonMark read it. */

export function heading(level: 1 | 2 | 3, text: string): string {
  return `${"#".repeat(level)} ${text}`;
}

/** Nothing in the text is taken for markup, a mention or a tag; what messages put between backticks is code. */
export function escapeMarkdown(text: string): string {
  return text
    .split(/(`[^`]+`)/u)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : escapePlain(part)))
    .join("");
}

function escapePlain(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~#]/gu, "\\$&")
    .replace(/&/gu, "&amp;")
    .replaceAll("\r", "")
    .replaceAll("\n", " ");
}

/** Code on one line. */
export function codeSpan(text: string): string {
  const plain = text.replace(/\s+/gu, " ");
  const longest = Math.max(0, ...[...plain.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const gap = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  return plain === "" ? "" : `${fence}${gap}${plain}${gap}${fence}`;
}

export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    `| ${heads.join(" | ")} |`,
    `|${" --- |".repeat(heads.length)}`,
    // A pipe would end its cell, in code too.
    ...rows.map((cells) => `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/gu, "\\|")).join(" | ")} |`),
  ].join("\n");
}
