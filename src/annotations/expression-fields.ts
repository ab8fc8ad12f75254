import type ts from "typescript";
import type { FieldId } from "../contracts/annotation.js";
import type { Project } from "../project/project.js";
import { assignedType } from "./assignment-patterns.js";
import { expectedOfCall } from "./handed-back-literals.js";
import { signatureOf } from "./call-signatures.js";
import type { PropertyFields } from "./property-fields.js";
import { isSchemaKey } from "./schema-types.js";

/** Fields by syntax: which property a name means, and what an expression is marked as by declaration. */
export class ExpressionFields {
  readonly #checker: ts.TypeChecker;

  constructor(
    readonly project: Project,
    readonly fields: PropertyFields,
  ) {
    this.#checker = project.program.getTypeChecker();
  }

  /** The fields of the property that a name declares, reads or writes. */
  ofName(name: ts.Node): readonly FieldId[] {
    const { ts } = this.project;
    const text = nameOf(ts, name);
    const parent = name.parent;
    if (text === undefined || !this.fields.mayBeField(text)) return [];
    if (ts.isPropertyAccessExpression(parent) && parent.name === name)
      return this.#ofAccess(parent.expression, text);
    // `row[name]` is read under what `name` holds, not under its name.
    if (ts.isElementAccessExpression(parent) && parent.argumentExpression === name)
      return ts.isIdentifier(name) ? [] : this.#ofAccess(parent.expression, text);
    if (
      ts.isBindingElement(parent) &&
      (parent.propertyName ?? parent.name) === name &&
      ts.isObjectBindingPattern(parent.parent)
    )
      return this.#ofBinding(parent, parent.parent, text);
    if ((ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) && parent.name === name)
      return this.#ofLiteralKey(parent, text);
    if (ts.isJsxAttribute(parent) && parent.name === name) return this.#ofContext(parent.parent, text);
    return this.#ofDeclared(name, text);
  }

  #ofAccess(object: ts.Expression, text: string): readonly FieldId[] {
    return this.fields.of(this.#checker.getTypeAtLocation(object), text);
  }

  #ofBinding(element: ts.BindingElement, pattern: ts.ObjectBindingPattern, text: string): readonly FieldId[] {
    const own = element.propertyName === undefined ? this.fields.ofDeclaration(element) : [];
    return own.length > 0 ? own : this.fields.of(this.#checker.getTypeAtLocation(pattern), text);
  }

