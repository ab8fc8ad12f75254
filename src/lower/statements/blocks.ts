/** Statements that only hold others: blocks, expressions, variables, labels. */
import type ts from "typescript";
import type { TypeScript } from "../../project/typescript-instance.js";
import { lowerEffect } from "../expressions/conditions.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import { isAmbient } from "../modifiers.js";
import { hintName } from "../name-hints.js";
import { lowerCast } from "../expressions/casts.js";
import { bindName } from "../patterns.js";
import { readDeclaredType } from "../written-types.js";
import { lowerStatements } from "./statement-list.js";

export function blockForms(ts: TypeScript): FormTable<void> {
  const { SyntaxKind } = ts;
  const table = new FormTable<void>();
  table.add(SyntaxKind.Block, ts.isBlock, (l, node) => {
    l.enterScope(node);
    lowerStatements(l, node.statements);
  });
  table.add(SyntaxKind.ExpressionStatement, ts.isExpressionStatement, (l, node) => {
    lowerEffect(l, node.expression);
  });
  table.add(SyntaxKind.VariableStatement, ts.isVariableStatement, (l, node) => {
    if (!isAmbient(l.ts, node, l.file.source)) lowerVariables(l, node.declarationList);
  });
  table.add(SyntaxKind.LabeledStatement, ts.isLabeledStatement, lowerLabeled);
  table.add(SyntaxKind.WithStatement, ts.isWithStatement, (l, node) => {
    l.expression(node.expression);
    l.statement(node.statement);
  });
  return table;
}

export function lowerVariables(l: FunctionLowering, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    const { name, initializer } = declaration;
    if (initializer === undefined) {
      resetVariable(l, declaration, list);
      continue;
    }
    if (l.ts.isIdentifier(name))
      hintName(l.file, initializer, { name: name.text, path: name.text, nameAt: l.span(name) });
    const value = l.expression(initializer);
    // `const { child }: Enrolment = req.body`: the pattern has no name that could have the type.
    const typed =
      l.ts.isIdentifier(name) || declaration.type === undefined
        ? value
        : lowerCast(l, initializer, declaration.type, value);
    bindName(l, name, typed, l.span(declaration), readDeclaredType(l.file, declaration));
  }
}

/** `let x;` is `undefined` again each time it is run; `var x;` changes nothing. */
function resetVariable(
  l: FunctionLowering,
  declaration: ts.VariableDeclaration,
  list: ts.VariableDeclarationList,
): void {
  if ((list.flags & l.ts.NodeFlags.BlockScoped) === 0 || !l.ts.isIdentifier(declaration.name)) return;
  const variable = l.variableOf(declaration.name);
  if (variable === undefined || variable.storage !== "local" || variable.direct) return;
  l.write(variable, l.builder.undefinedValue(), l.span(declaration));
}

function lowerLabeled(l: FunctionLowering, node: ts.LabeledStatement): void {
  const { ts, builder, frames } = l;
  const label = node.label.text;
  if (ts.isIterationStatement(node.statement, true)) {
    frames.addLabel(label);
    l.statement(node.statement);
    return;
  }
  const end = builder.newBlock();
  frames.within(
    { kind: "breakable", labels: [label, ...frames.takeLabels()], break: end, continue: null, plain: false },
    () => {
      l.statement(node.statement);
    },
  );
  builder.jump(end);
  builder.enter(end);
}
