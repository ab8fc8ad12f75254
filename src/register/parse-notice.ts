import { readYaml } from "../config/yaml-document.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import { noticeSchema, type Notice } from "../contracts/notice.js";

/** One version of the notice: a YAML file, or Markdown whose front matter it is. */
export function parseNotice(
  text: string,
  file: string,
  folders: readonly string[] = [""],
): { readonly value: Notice | undefined; readonly problems: readonly DocumentProblem[] } {
  const reading = readYaml(
    /\.(?:md|mdx|markdown)$/iu.test(file) ? frontMatter(text) : text,
    file,
    "notice",
    noticeSchema,
  );
  const value =
    reading.value === undefined
      ? undefined
      : {
          ...reading.value,
          file,
          folders,
          location: reading.locate([]),
          placeOf: (path: readonly (string | number)[]) => reading.locate(path),
        };
  return { value, problems: reading.problems };
}

/** The front matter alone, on the lines where it stands. */
function frontMatter(text: string): string {
  const match = /^---[ \t]*\r?\n([\s\S]*?)(?:^---[ \t]*$|(?![\s\S]))/mu.exec(text);
  return match === null ? "" : `\n${match[1] ?? ""}`;
}
