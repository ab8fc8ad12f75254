import type { Location } from "../base/location.js";

export interface FrameOptions {
  /** Lines before and after the place. */
  readonly around: number;
  readonly highlight: (text: string) => string;
  readonly dim: (text: string) => string;
}

const longest = 160;

/** The lines around a place, with their numbers, the place underlined. Empty where the line is not there. */
export function renderFrame(text: string, location: Location, options: FrameOptions): string[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u);
  const first = Math.max(1, location.line - options.around);
  const last = Math.min(lines.length, location.line + options.around);
  if (location.line > lines.length) return [];
  const width = String(last).length;
  const rendered: string[] = [];
  for (let number = first; number <= last; number++) {
    const content = shorten(lines[number - 1] ?? "");
    const gutter = `${String(number).padStart(width)} | `;
    if (number !== location.line) {
      rendered.push(options.dim(`  ${gutter}${content}`.trimEnd()));
      continue;
    }
    rendered.push(`${options.highlight(">")} ${options.dim(gutter)}${content}`);
    const mark = underline(lines[number - 1] ?? "", location);
    if (mark !== "") rendered.push(`  ${options.dim(`${" ".repeat(width)} | `)}${options.highlight(mark)}`);
  }
  return rendered;
}

/** The line that a place stands in, without its indentation; empty where it is not there. */
export function lineAt(text: string, line: number): string {
  return shorten((text.split(/\r\n|[\n\r\u2028\u2029]/u)[line - 1] ?? "").trim());
}

function underline(line: string, { line: first, column, endLine, endColumn }: Location): string {
  const end = endColumn !== undefined && (endLine ?? first) === first ? endColumn - 1 : line.length;
  const start = column - 1;
  if (start >= longest) return "";
  const indent = expandTabs(line.slice(0, start)).length;
  return `${" ".repeat(indent)}${"^".repeat(Math.max(1, Math.min(end, line.length, longest) - start))}`;
}

function shorten(line: string): string {
  const plain = expandTabs(line);
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}

function expandTabs(text: string): string {
  return text.replaceAll("\t", "  ");
}
