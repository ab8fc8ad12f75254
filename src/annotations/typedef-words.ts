/** What `typeof` says of a property of a JSDoc typedef with marks on its lines, of which the checker knows nothing. */
import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import type { Project } from "../project/project.js";
import { propertiesOfTypedef, typedefWithMarks } from "../project/typedef-comments.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { walkTree } from "../project/walk-tree.js";
import { jsDocsOf } from "./jsdoc-tags.js";

/** The word for the written type of the property whose name starts there; null: none such starts there. */
export function typeofTypedefProperty(project: Project, file: FilePath, start: number): string | null {
  const { ts } = project;
  const source = project.sourceFile(file);
  if (source === undefined) return null;
  let found: ts.JSDocPropertyLikeTag | undefined;
  walkTree(ts, source, (node) => {
    if (start < node.pos || start >= node.end) return "skip";
    for (const doc of jsDocsOf(node)) {
      const typedef = typedefWithMarks(ts, doc);
      if (typedef === null) continue;
      found ??= propertiesOfTypedef(ts, typedef).find(({ name }) => name.getStart() === start);
    }
    return undefined;
  });
  const written = found?.typeExpression?.type;
  return written === undefined ? null : wordOf(ts, written);
}

/** The word for whatever the type holds beside null and undefined; "": one of several, or none of the plain ones. */
function wordOf(typescript: TypeScript, type: ts.TypeNode): string {
  if (isWrapping(typescript, type)) return wordOf(typescript, type.type);
  if (!typescript.isUnionTypeNode(type)) return plainWord(typescript, type);
  const [word = "", ...others] = new Set(
    type.types.filter((member) => !isNothing(typescript, member)).map((member) => wordOf(typescript, member)),
  );
  return others.length > 0 ? "" : word;
}

/** `(string)`, `?string`, `!string`, `string=`. */
function isWrapping(
  typescript: TypeScript,
  type: ts.TypeNode,
): type is ts.ParenthesizedTypeNode | ts.JSDocNullableType | ts.JSDocNonNullableType | ts.JSDocOptionalType {
  return (
    typescript.isParenthesizedTypeNode(type) ||
    typescript.isJSDocNullableType(type) ||
    typescript.isJSDocNonNullableType(type) ||
    typescript.isJSDocOptionalType(type)
  );
}

function isNothing({ SyntaxKind, isLiteralTypeNode }: TypeScript, type: ts.TypeNode): boolean {
  return (
    type.kind === SyntaxKind.UndefinedKeyword ||
    type.kind === SyntaxKind.VoidKeyword ||
    (isLiteralTypeNode(type) && type.literal.kind === SyntaxKind.NullKeyword)
  );
}

function plainWord({ SyntaxKind, isLiteralTypeNode }: TypeScript, type: ts.TypeNode): string {
  switch (isLiteralTypeNode(type) ? type.literal.kind : type.kind) {
    case SyntaxKind.StringKeyword:
    case SyntaxKind.StringLiteral:
      return "string";
    case SyntaxKind.NumberKeyword:
    case SyntaxKind.NumericLiteral:
      return "number";
    case SyntaxKind.BooleanKeyword:
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return "boolean";
    case SyntaxKind.BigIntKeyword:
      return "bigint";
    default:
      return "";
  }
}
