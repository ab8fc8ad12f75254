import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";
import type { RawTag } from "./marks.js";

/** Says, from the text alone, whether a file can hold a tag of ours or something near one. */
export const tagPattern =
  /@(?:not-?_?)?(?:chil|purpos|retent|guardian|guardain|encr|decr|deletion|deletoin|staff|acces|correc|redac|anonym)/i;

/** The JSDoc comments that the parser attached to a node itself. */
export function jsDocsOf(node: ts.Node): readonly ts.JSDoc[] {
  return (node as { jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? [];
}

/** The tags of a comment, as TypeScript's parser split them. */
export function tagsOf(ts: TypeScript, doc: ts.JSDoc): RawTag[] {
  const source = doc.getSourceFile();
  return (doc.tags ?? []).map((tag) => {
    const text = ts.getTextOfJSDocComment(tag.comment) ?? "";
    // `@child-data x`: a name ends at the dash, and what follows is in the comment.
    const dashed = source.text[tag.tagName.end] === "-" ? (/^-[\w-]+/.exec(text)?.[0] ?? "") : "";
    return { name: tag.tagName.text + dashed, text: text.slice(dashed.length), at: tag.getStart(source) };
  });
}

/** `///` comments and JSDoc that the parser attached to nothing: tags found in the plain text. */
export function tagsInText(text: string, start: number): RawTag[] {
  const found: RawTag[] = [];
  for (const match of text.matchAll(/(?<![\w`@{])@([A-Za-z][\w-]*)([^@]*)/g)) {
    const after = (match[2] ?? "").replace(/\s*\*\/\s*$/, "").replace(/[\r\n]+[ \t]*\*?[ \t]?/g, "\n");
    found.push({ name: match[1] ?? "", text: after, at: start + match.index });
  }
  return found;
}
