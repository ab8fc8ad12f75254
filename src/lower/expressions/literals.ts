/** Literals, identifiers and the words that stand for a value. */
import type ts from "typescript";
import type { Span } from "../../base/location.js";
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import { readType } from "../written-types.js";

type ConstantType = Extract<Instruction, { kind: "constant" }>["type"];

export function literalForms(ts: TypeScript): FormTable<ValueId> {
  const { SyntaxKind } = ts;
  const table = new FormTable<ValueId>();
  table.add(SyntaxKind.StringLiteral, ts.isStringLiteral, (l, node) =>
    constant(l, node, node.text, "string"),
  );
  table.add(SyntaxKind.NoSubstitutionTemplateLiteral, ts.isNoSubstitutionTemplateLiteral, (l, node) =>
    constant(l, node, node.text, "string"),
  );
  table.add(SyntaxKind.NumericLiteral, ts.isNumericLiteral, (l, node) =>
    constant(l, node, finite(Number(node.text)), "number"),
  );
  table.add(SyntaxKind.BigIntLiteral, ts.isBigIntLiteral, (l, node) =>
    constant(l, node, node.text.replace(/n$/, ""), "bigint"),
  );
  table.add(SyntaxKind.RegularExpressionLiteral, ts.isRegularExpressionLiteral, (l, node) =>
    constant(l, node, node.text, "regexp"),
  );
  table.addToken(SyntaxKind.TrueKeyword, (l, node) => constant(l, node, true, "boolean"));
  table.addToken(SyntaxKind.FalseKeyword, (l, node) => constant(l, node, false, "boolean"));
  table.addToken(SyntaxKind.NullKeyword, (l, node) => constant(l, node, null, "null"));
  table.addToken(SyntaxKind.OmittedExpression, (l) => l.builder.undefinedValue());
  table.add(SyntaxKind.TemplateExpression, ts.isTemplateExpression, lowerTemplate);
  table.add(SyntaxKind.Identifier, ts.isIdentifier, lowerIdentifier);
  table.addToken(SyntaxKind.ThisKeyword, (l, node) => l.thisValue(l.span(node)));
  // `super` alone is an error; its calls and members are lowered where they stand.
  table.addToken(SyntaxKind.SuperKeyword, (l, node) => l.thisValue(l.span(node)));
  // `#x in o`.
  table.add(SyntaxKind.PrivateIdentifier, ts.isPrivateIdentifier, (l, node) =>
    constant(l, node, node.text, "string"),
  );
  table.add(SyntaxKind.MetaProperty, ts.isMetaProperty, (l, node) =>
    node.keywordToken === SyntaxKind.NewKeyword
      ? l.define({ kind: "new-target" }, l.span(node))
      : l.define({ kind: "global", name: `import.${node.name.text}` }, l.span(node)),
  );
  return table;
}

/** JSON has no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function constant(
  l: FunctionLowering,
  node: ts.Node,
  value: string | number | boolean | null,
  type: ConstantType,
): ValueId {
  return l.define({ kind: "constant", value, type }, l.span(node));
}

function lowerTemplate(l: FunctionLowering, node: ts.TemplateExpression): ValueId {
  const values = node.templateSpans.map((span) => l.expression(span.expression));
  const texts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  return l.define({ kind: "template", texts, values }, l.span(node));
}

function lowerIdentifier(l: FunctionLowering, node: ts.Identifier): ValueId {
  const at = l.span(node);
  const variable = l.variableOf(node);
  if (variable !== undefined) return l.read(variable, at);
  switch (node.text) {
    case "":
      return l.builder.undefinedValue();
    case "undefined":
      return l.define({ kind: "constant", value: null, type: "undefined" }, at);
    case "arguments":
      return l.argumentsValue(at);
    case "exports":
      return l.define({ kind: "module-exports" }, at);
    default:
      return lowerGlobal(l, node.text, at);
  }
}

/** A free name; where it is declared to be of a package's type, that is what it is. */
function lowerGlobal(l: FunctionLowering, name: string, at: Span): ValueId {
  const ambient = l.file.ambientTypes.get(name);
  if (ambient === undefined) return l.define({ kind: "global", name }, at);
  const { kind, type } = ambient;
  const value = l.define({ kind: "global", name, declared: kind }, at);
  if (type === null) return value;
  return l.define({ kind: "cast", value, type: readType(l.file, type), typeAt: l.span(type) }, at);
}
