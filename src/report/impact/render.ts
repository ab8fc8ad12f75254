/** The impact for a terminal, a pull request, and programs. Each ends with a line break. */
import { createColors } from "picocolors";
import type { ImpactDocument } from "../../contracts/impact.js";
import { codeSpan, escapeMarkdown, heading } from "../markdown-syntax.js";
import type { TextTable } from "../messages/text-table.js";
import { wrapText } from "../wrap-text.js";
import { isUnchanged, outlineOf, type Line, type Part, type ToldFindings } from "./outline.js";

export const impactFormats = ["pretty", "markdown", "json"] as const;
export type ImpactFormat = (typeof impactFormats)[number];

export interface ImpactOptions {
  readonly color: boolean;
  readonly width: number;
}

export function renderImpact(
  impact: ImpactDocument,
  told: ToldFindings,
  texts: TextTable,
  format: ImpactFormat,
  options: ImpactOptions,
): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(impact, null, 2)}\n`;
    case "markdown":
      return markdown(impact, told, texts);
    case "pretty":
      return pretty(impact, told, texts, options);
  }
}

/** Longer lists are folded away in a pull request. */
const shownAtOnce = 20;

function markdown(impact: ImpactDocument, told: ToldFindings, texts: TextTable): string {
  const words = texts.impact;
  const parts = outlineOf(impact, told, texts);
  const body = parts.flatMap(({ title, lines }) => {
    const list = lines.map(
      (line) => `${line.text.startsWith("- ") ? "  " : ""}- ${markdownLine(line, texts)}`,
    );
    const shown = [heading(3, title), list.slice(0, shownAtOnce).join("\n")];
    const rest = list.slice(shownAtOnce);
    return rest.length === 0
      ? shown
      : [
          ...shown,
          `<details><summary>… (+${String(rest.length)})</summary>\n\n${rest.join("\n")}\n\n</details>`,
        ];
  });
  return `${[
    heading(2, words.title),
    escapeMarkdown(words.since(impact.since.ref, impact.since.commit)),
    ...(isUnchanged(impact) ? [words.unchanged] : []),
    ...body,
    `_${texts.headings.opinion}_`,
  ].join("\n\n")}\n`;
}

function markdownLine({ sign, name, text }: Line, { impact }: TextTable): string {
  const isChange = sign === "added" || sign === "removed" || sign === "changed";
  const code = name === "" ? "" : codeSpan(name);
  const said = escapeMarkdown(text.replace(/^- /u, ""));
  const shown = name !== "" && text !== "" ? `${code}: ${said}` : `${code}${said}`;
  if (isChange) return `**${impact.signs[sign]}** ${shown}`;
  return sign === "bad" ? `⚠️ ${shown}` : shown;
}

const marks: Readonly<Record<Line["sign"], string>> = {
  added: "+",
  removed: "-",
  changed: "~",
  bad: "!",
  good: "✓",
  note: " ",
};

function pretty(
  impact: ImpactDocument,
  told: ToldFindings,
  texts: TextTable,
  { color, width }: ImpactOptions,
): string {
  const colors = createColors(color);
  const words = texts.impact;
  const columns = Math.max(60, Math.min(width, 120));
  const paint: Readonly<Record<Line["sign"], (text: string) => string>> = {
    added: colors.green,
    removed: colors.dim,
    changed: colors.yellow,
    bad: colors.red,
    good: colors.green,
    note: (text) => text,
  };
  const partText = ({ title, lines }: Part): string =>
    [
      colors.bold(colors.underline(title)),
      ...lines.flatMap(({ sign, name, text }) =>
        wrapText(name !== "" && text !== "" ? `${name}: ${text}` : `${name}${text}`, columns - 4).map(
          (line, index) => `  ${index === 0 ? paint[sign](marks[sign]) : " "} ${line}`,
        ),
      ),
    ].join("\n");
  return `${[
    `${colors.bold(words.title)}\n${colors.dim(words.since(impact.since.ref, impact.since.commit))}`,
    ...(isUnchanged(impact) ? [words.unchanged] : []),
    ...outlineOf(impact, told, texts).map(partText),
    colors.dim(texts.headings.opinion),
  ].join("\n\n")}\n`;
}