  #ofLiteralKey(
    property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
    text: string,
  ): readonly FieldId[] {
    const literal = property.parent;
    if (isSchemaKey(this.project, property)) return [];
    const own = this.fields.ofDeclaration(property);
    if (own.length > 0) return own;
    const taken = assignedType(this.project, literal);
    if (taken !== undefined) return this.fields.of(taken, text);
    const expected = this.#ofContext(literal, text);
    if (expected.length > 0) return expected;
    const handedBack = expectedOfCall(this.project, literal);
    return handedBack === undefined ? [] : this.fields.of(handedBack, text);
  }

  /** By the type that the place expects; of a union, the members that the literal's own discriminants allow. */
  #ofContext(node: ts.ObjectLiteralExpression | ts.JsxAttributes, text: string): readonly FieldId[] {
    const { ts } = this.project;
    const expected = this.#checker.getContextualType(node);
    if (expected === undefined) return [];
    if (!expected.isUnion() || !ts.isObjectLiteralExpression(node)) return this.fields.of(expected, text);
    const possible = expected.types.filter((member) => this.#mayBe(node, member));
    return [
      ...new Set(
        (possible.length > 0 ? possible : expected.types).flatMap((member) => this.fields.of(member, text)),
      ),
    ];
  }

  /** The type that the place of a literal expects; of a union, the one member that its own discriminants allow. */
  expectedOf(literal: ts.ObjectLiteralExpression): ts.Type | undefined {
    const expected = this.#checker.getContextualType(literal);
    if (expected?.isUnion() !== true) return expected;
    const possible = expected.types.filter((member) => this.#mayBe(literal, member));
    return possible.length === 1 ? possible[0] : expected;
  }

  #mayBe(literal: ts.ObjectLiteralExpression, member: ts.Type): boolean {
    const { ts } = this.project;
    return literal.properties.every((property) => {
      if (!ts.isPropertyAssignment(property)) return true;
      const name = nameOf(ts, property.name);
      const isLiteral =
        ts.isStringLiteralLike(property.initializer) ||
        ts.isNumericLiteral(property.initializer) ||
        property.initializer.kind === ts.SyntaxKind.TrueKeyword ||
        property.initializer.kind === ts.SyntaxKind.FalseKeyword;
      const declared =
        name === undefined || !isLiteral ? undefined : this.#checker.getPropertyOfType(member, name);
      if (declared === undefined) return true;
      const type = this.#checker.getTypeOfSymbolAtLocation(declared, literal);
      if (!type.isLiteral() && (type.flags & ts.TypeFlags.BooleanLiteral) === 0 && !type.isUnion())
        return true;
      return this.#checker.isTypeAssignableTo(this.#checker.getTypeAtLocation(property.initializer), type);
    });
  }

  /** A class field, a parameter property, a member of an interface: named by its own type. */
  #ofDeclared(name: ts.Node, text: string): readonly FieldId[] {
    const { ts } = this.project;
    const declaration = name.parent;
    if (
      ts.isMethodDeclaration(declaration) ||
      ts.isMethodSignature(declaration) ||
      (ts.isFunctionLike(declaration) && !ts.isGetAccessor(declaration) && !ts.isSetAccessor(declaration))
    )
      return [];
    const own = this.fields.ofDeclaration(declaration);
    if (own.length > 0) return own;
    const owner =
      ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent)
        ? declaration.parent.parent
        : declaration.parent;
    if (
      !ts.isPropertyDeclaration(declaration) &&
      !ts.isPropertySignature(declaration) &&
      !ts.isParameter(declaration) &&
      !ts.isGetAccessor(declaration) &&
      !ts.isSetAccessor(declaration)
    )
      return [];
    return ts.isClassLike(owner) || ts.isInterfaceDeclaration(owner)
      ? this.fields.of(this.#checker.getTypeAtLocation(owner), text)
      : [];
  }

  /** The fields that an expression or declared name is as a whole, by declaration: `nickname`, `child.email`, `readName()`. */
  ofValue(node: ts.Node): readonly FieldId[] {
    const { ts } = this.project;
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return this.#ofIdentifier(node);
    if (ts.isPropertyAccessExpression(node)) return this.ofName(node.name);
    if (ts.isElementAccessExpression(node))
      return ts.isStringLiteralLike(node.argumentExpression) ? this.ofName(node.argumentExpression) : [];
    if (ts.isCallExpression(node)) return this.#ofCall(node);
    if (
      ts.isParameter(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node)
    )
      return this.ofValue(node.name);
    if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
      const cast = this.fields.ofWritten(node.type);
      return cast.length > 0 ? cast : this.ofValue(node.expression);
    }
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isSatisfiesExpression(node)
    )
      return this.ofValue(node.expression);
    if (ts.isConditionalExpression(node))
      return [...this.ofValue(node.whenTrue), ...this.ofValue(node.whenFalse)];
    if (ts.isBinaryExpression(node)) return this.#ofBinary(node);
    return ts.isTypeNode(node) ? this.fields.ofWritten(node) : [];
  }

  #ofIdentifier(node: ts.Identifier | ts.PrivateIdentifier): readonly FieldId[] {
    const { ts } = this.project;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return this.ofName(node);
    if (ts.isBindingElement(parent) && parent.name === node) {
      const own = this.fields.ofDeclaration(parent);
      return own.length > 0 ? own : this.ofName(parent.propertyName ?? parent.name);
    }
    if ((ts.isPropertyAssignment(parent) || ts.isJsxAttribute(parent)) && parent.name === node)
      return this.ofName(node);
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(parent)
      : this.#checker.getSymbolAtLocation(node);
    return symbol === undefined ? [] : this.#ofVariable(symbol);
  }

  #ofVariable(symbol: ts.Symbol): readonly FieldId[] {
    const { ts } = this.project;
    const target =
      (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.#checker.getAliasedSymbol(symbol);
    const found = (target.declarations ?? []).flatMap((declaration) => {
      if (this.fields.ofResult(declaration).length > 0) return [];
      const own = this.fields.ofDeclaration(declaration);
      if (own.length > 0 || !ts.isBindingElement(declaration)) return own;
      return this.ofName(declaration.propertyName ?? declaration.name);
    });
    return [...new Set(found)];
  }

  #ofCall(node: ts.CallExpression): readonly FieldId[] {
    const declaration = signatureOf(this.project, node)?.declaration;
    return declaration === undefined ? [] : this.#ofResult(declaration, new Set());
  }

  /** The result's mark: on the function, on its name, on the member of an interface that it implements. */
  #ofResult(declaration: ts.Node, seen: Set<ts.Node>): readonly FieldId[] {
    const { ts } = this.project;
    if (seen.has(declaration)) return [];
    seen.add(declaration);
    const named =
      ts.isArrowFunction(declaration) ||
      ts.isFunctionExpression(declaration) ||
      ts.isFunctionTypeNode(declaration)
        ? declaration.parent
        : declaration;
    for (const each of [declaration, named]) {
      const own = this.fields.ofResult(each);
      if (own.length > 0) return own;
    }
    if (!ts.isMethodDeclaration(declaration) || !ts.isClassLike(declaration.parent)) return [];
    const name = declaration.name.getText();
    for (const { types } of declaration.parent.heritageClauses ?? []) {
      for (const type of types) {
        for (const base of this.#checker.getPropertyOfType(this.#checker.getTypeAtLocation(type), name)
          ?.declarations ?? []) {
          const found = this.#ofResult(base, seen);
          if (found.length > 0) return found;
        }
      }
    }
    return [];
  }

  #ofBinary(node: ts.BinaryExpression): readonly FieldId[] {
    const { ts } = this.project;
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
        return [...this.ofValue(node.left), ...this.ofValue(node.right)];
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.CommaToken:
      case ts.SyntaxKind.EqualsToken:
        return this.ofValue(node.right);
      default:
        return [];
    }
  }
}

function nameOf(ts: Project["ts"], name: ts.Node): string | undefined {
  if (
    ts.isIdentifier(name) ||
    ts.isPrivateIdentifier(name) ||
    ts.isStringLiteralLike(name) ||
    ts.isNumericLiteral(name)
  )
    return name.text;
  return undefined;
}
