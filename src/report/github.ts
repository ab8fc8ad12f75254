/** Workflow commands that GitHub shows at the lines of a pull request. */
import type { Rendering } from "./rendering.js";
import { groupFindings, joinText } from "./word-finding.js";

/** A line a place; ends with a line break where there is one. */
export function renderGithub({ analysis, texts, prefix }: Rendering): string {
  return groupFindings(texts, analysis.findings)
    .map(({ findings: [first], text, doubt }) => {
      const { file, line, column, endLine, endColumn } = first.location;
      const properties = [
        ["file", prefix + file],
        ["line", String(line)],
        ["endLine", endLine === undefined ? null : String(endLine)],
        ["col", String(column)],
        // GitHub takes columns of one line only.
        ["endColumn", endColumn === undefined || (endLine ?? line) !== line ? null : String(endColumn)],
        [
          "title",
          `child-privacy/${first.rule}${first.verdict === "possible" ? ` (${texts.report.possible})` : ""}`,
        ],
      ] as const;
      const shown = properties.flatMap(([key, value]) =>
        value === null ? [] : [`${key}=${escapeProperty(value)}`],
      );
      const command = first.severity === "error" ? "error" : "warning";
      return `::${command} ${shown.join(",")}::${escapeData(joinText(text, doubt))}\n`;
    })
    .join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
