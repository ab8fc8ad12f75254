import ts from "typescript";

/** The line where the call starts whose callee is at a place: what a stack tells is the place of the last name. */
export function lineOfCall(source: ts.SourceFile, line: number, column: number): number {
  const place = source.getPositionOfLineAndCharacter(line - 1, column);
  let found: ts.Node | null = null;
  const visit = (node: ts.Node): void => {
    if (place < node.getStart(source) || place >= node.end) return;
    const isInside =
      (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
      node.arguments !== undefined &&
      place >= node.arguments.pos &&
      place < node.arguments.end &&
      node.arguments.length > 0;
    const isCall =
      ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node);
    if (isCall && !isInside) found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  const node = found as ts.Node | null;
  return node === null ? line : source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
