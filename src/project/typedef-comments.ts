/**
 * JSDoc typedefs with all of their properties. TypeScript's parser ends a typedef at the first other tag, be it one
 * that stands on the line of a property: a mark behind the name of `email`, say.
 */
import type ts from "typescript";
import type { TypeScript } from "./typescript-instance.js";

const known = new WeakMap<ts.JSDoc, ts.JSDocTypedefTag | null>();
/** A tag behind a property, on its line. */
const inner = /(?<=^[ \t]*(?:\/\*\*|\*)?[ \t]*@prop(?:erty)?\b[^\n]*\s)@(?=[A-Za-z])/gmu;

/**
 * The typedef of a comment as it would be without the tags on its properties' lines, at the same places of the file;
 * null if the comment has no such tags. Its nodes are of no program: the checker knows nothing of them.
 */
export function typedefWithMarks(typescript: TypeScript, doc: ts.JSDoc): ts.JSDocTypedefTag | null {
  let found = known.get(doc);
  if (found === undefined) known.set(doc, (found = readAgain(typescript, doc)));
  return found;
}

function readAgain(typescript: TypeScript, doc: ts.JSDoc): ts.JSDocTypedefTag | null {
  if (doc.tags?.some((tag) => typescript.isJSDocTypedefTag(tag)) !== true) return null;
  const source = doc.getSourceFile();
  const text = source.text.slice(doc.pos, doc.end);
  // What stands in the place of the sign has its length, so that all else stays where it is.
  const plain = text.replace(inner, "\u00b7");
  if (plain === text) return null;
  const before = source.text.slice(0, doc.pos).replace(/[^\n]/gu, " ");
  const file = typescript.createSourceFile(
    source.fileName,
    before + plain,
    source.languageVersion,
    true,
    typescript.ScriptKind.JS,
  );
  const docs = (file.endOfFileToken as { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? [];
  return docs.flatMap((each) => each.tags ?? []).find((tag) => typescript.isJSDocTypedefTag(tag)) ?? null;
}

/** The properties that a typedef writes out. */
export function propertiesOfTypedef(
  typescript: TypeScript,
  { typeExpression }: ts.JSDocTypedefTag,
): readonly ts.JSDocPropertyLikeTag[] {
  return typeExpression !== undefined && typescript.isJSDocTypeLiteral(typeExpression)
    ? (typeExpression.jsDocPropertyTags ?? [])
    : [];
}
