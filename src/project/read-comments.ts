import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import { findLineStarts, locate } from "../base/location.js";
import type { SourceComment } from "../contracts/suppression.js";
import type { TypeScript } from "./typescript-instance.js";

/**
 * The comments of a file that contain a match of `word` (a global expression), in order. Text first: a file
 * without a match is not walked; a match inside a string, template or JSX text is no comment.
 */
export function readComments(
  ts: TypeScript,
  sourceFile: ts.SourceFile,
  file: FilePath,
  word: RegExp,
): SourceComment[] {
  const { text } = sourceFile;
  const found = new Map<number, ts.CommentRange>();
  for (const match of text.matchAll(word)) {
    const range = commentAt(ts, sourceFile, match.index);
    if (range !== undefined) found.set(range.pos, range);
  }
  if (found.size === 0) return [];
  const lineStarts = findLineStarts(text);
  return [...found.values()]
    .sort((a, b) => a.pos - b.pos)
    .map((range) => {
      const isLine = range.kind === ts.SyntaxKind.SingleLineCommentTrivia;
      return {
        kind: isLine ? "line" : "block",
        text: text.slice(range.pos + 2, isLine ? range.end : range.end - 2),
        location: locate(file, lineStarts, [range.pos, range.end]),
      };
    });
}

/** Comments stand between the full start of a token and the token itself. */
function commentAt(ts: TypeScript, sourceFile: ts.SourceFile, position: number): ts.CommentRange | undefined {
  let token: ts.Node = sourceFile;
  for (;;) {
    const inner = token
      .getChildren(sourceFile)
      .find((child) => child.pos <= position && position < child.end && !ts.isJSDoc(child));
    if (inner === undefined) break;
    token = inner;
  }
  const { text } = sourceFile;
  // The end-of-file token is empty: what stands before it ends the text.
  const last = token === sourceFile ? sourceFile.endOfFileToken : token;
  const start = last.pos;
  const ranges = [
    ...(ts.getLeadingCommentRanges(text, start) ?? []),
    ...(ts.getTrailingCommentRanges(text, start) ?? []),
  ];
  return ranges.find(
    (range) => range.pos <= position && position < range.end && range.end <= last.getStart(sourceFile),
  );
}
