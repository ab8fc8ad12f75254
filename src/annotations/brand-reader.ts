import type ts from "typescript";
import { categories, type Category } from "../contracts/vocabulary.js";
import type { Project } from "../project/project.js";
import { childDataNames, isChildDataName } from "../project/annotations-import.js";
import { walkTree } from "../project/walk-tree.js";
import { declarationsAt, siteOf } from "./declaration-sites.js";
import { type Marks, noMarks } from "./marks.js";

/** `ChildData<T, "category">` wherever a type is written: what is declared with it is marked. */
export function brandMarks({ ts }: Project, _path: string, source: ts.SourceFile): [ts.Node, Marks][] {
  const names = childDataNames(ts, source);
  const found: [ts.Node, Marks][] = [];
  forEachTypeReference(ts, source, (reference) => {
    const name = ts.isTypeReferenceNode(reference) ? reference.typeName : reference;
    if (!isChildDataName(ts, name, names)) return;
    const category = literalCategory(ts, reference.typeArguments?.[1]);
    for (const declaration of declaredWith(ts, reference))
      found.push([declaration, { ...noMarks(), category, form: "brand" }]);
  });
  return found;
}

function literalCategory(ts: Project["ts"], node: ts.TypeNode | undefined): Category | null {
  if (node === undefined || !ts.isLiteralTypeNode(node) || !ts.isStringLiteral(node.literal)) return null;
  const { text } = node.literal;
  return categories.find((category) => category === text) ?? null;
}

/** Every named type in a file, JSDoc types of JavaScript included; and `typeof x`, where that is asked for. */
export function forEachTypeReference(
  ts: Project["ts"],
  source: ts.SourceFile,
  visitReference: (node: ts.TypeReferenceNode | ts.ImportTypeNode) => void,
  visitQuery?: (node: ts.TypeQueryNode) => void,
): void {
  const isJavaScript = /\.[cm]?jsx?$/.test(source.fileName);
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node)) visitReference(node);
    else if (ts.isTypeQueryNode(node)) visitQuery?.(node);
    if (isJavaScript)
      for (const doc of (node as { jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []) walkTree(ts, doc, visit);
  };
  walkTree(ts, source, visit);
}

/**
 * The declarations whose type is written with the given type: up through unions, arrays, promises and the
 * arguments of other types. A cast or an argument of a call declares nothing.
 */
export function declaredWith(ts: Project["ts"], type: ts.Node): readonly ts.Node[] {
  let node = type.parent;
  while (ts.isTypeNode(node) || ts.isExpressionWithTypeArguments(node)) {
    // Members of an anonymous type and results of a function type are declarations of their own.
    if (ts.isFunctionTypeNode(node) || ts.isTypeLiteralNode(node) || ts.isExpressionWithTypeArguments(node))
      return [];
    if (ts.isJSDocTypeExpression(node)) break;
    node = node.parent;
  }
  if (ts.isJSDocTypeExpression(node)) return declaredByTag(ts, node.parent);
  if (siteOf(ts, node) === undefined) return [];
  // A function's result is marked at the name that the function is given.
  const isNamed =
    (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && siteOf(ts, node.parent) === "function";
  return [isNamed ? node.parent : node];
}

function declaredByTag(ts: Project["ts"], tag: ts.Node): readonly ts.Node[] {
  if (ts.isJSDocPropertyTag(tag) || ts.isJSDocTypedefTag(tag)) return [tag];
  const host = tag.parent.parent;
  const declarations = declarationsAt(ts, host);
  if (ts.isJSDocTypeTag(tag) || ts.isJSDocReturnTag(tag)) return declarations;
  if (!ts.isJSDocParameterTag(tag) || !ts.isIdentifier(tag.name)) return [];
  const { text } = tag.name;
  return declarations.flatMap((declaration) => {
    const like = ts.isFunctionLike(declaration) ? declaration : undefined;
    return like?.parameters.filter(({ name }) => ts.isIdentifier(name) && name.text === text) ?? [];
  });
}
