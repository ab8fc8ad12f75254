/** What a reader would call the callee of a call: `save`, `this.repo.save`, `db.select().from`. */
import type ts from "typescript";
import type { FunctionLowering } from "../function-lowering.js";

/** Longer names keep their end, which says more than their start. */
const longest = 80;

/** The name of what a chain hangs on. */
export function rootName(l: FunctionLowering, root: ts.Expression): string {
  const { ts } = l;
  let node = root;
  let suffix = "";
  for (;;) {
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isAwaitExpression(node)
    )
      node = node.expression;
    else if (ts.isPropertyAccessExpression(node)) {
      suffix = `.${node.name.text}${suffix}`;
      node = node.expression;
    } else if (ts.isCallExpression(node)) {
      suffix = `()${suffix}`;
      node = node.expression;
    } else break;
  }
  return shorten(simpleName(l, node) + suffix);
}

function simpleName(l: FunctionLowering, node: ts.Expression): string {
  const { ts } = l;
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isNewExpression(node)) return `new ${rootName(l, node.expression)}()`;
  if (ts.isFunctionExpression(node) || ts.isClassExpression(node)) return node.name?.text ?? "anonymous";
  if (ts.isArrowFunction(node)) return "anonymous";
  if (node.kind === ts.SyntaxKind.ThisKeyword) return "this";
  if (node.kind === ts.SyntaxKind.SuperKeyword) return "super";
  if (node.kind === ts.SyntaxKind.ImportKeyword) return "import";
  const text = l.file.source.text.slice(node.getStart(l.file.source), node.end);
  return text.length <= 24 && !/\s/.test(text) ? text : "…";
}

/** The name after one more link. */
export function linkName(l: FunctionLowering, name: string, link: ts.Node): string {
  const { ts } = l;
  if (ts.isPropertyAccessExpression(link)) return shorten(`${name}.${link.name.text}`);
  if (ts.isElementAccessExpression(link)) {
    const key = link.argumentExpression;
    return shorten(ts.isStringLiteralLike(key) ? `${name}.${key.text}` : `${name}[…]`);
  }
  if (ts.isCallExpression(link)) return shorten(`${name}()`);
  return ts.isTaggedTemplateExpression(link) ? shorten(`${name}\`\``) : name;
}

function shorten(name: string): string {
  return name.length <= longest ? name : `…${name.slice(1 - longest)}`;
}
