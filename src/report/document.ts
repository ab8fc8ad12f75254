/** The formats that are the same on a terminal and in a file. */
import { renderGithub } from "./github.js";
import { renderHtml } from "./html/html.js";
import { renderJson } from "./json.js";
import { renderJunit } from "./junit.js";
import { renderMarkdown } from "./markdown.js";
import type { Rendering } from "./rendering.js";
import { renderSarif } from "./sarif.js";

export const documentFormats = ["json", "sarif", "html", "markdown", "github", "junit"] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export function renderDocument(format: DocumentFormat, rendering: Rendering): string {
  switch (format) {
    case "json":
      return renderJson(rendering.report);
    case "sarif":
      return renderSarif(rendering);
    case "html":
      return renderHtml(rendering);
    case "markdown":
      return renderMarkdown(rendering);
    case "github":
      return renderGithub(rendering);
    case "junit":
      return renderJunit(rendering);
  }
}
